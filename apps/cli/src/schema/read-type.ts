import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  emitSchema,
  readCommittedColumns,
  type EmitSchemaOptions,
  type EmitSchemaResult,
  type SchemaMap,
} from '@store/glue-schema/compiler';
import { CliError } from '../terminal/errors.js';
import { shellWord } from '../terminal/printed-command.js';
import { diagnosticsJson, diagnosticsText } from './diagnostics-text.js';
import { runBlocking, type SchemaOutput, type SchemaSource } from './flags.js';

/** Emits the schema of a type and writes its diagnostics as tsc would. */
export function readType(source: SchemaSource, output: SchemaOutput): EmitSchemaResult {
  const options = emissionOf(source);
  const result = runBlocking(source, () => emitSchema(options));
  output.stderr((source.json === true ? diagnosticsJson : diagnosticsText)(result.diagnostics, source));
  return result;
}

/** The flags that name a type, as the compiler takes them. */
export function emissionOf(source: SchemaSource): EmitSchemaOptions {
  const { cwd, type, names, committed } = source;
  checkEntry(source);
  const previous =
    committed === undefined ? undefined : readCommittedColumns(readIfThere(resolve(cwd, committed)));
  return {
    entry: resolve(cwd, source.entry),
    type,
    map: mapOf(source),
    ...(source.tsconfig === undefined ? {} : { tsconfig: resolve(cwd, source.tsconfig) }),
    ...(names === undefined ? {} : { names }),
    ...(previous === undefined ? {} : { previous }),
  };
}

/** Throws for what the compiler would take for a file that exports nothing; one that is not there it names itself. */
function checkEntry({ cwd, entry }: SchemaSource): void {
  const path = resolve(cwd, entry);
  if (!existsSync(path)) return;
  if (statSync(path).isDirectory())
    throw new CliError('USAGE', `${entry} is a folder, and --entry needs the TypeScript file of the type.`, {
      fix: 'Name the file in it.',
    });
  accessSync(path, constants.R_OK);
}

/** The decisions of the file, with the default of the command line where it is given. */
function mapOf(source: SchemaSource): SchemaMap {
  const { cwd, map, unmappable } = source;
  const written = map === undefined ? {} : readMap(resolve(cwd, map), map, source);
  return unmappable === undefined ? written : { ...written, unmappable };
}

function readMap(file: string, given: string, { entry, type }: SchemaSource): SchemaMap {
  if (!existsSync(file))
    throw new CliError('USAGE', `There is no file ${given}.`, {
      fix: `\`store schema adopt --entry ${shellWord(entry)} --type ${type} --out ${shellWord(given)}\` proposes one.`,
    });
  try {
    const map: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof map !== 'object' || map === null || Array.isArray(map))
      throw new TypeError('it holds no object');
    // What the object holds is checked where it is used, field by field.
    return map;
  } catch (error) {
    throw new CliError(
      'USAGE',
      `${given} is no map: ${error instanceof Error ? error.message : String(error)}.`,
      {
        fix: 'Write { "overrides": { "Order.attrs": "json" } }.',
        cause: error,
      },
    );
  }
}

/** The text of a file; empty where there is none yet. */
export const readIfThere = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');
