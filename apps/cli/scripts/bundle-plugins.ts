import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Options } from 'tsup';

type Plugin = NonNullable<Options['esbuildPlugins']>[number];

const packages = resolve('../../packages');

/** The file behind each name that a package's entry exports. */
function exportsOf(name: string): ReadonlyMap<string, string> {
  const folder = join(packages, name, 'src');
  const entry = readFileSync(join(folder, 'index.ts'), 'utf8');
  return new Map(
    [...entry.matchAll(/^export \{([^}]*)\} from '\.\/([^']+)\.js';/gm)].flatMap(
      ([, names = '', path = '']) =>
        namesIn(names).map((exported) => [exported.split(' as ').at(-1) ?? '', join(folder, `${path}.ts`)]),
    ),
  );
}

const namesIn = (list: string): string[] =>
  list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && !name.startsWith('type '));

/** Where a file's imports stand. Below it such a line is text: `store init` writes programs that import our packages. */
const headOf = (text: string): string => /^(?:\s+|\/\/.*|\/\*[^]*?\*\/|import [^;]*;)*/.exec(text)?.[0] ?? '';

/**
 * Imports of a package's entry become imports of the files behind it. esbuild puts whole files into chunks: through
 * the entries, `store --help` would load 270 KB of our code instead of 67 (bench/start-up.bench.ts).
 */
export const directImports: Plugin = {
  name: 'direct-imports',
  setup(build) {
    const known = new Map<string, ReadonlyMap<string, string>>();
    const fileOf = (name: string, imported: string): string | undefined => {
      const found = known.get(name) ?? exportsOf(name);
      known.set(name, found);
      return found.get(imported.split(' as ')[0] ?? '');
    };
    build.onLoad({ filter: /[\\/](cli|packages[\\/][\w-]+)[\\/]src[\\/].*\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const head = headOf(text);
      const direct = head.replaceAll(
        /^import \{([^}]*)\} from '@store\/([\w-]+)';/gm,
        (whole: string, list: string, name: string) => {
          const lines = namesIn(list).map((imported) => {
            const file = fileOf(name, imported);
            return file === undefined ? undefined : `import { ${imported} } from ${JSON.stringify(file)};`;
          });
          if (lines.includes(undefined)) return whole;
          // As many lines as before, for the source map.
          return lines.join(' ') + '\n'.repeat(whole.split('\n').length - 1);
        },
      );
      return { loader: 'ts', contents: direct + text.slice(head.length) };
    });
  },
};

/**
 * DuckDB's interface joins the bundle: read as 180 CommonJS files it costs more than all of our own code, in each
 * process that asks a question. Its native part cannot, and is required from where the command is installed.
 */
export const duckDb: Plugin = {
  name: 'duckdb',
  setup(build) {
    // CommonJS requires it, and only an ES module knows where it stands.
    build.onResolve({ filter: /^@duckdb\/node-bindings$/ }, ({ path }) => ({ path, namespace: 'native' }));
    build.onLoad({ filter: /.*/, namespace: 'native' }, () => ({
      contents: "module.exports = require('native-bindings').bindings;",
    }));
    build.onResolve({ filter: /^native-bindings$/ }, ({ path }) => ({ path, namespace: 'native-module' }));
    build.onLoad({ filter: /.*/, namespace: 'native-module' }, () => ({
      contents: `import { createRequire } from 'node:module';
        export const bindings = createRequire(import.meta.url)('@duckdb/node-bindings');`,
    }));
    // A `require` that is the bundler's own, and so still loads at the first call.
    build.onLoad({ filter: /[\\/]emulator[\\/]src[\\/]lake[\\/]duckdb-api\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const contents = text.replace('const require = createRequire(import.meta.url);\n', '');
      if (contents === text) throw new Error(`Expected ${path} to make its own require.`);
      return { loader: 'ts', contents };
    });
  },
};

/** Writes the licences of what is in the bundle and is not ours beside it, each text once. */
export const notices: Plugin = {
  name: 'notices',
  setup(build) {
    build.onEnd(async ({ metafile }) => {
      const inputs = Object.keys(metafile?.inputs ?? {});
      const folders = new Set(
        inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0] ?? []),
      );
      const texts = new Map<string, { readonly names: string[]; readonly text: string }>();
      for (const folder of [...folders].sort()) {
        const { name, version, license } = manifestOf(folder);
        const file = readdirSync(folder).find((entry) => /^licen[cs]e(?:[.-]|$)/i.test(entry));
        const text =
          file === undefined ? `Licence: ${license}` : readFileSync(join(folder, file), 'utf8').trim();
        const key = createHash('sha256').update(text).digest('hex');
        const known = texts.get(key) ?? { names: [], text };
        texts.set(key, { ...known, names: [...known.names, `${name} ${version} (${license})`] });
      }
      const parts = [...texts.values()].map(({ names, text }) => `${names.join('\n')}\n\n${text}\n`);
      // In a fresh clone it is not there before tsup writes the bundle.
      await mkdir('dist', { recursive: true });
      await writeFile(join('dist', 'THIRD-PARTY-NOTICES.txt'), parts.join(`\n${'-'.repeat(80)}\n\n`));
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
