import { sep } from 'node:path';
import { toDuckDbColumns } from '@store/glue-schema';
import { NULL_PARTITION, unescapeFolder } from './partition-folder.js';
import { sqlName, sqlText } from './sql-quoting.js';
import type { CatalogTable } from './table-catalog.js';

/** A bucket, and the prefix of the keys of a folder in it. */
export interface Place {
  readonly bucket: string;
  readonly prefix: string;
}

/** Bucket and key prefix of a table's location. */
export function locationOf({ location }: CatalogTable): Place {
  return placeOf(location);
}

/** Bucket and key prefix of an address such as `s3://bucket/folder/`. */
export function placeOf(address: string): Place {
  const [, bucket = '', prefix = ''] = /^s3[an]?:\/\/([^/]+)\/?(.*)$/.exec(address) ?? [];
  return { bucket, prefix: prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/` };
}

/** Reads a table's partition keys from an object's key: from its `name=value` folders. */
export function partitionReader(table: CatalogTable): (objectKey: string) => PartitionValues {
  const names = table.partitionKeys.map(({ Name }) => Name.toLowerCase());
  return (key) => {
    const folders = new Map<string, string>();
    for (const folder of key.split('/').slice(0, -1)) {
      const at = folder.indexOf('=');
      if (at > 0) folders.set(folder.slice(0, at).toLowerCase(), unescapeFolder(folder.slice(at + 1)));
    }
    return partitionValues(names.map((name) => folders.get(name)));
  };
}

/** Values as a query sees them: that of a key which is NULL is none. */
export function partitionValues(given: PartitionValues): PartitionValues {
  return given.map((value) => (value === NULL_PARTITION ? undefined : value));
}

/** Values of a partition's keys, in the table's order; `undefined` for null. */
export type PartitionValues = readonly (string | undefined)[];

/** Rows with the values of their partition's keys. */
export function withPartition(table: CatalogTable, rows: string, values: PartitionValues): string {
  if (table.partitionKeys.length === 0) return rows;
  const constants = partitionConstants(table, values);
  const named = table.partitionKeys.map(
    ({ Name }, index) => `${constants[index] ?? 'NULL'} AS ${sqlName(Name)}`,
  );
  return `SELECT *, ${named.join(', ')} FROM (${rows})`;
}

/** The values as SQL, each of its key's type; one that is not of the type is null, and keeps nobody from the others. */
export function partitionConstants(table: CatalogTable, values: PartitionValues): readonly string[] {
  return toDuckDbColumns(table.partitionKeys).map(({ type }, index) => {
    const value = values[index];
    return `TRY_CAST(${value === undefined ? 'NULL' : sqlText(value)} AS ${type})`;
  });
}

/**
 * Says of a table without a location template whether DuckDB reads an object's partition from its path as
 * {@link partitionReader} does from its key: every key is there once, with a plain value of its type, and nothing
 * else of the path looks like one.
 */
export function hivePathTest(
  table: CatalogTable,
  root: string,
): (objectKey: string, path: string) => boolean {
  const { prefix } = locationOf(table);
  const types = new Map(table.partitionKeys.map(({ Name, Type }) => [Name, Type.toLowerCase()]));
  if (types.size === 0) return () => true;
  if (root.includes('=') || prefix.includes('=')) return () => false;
  return (key, path) => {
    const folders = key.slice(prefix.length).split('/').slice(0, -1);
    const named = folders.filter((folder) => folder.includes('='));
    const seen = new Set(named.map((folder) => folder.slice(0, folder.indexOf('='))));
    return (
      path.split(sep).join('/').endsWith(key) &&
      seen.size === types.size &&
      named.length === seen.size &&
      named.every((folder) => {
        const at = folder.indexOf('=');
        const type = types.get(folder.slice(0, at));
        return type !== undefined && isPlainValue(folder.slice(at + 1), type);
      })
    );
  };
}

function isPlainValue(value: string, type: string): boolean {
  if (/^(string|varchar|char)\b/.test(type)) return /^[\w.:+@,-]+$/.test(value) && value !== NULL_PARTITION;
  if (type === 'int' || type === 'bigint') return /^(0|-?[1-9]\d{0,8})$/.test(value);
  if (type === 'date') return /^\d{4}-\d\d-\d\d$/.test(value) && isDate(value);
  return false;
}

function isDate(value: string): boolean {
  const at = Date.parse(value);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(value);
}
