import { existsSync, readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import {
  emitSchema,
  formatDiagnostic,
  readCommittedColumns,
  type EmitSchemaResult,
  type SchemaDiagnostic,
} from '@store/glue-schema/compiler';
import type { SchemaOutput, SchemaSource } from './flags.js';

/** Emits the schema of a type and writes its diagnostics as tsc would. */
export function readType(source: SchemaSource, output: SchemaOutput): EmitSchemaResult {
  const { cwd, type, names, committed } = source;
  const entry = resolve(cwd, source.entry);
  const previous =
    committed === undefined ? undefined : readCommittedColumns(readIfThere(resolve(cwd, committed)));
  const result = emitSchema({
    entry,
    type,
    ...(source.tsconfig === undefined ? {} : { tsconfig: resolve(cwd, source.tsconfig) }),
    ...(names === undefined ? {} : { names }),
    ...(previous === undefined ? {} : { previous }),
  });
  writeDiagnostics(result.diagnostics, source, output);
  return result;
}

function writeDiagnostics(
  diagnostics: readonly SchemaDiagnostic[],
  { cwd, json }: SchemaSource,
  output: SchemaOutput,
): void {
  if (diagnostics.length === 0) return;
  const local = diagnostics.map((each) => ({ ...each, file: relative(cwd, each.file) }));
  output.stderr(
    json === true
      ? `${JSON.stringify({ diagnostics: local })}\n`
      : local.map((each) => `${formatDiagnostic(each)}\n`).join(''),
  );
}

/** The text of a file; empty where there is none yet. */
export const readIfThere = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');
