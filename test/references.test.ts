import { existsSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import { arrows, forAll } from '../scripts/arrows.mjs';
import { files, read, root } from './repository.js';

/**
 * The projects of the type check, each with what it must refer to: a package's sources to what
 * `scripts/arrows.mjs` allows them, its tests to what they import. `UPDATE=1` writes the references again.
 */
const packages = files('package.json')
  .map((path) => path.replace(/\/package\.json$/, ''))
  .filter((folder) => folder.startsWith('packages/'));
const names = packages.map((folder) => basename(folder)).sort();
const built = (name: string): string => `packages/${name}/tsconfig.build.json`;

/** Packages of ours that the files of a folder import, or name in a string as an import would. */
function imported(...folders: readonly string[]): readonly string[] {
  const found = new Set<string>();
  for (const path of files('.ts', '.tsx')) {
    if (!folders.some((folder) => path.startsWith(`${folder}/`)) || path.includes('/fixtures/')) continue;
    for (const [, name = ''] of read(path).matchAll(/(?:from|import) ?\(?'@store\/([a-z-]+)/g))
      found.add(name);
  }
  return names.filter((name) => found.has(name));
}

const expected: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    names.flatMap((name) => {
      const folder = `packages/${name}`;
      const allowed = [...(forAll.includes(name) ? [] : forAll), ...(arrows[folder] ?? [])].sort();
      const others = ['test', 'bench', 'examples', 'scripts'].map((part) => `${folder}/${part}`);
      const used = imported(...others).filter((other) => other !== name);
      return [
        [built(name), allowed.map(built)],
        [`${folder}/tsconfig.json`, [name, ...used].map(built)],
      ] as const;
    }),
  ),
  'apps/cli/tsconfig.json': imported('apps/cli').map(built),
  'apps/lambda/tsconfig.json': imported('apps/lambda').map(built),
  'apps/dashboard/tsconfig.json': imported('apps/dashboard').map(built),
  'apps/site/tsconfig.json': imported('apps/site').map(built),
  'tsconfig.root.json': imported('scripts', 'test', 'examples').map(built),
  'tsconfig.json': [
    ...packages,
    'apps/cli',
    'apps/dashboard',
    'apps/lambda',
    'apps/site',
    'tsconfig.root.json',
  ].sort(),
};

interface Config {
  extends?: string;
  files?: readonly string[];
  include?: readonly string[];
  references?: readonly { readonly path: string }[];
}

/** Writes a configuration; `npm run format` gives it its form. */
function write(path: string, config: Config): void {
  if (existsSync(join(root, path)) && isDeepStrictEqual(JSON.parse(read(path)), config)) return;
  writeFileSync(join(root, path), `${JSON.stringify(config, undefined, 2)}\n`);
}

const parts = ['test', 'bench', 'examples', 'scripts'];

test.each(packages)('the tests, benches and examples of %s are checked', (folder) => {
  const path = `${folder}/tsconfig.json`;
  const hasAny = files('.ts').some((file) => parts.some((part) => file.startsWith(`${folder}/${part}/`)));
  // The parse boundary: these files are ours, and without comments.
  const { references } = JSON.parse(read(path)) as Config;
  const isBuiltItsOwnWay = files('.ts').some((file) => file === `${folder}/tsup.config.ts`);
  const include = isBuiltItsOwnWay ? [...parts, '*.config.ts'] : parts;
  const config = hasAny ? { extends: '../../tsconfig.base.json', include } : { files: [] };
  if (process.env.UPDATE === '1') write(path, { ...config, ...(references && { references }) });
  else expect(JSON.parse(read(path))).toMatchObject(config);
});

test.each(Object.entries(expected))('%s refers to what it may import', (path, targets) => {
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.';
  // The parse boundary: these files are ours, and without comments.
  const config = existsSync(join(root, path)) ? (JSON.parse(read(path)) as Config) : {};
  const references = targets.map((target) => {
    const to = relative(join(root, folder), join(root, target));
    return { path: to.startsWith('.') ? to : `./${to}` };
  });
  if (process.env.UPDATE === '1' && JSON.stringify(config.references ?? []) !== JSON.stringify(references))
    write(path, { ...config, references });
  else expect(config.references ?? []).toEqual(references);
});
