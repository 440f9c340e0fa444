import { existsSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { names } from '../inventory/names.js';
import { sqlFile, withDuckDb } from '../local/duckdb.js';
import { findFiles, type FoundFile } from '../local/folder.js';

/** A Parquet file of the lake. */
export interface LakeFile {
  /** Key of its object, such as `inventory/datehour=2026-01-06-14/run=1/…`. */
  readonly key: string;
  readonly path: string;
  readonly bytes: number;
  readonly rows: number;
  readonly writtenAtMs: number;
}

/** Footers that are read by one statement of DuckDB's. */
const footersAtOnce = 500;

/** The Parquet files of the inventory table; a footer is read once, since a file never changes. */
export class LakeFiles {
  readonly #root: string;
  /** Rows of each file that was there at the last look, by its path. */
  #rows: ReadonlyMap<string, number> = new Map();
  #looking: Promise<readonly LakeFile[]> | undefined;

  /** @param lakeDir - folder of the endpoint's buckets */
  constructor(lakeDir: string) {
    this.#root = join(lakeDir, names.bucket);
  }

  /** Every file, the newest first; questions that come at the same time share one look. */
  list(): Promise<readonly LakeFile[]> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #look(): Promise<readonly LakeFile[]> {
    const folder = join(this.#root, 'inventory');
    const found = existsSync(folder) ? await findFiles(folder, '.parquet') : [];
    const rows = new Map(found.flatMap(({ path }) => this.#known(path)));
    const unread = found.filter(({ path }) => !rows.has(path));
    if (unread.length > 0) await readFooters(unread, rows);
    this.#rows = rows;
    return found
      .map(({ path, bytes, changedAtMs }) => ({
        key: relative(this.#root, path).split(sep).join('/'),
        path,
        bytes,
        rows: rows.get(path) ?? 0,
        writtenAtMs: changedAtMs,
      }))
      .sort((a, b) => b.writtenAtMs - a.writtenAtMs || (a.key < b.key ? 1 : -1));
  }

  #known(path: string): readonly (readonly [string, number])[] {
    const rows = this.#rows.get(path);
    return rows === undefined ? [] : [[path, rows]];
  }
}

async function readFooters(files: readonly FoundFile[], rows: Map<string, number>): Promise<void> {
  await withDuckDb(async (connection) => {
    for (let from = 0; from < files.length; from += footersAtOnce) {
      const list = files.slice(from, from + footersAtOnce).map(({ path }) => sqlFile(path));
      const reader = await connection.runAndReadAll(
        `select file_name, num_rows from parquet_file_metadata([${list.join(', ')}])`,
      );
      for (const [path, count] of reader.getRows()) rows.set(String(path), Number(count));
    }
  });
}
