import {
  toAthenaDdl,
  toJsonSchema,
  type JsonSchemaTarget,
  type PartitionKey,
  type TableFormat,
  type TableInputOptions,
  type TableSchema,
} from '@store/glue-schema';
import { readType } from './read-type.js';
import { printed, type SchemaOutput, type SchemaSource } from './flags.js';

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
  output.stdout(printed(`${ddl.trimEnd()}\n`, 'ddl', options));
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

/** Flags that describe the Glue table of a type. */
export interface TableFlags {
  /** `s3://bucket/prefix/`. */
  readonly location: string;
  /** @defaultValue the type's name in snake case */
  readonly table?: string;
  /** @defaultValue 'parquet' */
  readonly tableFormat?: TableFormat;
  /** Each `name:type`; columns marked `@partitionKey` where none is given. */
  readonly partitionKey?: readonly string[];
}

/** The flags as the library takes them. */
export function tableInputOptions({
  location,
  table,
  tableFormat,
  partitionKey = [],
}: TableFlags): TableInputOptions {
  return {
    location: asFolder(location),
    ...(table === undefined ? {} : { tableName: table }),
    ...(tableFormat === undefined ? {} : { format: tableFormat }),
    ...(partitionKey.length === 0 ? {} : { partitionKeys: partitionKey.map(parseKey) }),
  };
}

/** A place of objects, which ends with a slash whether people write it or not. */
export const asFolder = (location: string): string => (location.endsWith('/') ? location : `${location}/`);

/** New name to old name, from `@renamedFrom`. */
export const renamesOf = ({ columns }: TableSchema): Readonly<Record<string, string>> =>
  Object.fromEntries(
    columns.flatMap(({ name, renamedFrom }) => (renamedFrom === undefined ? [] : [[name, renamedFrom]])),
  );

function parseKey(text: string): PartitionKey {
  const colon = text.indexOf(':');
  return colon < 0
    ? { name: text, type: 'string' }
    : { name: text.slice(0, colon), type: text.slice(colon + 1) };
}
