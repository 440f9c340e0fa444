import type ts from 'typescript';
import { dirname, resolve } from 'node:path';
import { GlueSchemaError } from '../../errors.js';
import { noDoc, readDocComment } from '../doc-comment.js';
import type { CompilerMessage, ExportedType, SourcePosition, TypeProgram } from '../type-view.js';
import { ClassicReader } from './classic-reader.js';

/** The TypeScript 5.4 to 6 API. */
export type ClassicTypeScript = typeof ts;

/** What a program is made from. */
export interface ClassicProgramOptions {
  readonly typescript: ClassicTypeScript;
  readonly entry: string;
  readonly tsconfig: string | undefined;
  /** Read the libraries that the tsconfig names instead of the trimmed ES2022 one. */
  readonly fullLibraries: boolean;
}

/**
 * Opens a program over one entry file. Without `fullLibraries` only ES2022 is read, no DOM and no ambient
 * `@types`: half the time of a default program (bench/emit.bench.ts).
 */
export function openClassicProgram(options: ClassicProgramOptions): TypeProgram {
  const { typescript } = options;
  const entry = resolve(options.entry);
  const compiler = compilerOptions(options, entry);
  const host = typescript.createCompilerHost(compiler);
  // Comments are read from the text itself; parsing them in the libraries is a sixth of the time (bench/emit.bench.ts).
  host.jsDocParsingMode = typescript.JSDocParsingMode.ParseForTypeInfo;
  const program = typescript.createProgram({ rootNames: [entry], options: compiler, host });
  const reader = new ClassicReader(typescript, program);
  return {
    messages: (file) => messagesOf(typescript, program, reader, file),
    exportedNames: (file) => exportsOf(typescript, program, file).map((symbol) => symbol.name),
    exportedType: (file, name) => exportedType(typescript, program, reader, file, name),
    close: () => undefined,
  };
}

function compilerOptions(options: ClassicProgramOptions, entry: string): ts.CompilerOptions {
  const { typescript, tsconfig, fullLibraries } = options;
  const user = tsconfig === undefined ? {} : readTsconfig(typescript, tsconfig);
  return {
    target: typescript.ScriptTarget.ES2022,
    module: typescript.ModuleKind.NodeNext,
    moduleResolution: typescript.ModuleResolutionKind.NodeNext,
    ...user,
    ...(fullLibraries ? {} : { lib: ['lib.es2022.d.ts'], types: [] }),
    // Nullability is half of what a column says, so it is read whatever the project's own setting is.
    strictNullChecks: true,
    noEmit: true,
    composite: false,
    incremental: false,
    skipLibCheck: true,
    // Named so that 6 does not warn about what the project's own tsconfig may still use.
    ...(typescript.version.startsWith('6') ? { ignoreDeprecations: '6.0' } : {}),
    ...(tsconfig === undefined ? { rootDir: dirname(entry) } : {}),
  };
}

function readTsconfig(typescript: ClassicTypeScript, tsconfig: string): ts.CompilerOptions {
  const file = resolve(tsconfig);
  const read = typescript.readConfigFile(file, (path) => typescript.sys.readFile(path));
  if (read.error !== undefined)
    throw new GlueSchemaError(
      'PROJECT_UNREADABLE',
      typescript.flattenDiagnosticMessageText(read.error.messageText, ' '),
    );
  // `files: []` keeps the parser from listing the project's folders: only the entry's imports are read.
  const json: unknown = read.config;
  const config = { ...(typeof json === 'object' ? json : {}), files: [], include: [], references: [] };
  return typescript.parseJsonConfigFileContent(config, typescript.sys, dirname(file), undefined, file)
    .options;
}

function messagesOf(
  typescript: ClassicTypeScript,
  program: ts.Program,
  reader: ClassicReader,
  file: string,
): readonly CompilerMessage[] {
  const source = program.getSourceFile(file);
  if (source === undefined) return [];
  return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
    (diagnostic) => ({
      code: diagnostic.code,
      message: typescript.flattenDiagnosticMessageText(diagnostic.messageText, ' '),
      position:
        diagnostic.start === undefined
          ? undefined
          : reader.positionAt(diagnostic.file ?? source, diagnostic.start),
    }),
  );
}

function exportsOf(typescript: ClassicTypeScript, program: ts.Program, file: string): readonly ts.Symbol[] {
  const source = program.getSourceFile(file);
  const checker = program.getTypeChecker();
  const module = source && checker.getSymbolAtLocation(source);
  if (module === undefined) return [];
  return checker
    .getExportsOfModule(module)
    .filter((symbol) => (unalias(typescript, checker, symbol).flags & typescript.SymbolFlags.Type) !== 0);
}

const unalias = (typescript: ClassicTypeScript, checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol =>
  (symbol.flags & typescript.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);

function exportedType(
  typescript: ClassicTypeScript,
  program: ts.Program,
  reader: ClassicReader,
  file: string,
  name: string,
): ExportedType | undefined {
  const exported = exportsOf(typescript, program, file).find((symbol) => symbol.name === name);
  if (exported === undefined) return undefined;
  const checker = program.getTypeChecker();
  const symbol = unalias(typescript, checker, exported);
  const declaration = symbol.declarations?.[0];
  const position: SourcePosition = (declaration && reader.positionOf(declaration)) ?? {
    file,
    line: 1,
    column: 1,
    offset: 0,
  };
  return {
    type: reader.view(checker.getDeclaredTypeOfSymbol(symbol)),
    doc:
      declaration === undefined ? noDoc : readDocComment(declaration.getSourceFile().text, declaration.pos),
    position,
    openGeneric: isOpenGeneric(typescript, declaration),
  };
}

function isOpenGeneric(typescript: ClassicTypeScript, declaration: ts.Declaration | undefined): boolean {
  const generic =
    declaration !== undefined &&
    (typescript.isInterfaceDeclaration(declaration) ||
      typescript.isTypeAliasDeclaration(declaration) ||
      typescript.isClassDeclaration(declaration));
  return generic && (declaration.typeParameters ?? []).some((parameter) => parameter.default === undefined);
}
