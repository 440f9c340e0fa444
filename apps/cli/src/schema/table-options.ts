import type { PartitionKey, TableFormat, TableInputOptions, TableSchema } from '@store/glue-schema';

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
    location,
    ...(table === undefined ? {} : { tableName: table }),
    ...(tableFormat === undefined ? {} : { format: tableFormat }),
    ...(partitionKey.length === 0 ? {} : { partitionKeys: partitionKey.map(parseKey) }),
  };
}

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
