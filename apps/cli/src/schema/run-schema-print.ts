import { type JsonSchemaTarget, toAthenaDdl, toJsonSchema } from '@store/glue-schema';
import { readType } from './read-type.js';
import type { SchemaOutput, SchemaSource } from './schema-output.js';
import { type TableFlags, tableInputOptions } from './table-options.js';

/** Flags of `store schema ddl`. */
export interface SchemaDdlOptions extends SchemaSource, TableFlags {
  readonly database?: string;
}

/** `store schema ddl`: the Athena statement that creates the table. Exit code 0 or 1. */
export function runSchemaDdl(options: SchemaDdlOptions, output: SchemaOutput): number {
  const { schema } = readType(options, output);
  if (schema === undefined) return 1;
  const { database } = options;
  const ddl = toAthenaDdl(schema, {
    ...tableInputOptions(options),
    ...(database === undefined ? {} : { databaseName: database }),
  });
  output.stdout(`${ddl.trimEnd()}\n`);
  return 0;
}

/** Flags of `store schema json-schema`. */
export interface SchemaJsonSchemaOptions extends SchemaSource {
  /** @defaultValue 'draft-2020-12' */
  readonly target?: JsonSchemaTarget;
}

/** `store schema json-schema`: the JSON Schema of an event on the wire. Exit code 0 or 1. */
export function runSchemaJsonSchema(options: SchemaJsonSchemaOptions, output: SchemaOutput): number {
  const { schema } = readType(options, output);
  if (schema === undefined) return 1;
  const document = toJsonSchema(schema, { target: options.target ?? 'draft-2020-12' });
  output.stdout(`${JSON.stringify(document, null, 2)}\n`);
  return 0;
}
