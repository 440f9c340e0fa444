import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parquetReadObjects } from 'hyparquet';

/** Files below a folder, relative to it, sorted. */
export async function filesBelow(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
}

/** Rows of Parquet files, read by a reader that has nothing to do with the one that wrote them. */
export async function parquetRows(
  root: string,
  paths: readonly string[],
): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = [];
  for (const path of paths) {
    const bytes = await readFile(join(root, path));
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    rows.push(...(await parquetReadObjects({ file })));
  }
  return rows;
}

/** Lines of an error output object. */
export async function errorLines(root: string, path: string): Promise<Record<string, unknown>[]> {
  const text = await readFile(join(root, path), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line): Record<string, unknown> => {
      // The endpoint wrote it as JSON.
      return JSON.parse(line) as Record<string, unknown>;
    });
}
