import { dirname, join } from 'node:path';
import typescript6, { type SourceFile } from 'typescript';
import typescript5 from 'typescript-5';
import * as typescript7 from 'typescript-7/unstable/sync';
import { fixture } from './compilers.js';

/** Files that exist only in memory, by path. */
export type MemoryFiles = Readonly<Record<string, string>>;

/** Type-checks the files in memory with one compiler; gives `file:line: message` for each error. */
export type TypeCheck = (files: MemoryFiles) => readonly string[];

const options = {
  strict: true,
  target: 'es2022',
  module: 'nodenext',
  lib: ['es2022'],
  types: [],
  noEmit: true,
  skipLibCheck: true,
  isolatedDeclarations: true,
  declaration: true,
  // As strict as a project that takes generated code may be.
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  noFallthroughCasesInSwitch: true,
  customConditions: ['@store/source'],
} as const;

/** By compiler: the same check through two APIs. */
export const typeChecks: Readonly<Record<string, TypeCheck>> = {
  'TypeScript 5.9': classicCheck(typescript5),
  'TypeScript 6.0': classicCheck(typescript6),
  'TypeScript 7.0': nativeCheck,
};

function classicCheck(typescript: Pick<typeof typescript6, 'version'>): TypeCheck {
  // 5.9 and 6.0 differ in declarations that this file does not touch.
  const ts = typescript as typeof typescript6;
  const parsed = new Map<string, SourceFile | undefined>();
  return (files) => {
    const config = ts.parseJsonConfigFileContent(
      { compilerOptions: options, files: Object.keys(files) },
      ts.sys,
      dirname(fixture('x')),
    );
    const host = ts.createCompilerHost(config.options);
    const disk = ts.createCompilerHost(config.options);
    host.fileExists = (file) => file in files || disk.fileExists(file);
    host.readFile = (file) => files[file] ?? disk.readFile(file);
    host.getSourceFile = (file, ...rest) => {
      const text = files[file];
      if (text !== undefined) return ts.createSourceFile(file, text, rest[0]);
      if (!parsed.has(file)) parsed.set(file, disk.getSourceFile(file, ...rest));
      return parsed.get(file);
    };
    const program = ts.createProgram({ rootNames: Object.keys(files), options: config.options, host });
    return Object.keys(files).flatMap((path) => {
      const source = program.getSourceFile(path);
      return [
        ...program.getSyntacticDiagnostics(source),
        ...program.getSemanticDiagnostics(source),
        ...program.getDeclarationDiagnostics(source),
      ].map(({ messageText }) => `${name(path)}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
    });
  };
}

function nativeCheck(files: MemoryFiles): readonly string[] {
  const config = join(dirname(fixture('x')), '.memory.tsconfig.json');
  const all: MemoryFiles = {
    ...files,
    [config]: JSON.stringify({ compilerOptions: options, files: Object.keys(files), include: [] }),
  };
  const api = new typescript7.API({
    cwd: dirname(config),
    fs: { readFile: (file) => all[file], fileExists: (file) => (file in all ? true : undefined) },
  });
  try {
    const project = api.updateSnapshot({ openProjects: [config] }).getProject(config);
    if (project === undefined) throw new Error('no project');
    return Object.keys(files).flatMap((file) =>
      [...project.program.getSyntacticDiagnostics(file), ...project.program.getSemanticDiagnostics(file)].map(
        ({ text }) => `${name(file)}: ${text}`,
      ),
    );
  } finally {
    api.close();
  }
}

const name = (file: string | undefined): string => file?.split('/').at(-1) ?? '';
