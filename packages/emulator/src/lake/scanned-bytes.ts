import type { DuckDBConnection } from '@duckdb/node-api';

/** How much a table holds. */
export interface TableSize {
  readonly files: number;
  readonly bytes: number;
}

/**
 * Returns the bytes of objects that a statement scans: the files of its tables, less the partitions that its
 * conditions leave out. AWS counts the columns that are read; this counts whole files, a pruned table's as if they
 * were of one size.
 */
export async function scannedBytes(
  connection: DuckDBConnection,
  sql: string,
  tables: readonly TableSize[],
): Promise<number> {
  const reader = await connection.runAndReadAll(`EXPLAIN (FORMAT json) ${sql}`);
  const plan: unknown = JSON.parse(String(reader.getRows()[0]?.[1] ?? '[]'));
  return scansOf(plan).reduce((sum, { read, all }) => {
    // A scan does not say whose it is; the number of its files does, unless two tables have as many.
    const scanned = tables.filter(({ files }) => all === undefined || files === all);
    const files = scanned.reduce((total, table) => total + table.files, 0);
    if (files === 0) return sum;
    const bytes = scanned.reduce((total, table) => total + table.bytes, 0);
    return sum + Math.round((bytes * (read ?? files)) / files);
  }, 0);
}

interface Scan {
  readonly read?: number;
  readonly all?: number;
}

function scansOf(node: unknown): readonly Scan[] {
  if (Array.isArray(node)) return node.flatMap(scansOf);
  if (typeof node !== 'object' || node === null || !('name' in node)) return [];
  const inner = 'children' in node ? scansOf(node.children) : [];
  if (!/READ_(PARQUET|CSV|JSON_OBJECTS)$/.test(String(node.name).trim())) return inner;
  const info = 'extra_info' in node ? JSON.stringify(node.extra_info) : '';
  const [, read, all] = /"Scanning Files":"(\d+)\/(\d+)"/.exec(info) ?? [];
  return [...inner, read === undefined || all === undefined ? {} : { read: Number(read), all: Number(all) }];
}
