import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { GlueSchemaError } from '../errors.js';
import { type ClassicTypeScript, openClassicProgram } from './classic/classic-program.js';
import { type NativeTypeScript, openNativeProgram } from './native/native-program.js';
import type { TypeProgram } from './type-view.js';

/** Which compiler API reads: 5 and 6 have the classic one, 7 the native one; `auto` takes what is there. */
export type Backend = 'auto' | 'classic' | 'native';

/** What a program is opened over. */
export interface OpenProgramOptions {
  readonly entry: string;
  readonly tsconfig: string | undefined;
  readonly backend: Backend;
  readonly typescript: object | undefined;
  readonly fullLibraries: boolean;
}

/** Opens a program with the TypeScript that is given, or else installed beside the entry file. */
export function openProgram(options: OpenProgramOptions): TypeProgram {
  const { entry, tsconfig, backend, fullLibraries } = options;
  const typescript = options.typescript ?? loadTypeScript(entry);
  const program = { entry, tsconfig, fullLibraries };
  if (backend !== 'native' && isClassic(typescript)) return openClassicProgram({ ...program, typescript });
  const native = isNative(typescript) ? typescript : loadNative(entry);
  if (backend !== 'classic' && native !== undefined)
    return openNativeProgram({ ...program, typescript: native });
  throw new GlueSchemaError(
    'TYPESCRIPT_NOT_FOUND',
    `Expected \`typescript\` to be a module with the ${backend === 'auto' ? 'compiler' : backend} API, got none: install TypeScript 5.4 to 7`,
  );
}

const isClassic = (module: object): module is ClassicTypeScript =>
  'createProgram' in module && typeof module.createProgram === 'function';

const isNative = (module: object): module is NativeTypeScript =>
  'API' in module && typeof module.API === 'function';

function loadTypeScript(entry: string): object {
  const module = load(entry, 'typescript');
  if (module !== undefined) return module;
  throw new GlueSchemaError(
    'TYPESCRIPT_NOT_FOUND',
    'TypeScript is not installed beside the entry file: install `typescript` as a devDependency',
  );
}

/** TypeScript 7 keeps its API under a subpath. */
function loadNative(entry: string): NativeTypeScript | undefined {
  const module = load(entry, 'typescript/unstable/sync');
  return module !== undefined && isNative(module) ? module : undefined;
}

function load(entry: string, name: string): object | undefined {
  for (const source of [pathToFileURL(entry).href, import.meta.url]) {
    try {
      const module: unknown = createRequire(source)(name);
      if (typeof module === 'object' && module !== null) return module;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && notInstalled.has(String(error.code)))) throw error;
    }
  }
  return undefined;
}

const notInstalled: ReadonlySet<string> = new Set(['MODULE_NOT_FOUND', 'ERR_PACKAGE_PATH_NOT_EXPORTED']);

/** The tsconfig.json that tsc would find: in the file's folder or above. */
export function nearestTsconfig(file: string): string | undefined {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const found = join(folder, 'tsconfig.json');
    if (existsSync(found)) return found;
    if (folder === dirname(folder)) return undefined;
  }
}
