import { toDuckDbColumns } from '@store/glue-schema';
import { sqlName, sqlText } from './sql-quoting.js';
import type { CatalogTable } from './table-catalog.js';

/** Bucket and key prefix of a table's location. */
export function locationOf(table: CatalogTable): { readonly bucket: string; readonly prefix: string } {
  const [, bucket = '', prefix = ''] = /^s3[an]?:\/\/([^/]+)\/?(.*)$/.exec(table.location) ?? [];
  return { bucket, prefix: prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/` };
}

/**
 * Reads a table's partition keys from an object's key: by the projection's location template where there is one,
 * else from `name=value` folders.
 */
export function partitionReader(table: CatalogTable): (objectKey: string) => readonly (string | undefined)[] {
  const names = table.partitionKeys.map(({ Name }) => Name.toLowerCase());
  const template = table.parameters['storage.location.template'];
  if (template !== undefined && table.parameters['projection.enabled'] === 'true') {
    const path = template.replace(/^s3[an]?:\/\/[^/]+\//, '');
    const found: string[] = [];
    const pattern = path
      .split(/(\$\{[^}]+\})/)
      .map((part) => {
        const [, name] = /^\$\{([^}]+)\}$/.exec(part) ?? [];
        if (name === undefined) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
        found.push(name.toLowerCase());
        return '(.+?)';
      })
      .join('');
    const expression = new RegExp(`^${pattern.endsWith('/') ? pattern : `${pattern}/`}[^/]*$`);
    return (key) => {
      const match = expression.exec(key);
      return names.map((name) => match?.[found.indexOf(name) + 1]);
    };
  }
  return (key) => {
    const folders = new Map<string, string>();
    for (const folder of key.split('/').slice(0, -1)) {
      const at = folder.indexOf('=');
      if (at > 0) folders.set(folder.slice(0, at).toLowerCase(), decode(folder.slice(at + 1)));
    }
    return names.map((name) => folders.get(name));
  };
}

/** Hive escapes what a path cannot hold. */
function decode(text: string): string {
  return text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** Values of a partition's keys, in the table's order; `undefined` for null. */
export type PartitionValues = readonly (string | undefined)[];

/** Rows with the values of their partition's keys; `hive` where DuckDB reads them from the path. */
export function withPartition(table: CatalogTable, rows: string, values: PartitionValues | 'hive'): string {
  if (values === 'hive' || table.partitionKeys.length === 0) return rows;
  const constants = partitionConstants(table, values);
  const named = table.partitionKeys.map(
    ({ Name }, index) => `${constants[index] ?? 'NULL'} AS ${sqlName(Name)}`,
  );
  return `SELECT *, ${named.join(', ')} FROM (${rows})`;
}

/** The values as SQL, each of its key's type. */
export function partitionConstants(table: CatalogTable, values: PartitionValues): readonly string[] {
  return toDuckDbColumns(table.partitionKeys).map(({ type }, index) => {
    const value = values[index];
    return `${value === undefined ? 'NULL' : sqlText(value)}::${type}`;
  });
}
