import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { arrows, forAll } from '../scripts/arrows.mjs';
import { files, read } from './repository.js';

interface Manifest {
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
  readonly peerDependencies?: Record<string, string>;
}

const manifestOf = (folder: string): Manifest => JSON.parse(read(`${folder}/package.json`)) as Manifest;
const packageName = (specifier: string): string =>
  specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');

/** Every package that the sources of a folder import; without type-only imports if `atRunTime`. */
function importedPackages(folder: string, atRunTime = false): ReadonlySet<string> {
  const names = new Set<string>();
  for (const path of files('.ts', '.tsx')) {
    if (!path.startsWith(`${folder}/src/`)) continue;
    const text = atRunTime ? read(path).replaceAll(/^(import|export) type [^;]*;/gm, '') : read(path);
    for (const { fileName } of ts.preProcessFile(text, true, true).importedFiles) {
      if (!fileName.startsWith('.') && !fileName.startsWith('node:')) names.add(packageName(fileName));
    }
  }
  return names;
}

describe.each(Object.entries(arrows))('%s', (folder, allowed) => {
  const self = `@store/${folder.split('/')[1] ?? ''}`;

  test('its sources import only the packages of ours that the table allows', () => {
    const ours = [...importedPackages(folder)].filter((name) => name.startsWith('@store/') && name !== self);
    expect([...allowed, ...forAll].map((name) => `@store/${name}`)).toEqual(expect.arrayContaining(ours));
  });

  // What only types are imported from may be a development dependency: that the published declarations
  // stand without it is what the stranger's `tsc` proves.
  test('it declares each package that its sources import', () => {
    const { dependencies, devDependencies, peerDependencies } = manifestOf(folder);
    const isApp = folder.startsWith('apps/');
    // An app bundles what it imports, so a development dependency serves as well.
    const declared = { ...dependencies, ...peerDependencies, ...(isApp && devDependencies) };
    const undeclared = [...importedPackages(folder, true)].filter(
      (name) => !(name in declared) && name !== self,
    );
    expect(undeclared).toEqual([]);
  });
});

/** Third-party packages that a library may bring along; each one more is a decision, not an accident. */
const runtimeDependencies: Record<string, readonly string[]> = {
  'packages/foundation': [],
  'packages/durable': [],
  'packages/jq': ['re2js'],
  'packages/page-protocol': [],
  'packages/glue-schema': [],
  'packages/schema': [],
  'packages/intake': ['csv-parse'],
  'packages/constructs': [],
  'packages/generator': [],
  'packages/firehose': ['@aws-sdk/client-firehose'],
  'packages/restock': [],
  'packages/emulator': ['@duckdb/node-api', 'fflate'],
};

test.each(Object.entries(runtimeDependencies))('%s brings along only %j', (folder, expected) => {
  const { dependencies = {} } = manifestOf(folder);
  expect(Object.keys(dependencies).filter((name) => !name.startsWith('@store/'))).toEqual(expected);
});

test('the graph in ARCHITECTURE.md is the table', () => {
  const drawn = [...read('ARCHITECTURE.md').matchAll(/^ {2}(\w[\w-]*) --> (\w[\w-]*)$/gm)].map(
    ([, from, to]) => `${from ?? ''} -> ${to ?? ''}`,
  );
  const table = Object.entries(arrows).flatMap(([folder, allowed]) =>
    allowed.map((name) => `${folder.split('/')[1] ?? ''} -> ${name}`),
  );
  expect(drawn.sort()).toEqual(table.sort());
});
