import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Options } from 'tsup';

type Plugin = NonNullable<Options['esbuildPlugins']>[number];

/** Writes the licences of what is in the bundle and is not ours beside it, each text once. */
export const notices: Plugin = {
  name: 'notices',
  setup(build) {
    const folder = build.initialOptions.outdir;
    if (folder === undefined) throw new Error('Expected a build that writes into a folder.');
    build.onEnd(async ({ metafile }) => {
      const inputs = Object.keys(metafile?.inputs ?? {});
      const places = new Set(
        inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0] ?? []),
      );
      const texts = new Map<string, { readonly names: string[]; readonly text: string }>();
      for (const place of [...places].sort()) {
        const { name, version, license } = manifestOf(place);
        const file = readdirSync(place).find((entry) => /^licen[cs]e(?:[.-]|$)/i.test(entry));
        const text =
          file === undefined ? `Licence: ${license}` : readFileSync(join(place, file), 'utf8').trim();
        const key = createHash('sha256').update(text).digest('hex');
        const known = texts.get(key) ?? { names: [], text };
        texts.set(key, { ...known, names: [...known.names, `${name} ${version} (${license})`] });
      }
      const parts = [...texts.values()].map(({ names, text }) => `${names.join('\n')}\n\n${text}\n`);
      // In a fresh clone it is not there before tsup writes the bundle.
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, 'THIRD-PARTY-NOTICES.txt'), parts.join(`\n${'-'.repeat(80)}\n\n`));
    });
  },
};

/** What a package says of itself. */
function manifestOf(folder: string): {
  readonly name: string;
  readonly version: string;
  readonly license: string;
} {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const { name, version, license } = Object(manifest) as Readonly<Record<string, unknown>>;
  if (typeof name === 'string' && typeof version === 'string' && typeof license === 'string')
    return { name, version, license };
  throw new Error(`Expected ${folder}/package.json to name its package, version and licence.`);
}
