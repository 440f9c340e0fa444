import type * as native from 'typescript-7/unstable/sync';
import { GlueSchemaError } from '../../errors.js';
import { noDoc, readDocComment } from '../doc-comment.js';
import { dirname, join, resolve } from 'node:path';
import type { CompilerMessage, ExportedType, TypeProgram } from '../type-view.js';
import { hasOpenParameter, NativeReader } from './native-reader.js';

/** The API of TypeScript 7, a client of its native compiler; its import path calls it unstable. */
export type NativeTypeScript = typeof native;

/** What a program is made from. */
export interface NativeProgramOptions {
  readonly typescript: NativeTypeScript;
  readonly entry: string;
  readonly tsconfig: string | undefined;
  /** Read the libraries that the tsconfig names instead of the trimmed ES2022 one. */
  readonly fullLibraries: boolean;
}

/** Opens a program over one entry file, under a tsconfig that exists only in memory. */
export function openNativeProgram(options: NativeProgramOptions): TypeProgram {
  const entry = resolve(options.entry);
  // Beside the entry, so that `@types` and packages are found from there.
  const configFile = join(dirname(entry), '.emit-schema.tsconfig.json');
  const text = JSON.stringify(memoryTsconfig(options, entry));
  const api = new options.typescript.API({
    cwd: dirname(entry),
    fs: {
      readFile: (file) => (file === configFile ? text : undefined),
      fileExists: (file) => (file === configFile ? true : undefined),
    },
  });
  const snapshot = api.updateSnapshot({ openProjects: [configFile] });
  const project = snapshot.getProject(configFile);
  if (project === undefined) {
    closeQuietly(api);
    throw new GlueSchemaError('PROJECT_UNREADABLE', `TypeScript 7 opened no project over ${entry}`);
  }
  const reader = new NativeReader(options.typescript, project);
  return {
    messages: (file) => messagesOf(project, reader, file),
    exportedNames: (file) => exportsOf(options.typescript, project, file).map((symbol) => symbol.name),
    exportedType: (file, name) => exportedType(options.typescript, project, reader, file, name),
    close: () => {
      snapshot.dispose();
      closeQuietly(api);
    },
  };
}

/**
 * Closes the API with nothing on stderr. It ends its process with SIGTERM, upon which that process prints "context
 * canceled"; it only reads, so that nothing is lost by SIGKILL. Where a later version keeps the process elsewhere,
 * the API's own way is left.
 */
function closeQuietly(api: native.API): void {
  // No declaration tells of these fields.
  const { client } = api as unknown as { readonly client?: ClientInside };
  client?.channel?.child?.kill('SIGKILL');
  api.close();
}

interface ClientInside {
  readonly channel?: { readonly child?: { kill(signal: 'SIGKILL'): boolean } };
}

function memoryTsconfig({ tsconfig, fullLibraries }: NativeProgramOptions, entry: string): object {
  const own =
    tsconfig === undefined
      ? { target: 'es2022', module: 'nodenext', moduleResolution: 'nodenext' }
      : undefined;
  return {
    ...(tsconfig === undefined ? {} : { extends: resolve(tsconfig) }),
    compilerOptions: {
      ...own,
      ...(fullLibraries ? {} : { lib: ['es2022'], types: [] }),
      strictNullChecks: true,
      noEmit: true,
      composite: false,
      incremental: false,
      skipLibCheck: true,
    },
    files: [entry],
    include: [],
    references: [],
  };
}

function messagesOf(project: native.Project, reader: NativeReader, file: string): readonly CompilerMessage[] {
  const { program } = project;
  return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
    ({ code, text, messageChain, fileName, pos }) => ({
      code,
      message: [text, ...(messageChain ?? []).map((inner) => inner.text)].join(' '),
      position: reader.positionAt(fileName ?? file, pos),
    }),
  );
}

function exportsOf(
  { SymbolFlags }: NativeTypeScript,
  { program, checker }: native.Project,
  file: string,
): readonly native.Symbol[] {
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  if (module === undefined) return [];
  return checker.getExportsOfModule(module).filter((symbol) => {
    const target = (symbol.flags & SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
    return (target.flags & SymbolFlags.Type) !== 0;
  });
}

function exportedType(
  typescript: NativeTypeScript,
  project: native.Project,
  reader: NativeReader,
  file: string,
  name: string,
): ExportedType | undefined {
  const { checker } = project;
  const exported = exportsOf(typescript, project, file).find((symbol) => symbol.name === name);
  if (exported === undefined) return undefined;
  const isAlias = (exported.flags & typescript.SymbolFlags.Alias) !== 0;
  const symbol = isAlias ? checker.getAliasedSymbol(exported) : exported;
  const declaration = symbol.declarations[0]?.resolve();
  const type = reader.view(checker.getDeclaredTypeOfSymbol(symbol));
  if (declaration === undefined)
    return {
      type,
      doc: noDoc,
      position: { file, line: 1, column: 1, offset: 0 },
      openGeneric: false,
    };
  return {
    type,
    doc: readDocComment(declaration.getSourceFile().text, declaration.pos),
    position: reader.positionOf(declaration),
    openGeneric: hasOpenParameter(declaration),
  };
}
