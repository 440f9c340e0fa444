import { toDuckDbColumns } from '@store/glue-schema';
import type { CatalogTable } from './table-catalog.js';
import type { LakeFolder, LakeObject } from './lake-folder.js';
import { locationOf, partitionReader, withPartition } from './partition-path.js';
import { sqlList, sqlName, sqlText } from './sql-quoting.js';
import { stagedRows } from './staged-rows.js';
import { type Tail, tailSelects } from './tail.js';

/** Files that Athena does not read. */
const HIDDEN = /(^|\/)[._][^/]*$/;

/** Whether an object holds rows that a query reads. */
export function isQueryable({ key, size }: LakeObject): boolean {
  return size > 0 && !HIDDEN.test(key);
}

/** A table as one SELECT: its objects in the lake, and the acknowledged records that are not there yet. */
export function tableSelect(table: CatalogTable, lake: LakeFolder, tail: Tail): string {
  const { bucket, prefix } = locationOf(table);
  const keysOf = partitionReader(table);
  const objects = (lake.objects(bucket, prefix) ?? []).filter(
    (object) => isQueryable(object) && !tail.objectKeys.has(`${bucket}/${object.key}`),
  );
  const selects = [emptySelect(table)];
  for (const [values, keys] of groupByPartition(
    objects.map(({ key }) => key),
    table,
    keysOf,
  )) {
    const paths = keys.map((key) => lake.pathOf(bucket, key)).sort();
    selects.push(withPartition(table, objectRows(table, paths), values));
  }
  const ours = tail.buffers.filter(
    ({ schema, objectKey, bucket: of }) =>
      schema.databaseName === table.databaseName &&
      schema.tableName === table.name &&
      of === bucket &&
      objectKey.startsWith(prefix),
  );
  selects.push(...tailSelects(table, ours, keysOf));
  const order = [...table.columns, ...table.partitionKeys].map(({ Name }) => sqlName(Name)).join(', ');
  return `SELECT ${order} FROM (${selects.join(' UNION ALL BY NAME ')})`;
}

type Group = readonly [values: readonly (string | undefined)[] | 'hive', keys: readonly string[]];

/**
 * With `name=value` folders, one scan serves all partitions, and DuckDB itself skips those that a query leaves
 * out; with a location template, there is a scan for each partition.
 */
function groupByPartition(
  keys: readonly string[],
  table: CatalogTable,
  keysOf: (objectKey: string) => readonly (string | undefined)[],
): readonly Group[] {
  if (keys.length === 0) return [];
  if (table.parameters['storage.location.template'] === undefined) return [['hive', keys]];
  const groups = new Map<string, [readonly (string | undefined)[], string[]]>();
  for (const key of keys) {
    const values = keysOf(key);
    const name = JSON.stringify(values);
    const group = groups.get(name) ?? [values, []];
    group[1].push(key);
    groups.set(name, group);
  }
  return [...groups.values()];
}

/**
 * No rows, with every column. DuckDB reads the first column of a union where a query needs none, as `count(*)` does,
 * so the cheap ones come first: with a column of UUIDs first, counting an hour of a million rows took 170 ms, with
 * the partition key first 5 ms (bench/queries.bench.ts).
 */
function emptySelect(table: CatalogTable): string {
  const columns = toDuckDbColumns([...table.partitionKeys, ...table.columns]);
  const cost = (name: string, type: string): number => {
    if (table.partitionKeys.some((key) => key.Name === name)) return 0;
    return /^(BOOLEAN|TINYINT|SMALLINT|INTEGER|DATE)$/.test(type) ? 1 : 2;
  };
  const nulls = columns
    .map(({ name, type }) => ({ text: `NULL::${type} AS ${sqlName(name)}`, cost: cost(name, type) }))
    .sort((a, b) => a.cost - b.cost);
  return `SELECT ${nulls.map(({ text }) => text).join(', ')} WHERE false`;
}

function objectRows(table: CatalogTable, paths: readonly string[]): string {
  const json = table.parameters.classification === 'json';
  if (json) return `SELECT * FROM ${stagedRows(paths, table.columns)}`;
  const options = [sqlList(paths)];
  const hive = table.parameters['storage.location.template'] === undefined && table.partitionKeys.length > 0;
  if (hive) {
    const types = toDuckDbColumns(table.partitionKeys).map(({ name, type }) => `${sqlText(name)}: ${type}`);
    options.push('hive_partitioning = true', `hive_types = {${types.join(', ')}}`);
  } else options.push('hive_partitioning = false');
  // Files of one schema need not all be opened to learn what is in them.
  if (table.versionId !== '0') options.push('union_by_name = true');
  return `SELECT * FROM read_parquet(${options.join(', ')})`;
}
