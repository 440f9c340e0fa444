import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { libraries } from '../scripts/libraries.mjs';
import { programPath } from '../scripts/programs.mjs';
import { files, read, root } from './repository.js';

/** The blocks of TypeScript that follow `@example` in the docstrings of a source file, each with its line. */
function examplesOf(path: string): readonly { readonly line: number; readonly code: string }[] {
  const text = read(path);
  return [...text.matchAll(/@example[^\n]*\n(?: *\*\n)* *\* ```ts\n([\s\S]*?)\n *\* ```/g)].map((match) => ({
    line: text.slice(0, match.index).split('\n').length,
    code: (match[1] ?? '').replaceAll(/^ *\* ?/gm, ''),
  }));
}

/** What TypeScript says of the examples, by the package they are in. */
let problems: readonly string[] = [];

const folderOf = (library: string): string => join(root, 'packages', library, 'temp', 'examples');

beforeAll(() => {
  const written: string[] = [];
  for (const { folder } of libraries) {
    for (const path of files('.ts').filter((file) => file.startsWith(`packages/${folder}/src/`))) {
      for (const { line, code } of examplesOf(path)) {
        // In the package, since an example imports what the package's users install.
        const file = join(folderOf(folder), `${basename(path, '.ts')}-line-${line}.ts`);
        mkdirSync(folderOf(folder), { recursive: true });
        writeFileSync(file, code);
        written.push(file);
      }
    }
  }
  const project = join(root, 'temp', 'examples');
  mkdirSync(project, { recursive: true });
  const compilerOptions = {
    ...{ incremental: false, noUnusedLocals: false, isolatedDeclarations: false, declaration: false },
    ...{ declarationMap: false, moduleDetection: 'force' },
  };
  const config = { extends: '../../tsconfig.base.json', compilerOptions, files: written };
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(config));
  const { stdout } = spawnSync(process.execPath, [programPath('tsc'), '-p', project], {
    cwd: root,
    encoding: 'utf8',
  });
  problems = stdout.split('\n').filter((line) => line !== '');
});

afterAll(() => {
  rmSync(join(root, 'temp', 'examples'), { recursive: true, force: true });
  for (const { folder } of libraries)
    rmSync(join(root, 'packages', folder, 'temp'), { recursive: true, force: true });
});

test('the examples of the docstrings compile', () => {
  expect(problems).toEqual([]);
});

describe('every exported function has an example', () => {
  const entries = libraries.map(({ folder, path, entries: subpaths }) => ({
    folder,
    // What generated code calls is for nobody's hand.
    paths: subpaths
      .filter(({ subpath }) => subpath !== './runtime')
      .map(({ subpath }) => join(path, 'src', subpath === '.' ? 'index.ts' : `${subpath.slice(2)}/index.ts`)),
  }));
  let program: ts.Program;

  beforeAll(() => {
    // Only declarations and docstrings are looked at: no library, no types of others.
    const options: ts.CompilerOptions = { module: ts.ModuleKind.NodeNext, noLib: true, types: [] };
    program = ts.createProgram(
      entries.flatMap(({ paths }) => paths),
      { ...options, customConditions: ['@store/source'], noEmit: true },
    );
  });

  test.each(entries)('of $folder', ({ folder, paths }) => {
    const checker = program.getTypeChecker();
    const without = paths.flatMap((path) => {
      const source = program.getSourceFile(path);
      const module = source === undefined ? undefined : checker.getSymbolAtLocation(source);
      if (module === undefined) throw new Error(`${path} exports nothing.`);
      return checker.getExportsOfModule(module).flatMap((exported) => {
        const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
        const [declaration] = symbol.declarations ?? [];
        if (declaration === undefined || !ts.isFunctionDeclaration(declaration)) return [];
        // A function that another package has is with its example there; what is generated has its page.
        const file = declaration.getSourceFile().fileName;
        if (!file.startsWith(join(root, 'packages', folder)) || file.endsWith('.generated.ts')) return [];
        const hasExample = symbol.getJsDocTags(checker).some(({ name }) => name === 'example');
        return hasExample ? [] : [`${exported.name} (${relative(root, file)})`];
      });
    });
    expect(without).toEqual([]);
  });
});
