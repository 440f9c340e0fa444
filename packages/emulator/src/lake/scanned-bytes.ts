import type { DuckDBConnection } from '@duckdb/node-api';
import type { CatalogTable } from './table-catalog.js';
import type { LakeFolder } from './lake-folder.js';
import { locationOf } from './partition-path.js';
import { isQueryable } from './table-view.js';

/**
 * Bytes of Parquet that a statement scans: the files of its tables, less the partitions that its conditions leave
 * out. AWS counts the columns that are read; this counts whole files, a pruned table's as if they were of one size.
 */
export async function scannedBytes(
  connection: DuckDBConnection,
  sql: string,
  tables: readonly CatalogTable[],
  lake: LakeFolder,
): Promise<number> {
  const reader = await connection.runAndReadAll(`EXPLAIN (FORMAT json) ${sql}`);
  const plan: unknown = JSON.parse(String(reader.getRows()[0]?.[1] ?? '[]'));
  const sizes = tables.map((table) => sizesOf(table, lake));
  return scansOf(plan).reduce((sum, { read, all }) => {
    // A scan does not say whose it is; the number of its files does, unless two tables have as many.
    const files = sizes.filter((of) => all === undefined || of.length === all).flat();
    if (files.length === 0) return sum;
    const bytes = files.reduce((total, size) => total + size, 0);
    return sum + Math.round((bytes * (read ?? files.length)) / files.length);
  }, 0);
}

function sizesOf(table: CatalogTable, lake: LakeFolder): readonly number[] {
  const { bucket, prefix } = locationOf(table);
  return (lake.objects(bucket, prefix) ?? []).filter(isQueryable).map(({ size }) => size);
}

interface Scan {
  readonly read?: number;
  readonly all?: number;
}

function scansOf(node: unknown): readonly Scan[] {
  if (Array.isArray(node)) return node.flatMap(scansOf);
  if (typeof node !== 'object' || node === null || !('name' in node)) return [];
  const inner = 'children' in node ? scansOf(node.children) : [];
  if (!String(node.name).trim().endsWith('READ_PARQUET')) return inner;
  const info = 'extra_info' in node ? JSON.stringify(node.extra_info) : '';
  const [, read, all] = /"Scanning Files":"(\d+)\/(\d+)"/.exec(info) ?? [];
  return [...inner, read === undefined || all === undefined ? {} : { read: Number(read), all: Number(all) }];
}
