import { existsSync } from 'node:fs';
import { join, dirname } from 'node:path';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { CliError } from '../terminal/errors.js';
import type { StoreConfig } from './define-config.js';

const fileNames = [
  'store.config.ts',
  'store.config.mts',
  'store.config.mjs',
  'store.config.js',
  'store.config.json',
];

/** The configuration file of a folder, if there is one. */
function findConfig(folder: string): string | undefined {
  return fileNames.map((name) => join(folder, name)).find((path) => existsSync(path));
}

/** A configuration and the file that it stands in. */
export interface LoadedConfig {
  readonly path: string;
  readonly config: StoreConfig;
}

/** Reads the configuration file of a folder; undefined where there is none. */
export async function loadConfig(folder: string): Promise<LoadedConfig | undefined> {
  const path = findConfig(folder);
  if (path === undefined) return undefined;
  const value = await read(path);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new CliError('USAGE', `Expected ${path} to export an object as its default, got ${typeof value}.`);
  }
  // The parse boundary: `checkSettings` checks the names, and the flags check the values.
  return { path, config: value };
}

async function read(path: string): Promise<unknown> {
  if (path.endsWith('.json')) {
    try {
      return JSON.parse(await readFile(path, 'utf8'));
    } catch (error) {
      throw new CliError(
        'USAGE',
        `${path} is not JSON: ${error instanceof Error ? error.message : String(error)}`,
        {
          cause: error,
        },
      );
    }
  }
  const module: unknown = path.endsWith('ts')
    ? await importTypeScript(path)
    : await import(pathToFileURL(path).href);
  return typeof module === 'object' && module !== null && 'default' in module ? module.default : undefined;
}

/** Node 20 cannot read TypeScript, so the types are stripped into a file beside it, where its imports still resolve. */
async function importTypeScript(path: string): Promise<unknown> {
  const { default: ts } = await import('typescript');
  const { outputText } = ts.transpileModule(await readFile(path, 'utf8'), {
    compilerOptions: {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2023,
      verbatimModuleSyntax: true,
    },
    fileName: path,
  });
  const here = import.meta.url.endsWith('.ts') ? './define-config.ts' : './config.js';
  const source = outputText.replaceAll(/(['"])@store\/cli\1/g, `'${new URL(here, import.meta.url).href}'`);
  const stripped = join(dirname(path), `.store.config.${process.pid}.mjs`);
  await writeFile(stripped, source);
  try {
    return await import(pathToFileURL(stripped).href);
  } finally {
    await rm(stripped, { force: true });
  }
}
