import { partitionConstants, type PartitionValues, withPartition } from './partition-path.js';
import type { SchemaSnapshot, SnapshotColumn, CatalogTable } from './table-catalog.js';
import { sqlName, sqlText } from './sql-quoting.js';
import { stagedRows } from './staged-rows.js';

/** A buffer that a query reads: acknowledged, converted, and not in the lake yet. */
export interface TailBuffer {
  readonly bucket: string;
  readonly objectKey: string;
  readonly paths: readonly string[];
  readonly schema: SchemaSnapshot;
  /** Bytes of the longest line in the files, where it is known. */
  readonly longestLineBytes: number | undefined;
}

/**
 * What is acknowledged and not in the lake, at one instant. Objects of these buffers that appear in the lake
 * while the query is prepared are left out of it, so that no row is seen twice.
 */
export interface Tail {
  readonly buffers: readonly TailBuffer[];
  /** `bucket/key` of every buffer's object. */
  readonly objectKeys: ReadonlySet<string>;
  /** Gives the staging files back. */
  release(): Promise<void>;
}

/** Where a query gets the tail from. */
export type TailSource = () => Tail;

/**
 * Up to this many buffers are scanned one by one, so that a query which names a partition reads that one
 * only. DuckDB prepares all scans of a statement at the same time, with megabytes for each: more than these
 * are scanned together.
 */
const MOST_SCANS = 16;
/** Name of the column with the path of each row's file, where a scan needs one. */
export const FILE_COLUMN = '$file';

/** The rows of a table that are acknowledged and not in the lake yet, as SELECTs. */
export function tailSelects(
  table: CatalogTable,
  buffers: readonly TailBuffer[],
  valuesOf: (objectKey: string) => PartitionValues,
): readonly string[] {
  const written = buffers.filter(({ paths }) => paths.length > 0);
  if (written.length > MOST_SCANS) {
    return [...bySchema(written).values()].map(([columns, group]) =>
      together(table, columns, group, valuesOf),
    );
  }
  return written.flatMap(({ schema, paths, objectKey, longestLineBytes }) => {
    if (schema.columns === undefined) return [];
    const rows = `SELECT * FROM ${stagedRows(paths, schema.columns, longestLineBytes)}`;
    return withPartition(table, rows, valuesOf(objectKey));
  });
}

function bySchema(
  buffers: readonly TailBuffer[],
): ReadonlyMap<string, readonly [readonly SnapshotColumn[], TailBuffer[]]> {
  const groups = new Map<string, readonly [readonly SnapshotColumn[], TailBuffer[]]>();
  for (const buffer of buffers) {
    const { columns } = buffer.schema;
    if (columns === undefined) continue;
    const name = JSON.stringify(columns);
    const group = groups.get(name) ?? [columns, []];
    group[1].push(buffer);
    groups.set(name, group);
  }
  return groups;
}

/** One scan of all buffers; each row finds the values of its partition by its file. */
function together(
  table: CatalogTable,
  columns: readonly SnapshotColumn[],
  buffers: readonly TailBuffer[],
  valuesOf: (objectKey: string) => PartitionValues,
): string {
  const paths = buffers.flatMap((buffer) => buffer.paths);
  const lengths = buffers.map(({ longestLineBytes }) => longestLineBytes);
  const longest = lengths.some((length) => length === undefined)
    ? undefined
    : Math.max(...lengths.map((length) => length ?? 0));
  const rows = `SELECT * FROM ${stagedRows(paths, columns, longest, FILE_COLUMN)}`;
  const places = buffers.flatMap((buffer) => {
    const constants = partitionConstants(table, valuesOf(buffer.objectKey));
    return buffer.paths.map((path) => `(${[sqlText(path), ...constants].join(', ')})`);
  });
  const names = [FILE_COLUMN, ...table.partitionKeys.map(({ Name }) => Name)].map(sqlName).join(', ');
  return (
    `SELECT * EXCLUDE (${sqlName(FILE_COLUMN)}) FROM (${rows}) ` +
    `JOIN (VALUES ${places.join(', ')}) AS places(${names}) USING (${sqlName(FILE_COLUMN)})`
  );
}
