import { toDuckDbColumns } from '@store/glue-schema';
import type { CatalogTable, PartitionStorage } from './table-catalog.js';
import type { LakeFolder } from './lake-folder.js';
import type { LakeObject } from './lake-object.js';
import {
  hivePathTest,
  locationOf,
  partitionConstants,
  partitionReader,
  type PartitionValues,
  withPartition,
} from './partition-path.js';
import { sqlFiles, sqlName, sqlText } from './sql-quoting.js';
import { tableFormat, unreadFile } from './table-format.js';
import { textRows } from './text-rows.js';
import { FILE_COLUMN, type Tail, tailSelects } from './tail.js';
import { PATH_COLUMN } from './path-column.js';
import { emptySelect, unreadSelect } from './empty-select.js';
import { unreadType } from './unread-type.js';
import { asTableRows, partitionTable } from './partition-rows.js';
import type { VisiblePartitions } from './visible-partitions.js';

/** Files that Athena does not read. */
const HIDDEN = /(^|\/)[._][^/]*$/;

/** Whether an object holds rows that a query reads. */
export function isQueryable({ key, size }: LakeObject): boolean {
  return size > 0 && !HIDDEN.test(key);
}

/** An object of a table that a query reads. */
export interface TableObject {
  readonly bucket: string;
  readonly key: string;
  readonly size: number;
  /** Values of its partition's keys. */
  readonly values: PartitionValues;
  /** How it is read, where its partition says otherwise than the table. */
  readonly storage?: PartitionStorage;
}

/** The objects of a table's partitions: one that several partitions hold is there for each. */
export function tableObjects(visible: VisiblePartitions, lake: LakeFolder): readonly TableObject[] {
  return visible.places.flatMap(({ bucket, prefix }) =>
    (lake.objects(bucket, prefix) ?? [])
      .filter(isQueryable)
      .flatMap(({ key, size }) =>
        visible.holding(bucket, key).map((partition) => ({ bucket, key, size, ...partition })),
      ),
  );
}

/**
 * A table as one SELECT: its objects in the lake, and the acknowledged records that are not there yet.
 *
 * @param showsPath - adds {@link PATH_COLUMN}, which is read as if it were one more key of the partitions
 */
export function tableSelect(
  written: CatalogTable,
  visible: VisiblePartitions,
  lake: LakeFolder,
  tail: Tail,
  showsPath = false,
): string {
  const { bucket } = locationOf(written);
  const table = showsPath
    ? { ...written, partitionKeys: [...written.partitionKeys, { Name: PATH_COLUMN, Type: 'string' }] }
    : written;
  const foreign = unreadType([...table.columns, ...table.partitionKeys]);
  if (foreign !== undefined) return unreadSelect(table, foreign);
  const withAddress = (values: PartitionValues, of: string, key: string): PartitionValues =>
    showsPath ? [...values, `s3://${of}/${key}`] : values;
  const objects = tableObjects(visible, lake).filter(
    ({ bucket: of, key }) => !tail.objectKeys.has(`${of}/${key}`),
  );
  const groups = byStorage(table, objects);
  const unread = visible.problem ?? unreadReason([{ read: table, objects: [] }, ...groups]);
  // The name of the table may be in a statement that does not read it: whoever reads it is told.
  if (unread !== undefined) {
    return emptySelect(table, `CAST(error(${sqlText(unread)}) AS BOOLEAN)`);
  }
  const selects = [
    emptySelect(table, 'false'),
    ...groups.flatMap(({ read, objects: held }) => {
      const files = held.map(({ bucket: of, key, values }) => ({
        bucket: of,
        key,
        path: lake.pathOf(of, key),
        values: withAddress(values, of, key),
      }));
      const rows = objectSelects(read, files, lake.root);
      return read === table ? rows : rows.map((select) => asTableRows(table, read, select));
    }),
  ];
  const ours = tail.buffers.filter(
    ({ schema, objectKey, bucket: of }) =>
      schema.databaseName === table.databaseName &&
      schema.tableName === table.name &&
      visible.places.some((place) => place.bucket === of && objectKey.startsWith(place.prefix)) &&
      visible.holding(of, objectKey).length > 0,
  );
  selects.push(
    ...tailSelects(table, ours, (key) =>
      withAddress(visible.holding(bucket, key)[0]?.values ?? [], bucket, key),
    ),
  );
  const order = [...table.columns, ...table.partitionKeys].map(({ Name }) => sqlName(Name)).join(', ');
  return `SELECT ${order} FROM (${selects.join(' UNION ALL BY NAME ')})`;
}

interface ObjectGroup {
  /** The table as these objects are read. */
  readonly read: CatalogTable;
  readonly objects: readonly TableObject[];
}

/** Objects by how they are read: most are read as the table says, others as their partition does. Partitions that are read alike hold one value. */
function byStorage(table: CatalogTable, objects: readonly TableObject[]): readonly ObjectGroup[] {
  const groups = new Map<
    PartitionStorage | undefined,
    { readonly read: CatalogTable; readonly objects: TableObject[] }
  >();
  for (const object of objects) {
    const group = groups.get(object.storage) ?? {
      read: object.storage === undefined ? table : partitionTable(table, object.storage),
      objects: [],
    };
    group.objects.push(object);
    groups.set(object.storage, group);
  }
  return [...groups.values()];
}

/** Why some of these objects cannot be read, in Athena's words. */
function unreadReason(groups: readonly ObjectGroup[]): string | undefined {
  for (const { read, objects } of groups) {
    const format = tableFormat(read);
    const type = unreadType(read.columns);
    if (type !== undefined) return `NOT_SUPPORTED: In a partition ${type}`;
    const why =
      format.kind === 'unread'
        ? format.why
        : format.kind === 'parquet'
          ? undefined
          : unreadFile(objects.map(({ key }) => key));
    if (why !== undefined) return `NOT_SUPPORTED: Not served is ${why}`;
  }
  return undefined;
}

interface ObjectFile {
  readonly bucket: string;
  readonly key: string;
  readonly path: string;
  readonly values: PartitionValues;
}

/**
 * With `name=value` folders, one scan serves all partitions, and DuckDB itself skips those that a query leaves
 * out; with a location template, there is a scan for each partition. Where DuckDB would read something else from a
 * path than is in the key, one more scan finds the values of the partitions by file.
 */
function objectSelects(table: CatalogTable, files: readonly ObjectFile[], root: string): readonly string[] {
  const showsPath = table.partitionKeys.at(-1)?.Name === PATH_COLUMN;
  if (showsPath || table.parameters['storage.location.template'] === undefined) {
    const isPlain = tableFormat(table).kind === 'parquet' || table.partitionKeys.length === 0;
    const isHive = isPlain && !showsPath ? hivePathTest(table, root) : () => false;
    const location = locationOf(table);
    const read = partitionReader(table);
    const isPlaced = ({ bucket, key, path, values }: ObjectFile): boolean =>
      table.partitionKeys.length === 0 ||
      (bucket === location.bucket &&
        key.startsWith(location.prefix) &&
        isHive(key, path) &&
        read(key).every((value, at) => value === values[at]));
    const hive = files.filter(isPlaced);
    const others = files.filter((file) => !isPlaced(file));
    return [
      ...(hive.length === 0 ? [] : [objectRows(table, pathsOf(hive), true)]),
      ...(others.length === 0 ? [] : [rowsByFile(table, others)]),
    ];
  }
  const groups = new Map<string, [PartitionValues, ObjectFile[]]>();
  for (const file of files) {
    const { values } = file;
    const name = JSON.stringify(values);
    const group = groups.get(name) ?? [values, []];
    group[1].push(file);
    groups.set(name, group);
  }
  return [...groups.values()].map(([values, group]) =>
    withPartition(table, objectRows(table, pathsOf(group), false), values),
  );
}

function pathsOf(files: readonly ObjectFile[]): readonly string[] {
  return [...new Set(files.map(({ path }) => path))].sort();
}

function rowsByFile(table: CatalogTable, files: readonly ObjectFile[]): string {
  const rows = objectRows(table, pathsOf(files), false, FILE_COLUMN);
  const places = files.map(
    ({ path, values }) => `(${[sqlText(path), ...partitionConstants(table, values)].join(', ')})`,
  );
  const names = [FILE_COLUMN, ...table.partitionKeys.map(({ Name }) => Name)].map(sqlName).join(', ');
  return (
    `SELECT * EXCLUDE (${sqlName(FILE_COLUMN)}) FROM (${rows}) ` +
    `JOIN (VALUES ${places.join(', ')}) AS places(${names}) USING (${sqlName(FILE_COLUMN)})`
  );
}

function objectRows(
  table: CatalogTable,
  paths: readonly string[],
  readsHive: boolean,
  fileColumn?: string,
): string {
  const { kind } = tableFormat(table);
  if (kind !== 'parquet' && kind !== 'unread') return textRows(kind, table, paths, fileColumn);
  const options = [sqlFiles(paths)];
  if (readsHive && table.partitionKeys.length > 0) {
    const types = toDuckDbColumns(table.partitionKeys).map(({ name, type }) => `${sqlText(name)}: ${type}`);
    options.push('hive_partitioning = true', `hive_types = {${types.join(', ')}}`);
  } else options.push('hive_partitioning = false');
  if (fileColumn !== undefined) options.push(`filename = ${sqlText(fileColumn)}`);
  // Files of one schema need not all be opened to learn what is in them.
  if (table.versionId !== '0') options.push('union_by_name = true');
  return `SELECT * FROM read_parquet(${options.join(', ')})`;
}
