import { createReadStream } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { SnapshotColumn } from './table-catalog.js';
import type { DuckDb } from './duckdb.js';
import { sqlName, sqlText } from './sql-quoting.js';
import { columnList, stagedRows } from './staged-rows.js';

/** Compression inside a Parquet file. */
export type ParquetCodec = 'snappy' | 'gzip' | 'uncompressed' | 'zstd';

/** What is written. */
export interface ParquetJob {
  /** Staging files. */
  readonly paths: readonly string[];
  readonly columns: readonly SnapshotColumn[];
  /** Bytes of the longest staged line, where it is known. */
  readonly longestLineBytes: number | undefined;
  /** Columns that the rows are sorted by; names that are no columns do not count. */
  readonly sortColumns: readonly string[];
  readonly codec: ParquetCodec;
  readonly target: string;
}

/** A staged line that DuckDB does not read. */
export interface UnreadableLine {
  readonly text: string;
  readonly message: string;
}

/** Writes staged records as Parquet, on DuckDB's threads. */
export class ParquetWriter {
  readonly #database: DuckDb;
  readonly #idle: DuckDBConnection[] = [];

  constructor(database: DuckDb) {
    this.#database = database;
  }

  /** Writes the file; returns the lines that are not in it because they cannot be read. */
  async write(job: ParquetJob): Promise<readonly UnreadableLine[]> {
    const connection = this.#idle.pop() ?? (await this.#database.connect());
    try {
      await copy(connection, job);
      return [];
    } catch (error) {
      if (!isDataError(error)) throw error;
      return await salvage(connection, job);
    } finally {
      this.#idle.push(connection);
    }
  }
}

/**
 * Some lines JSON.parse takes and DuckDB does not: a key twice, bytes that are no UTF-8. Written anew they mostly
 * go through; what still does not is handed back.
 */
async function salvage(connection: DuckDBConnection, job: ParquetJob): Promise<readonly UnreadableLine[]> {
  const rewritten = `${job.target}.rewritten`;
  const unreadable: UnreadableLine[] = [];
  try {
    const good: string[] = [];
    for await (const line of lines(job.paths)) good.push(JSON.stringify(JSON.parse(line)));
    await writeLines(rewritten, good);
    if ((await problemOf(connection, rewritten, job.columns)) !== undefined) {
      for (const text of good.splice(0)) {
        await writeLines(rewritten, [text]);
        const message = await problemOf(connection, rewritten, job.columns);
        if (message === undefined) good.push(text);
        else unreadable.push({ text, message });
      }
      await writeLines(rewritten, good);
    }
    await copy(connection, { ...job, paths: [rewritten], longestLineBytes: undefined });
    return unreadable;
  } finally {
    await rm(rewritten, { force: true });
  }
}

async function copy(
  connection: DuckDBConnection,
  { paths, columns, longestLineBytes, sortColumns, codec, target }: ParquetJob,
): Promise<void> {
  await connection.run(
    `COPY (SELECT ${columnList(columns)} FROM ${stagedRows(paths, columns, longestLineBytes)}${sortOrder(columns, sortColumns)}) ` +
      `TO ${sqlText(target)} (FORMAT parquet, COMPRESSION ${codec})`,
  );
}

/**
 * Rows of one store that lie side by side are read without the others, and compress to three quarters; sorting
 * costs 0.4 µs an event (bench/parquet-order.bench.ts).
 */
function sortOrder(columns: readonly SnapshotColumn[], sortColumns: readonly string[]): string {
  const names = sortColumns.flatMap((wanted) =>
    columns
      .filter(({ Name }) => Name.toLowerCase() === wanted.toLowerCase())
      .map(({ Name }) => sqlName(Name)),
  );
  return names.length === 0 ? '' : ` ORDER BY ${names.join(', ')}`;
}

async function problemOf(
  connection: DuckDBConnection,
  path: string,
  columns: readonly SnapshotColumn[],
): Promise<string | undefined> {
  try {
    await connection.run(`SELECT ${columnList(columns)} FROM ${stagedRows([path], columns)}`);
    return undefined;
  } catch (error) {
    if (!isDataError(error)) throw error;
    return error instanceof Error ? error.message : String(error);
  }
}

/** Tells what is wrong with the data from what is wrong with the disk. */
function isDataError(error: unknown): boolean {
  return (
    error instanceof Error && /^(Invalid Input|Conversion|Out of Range|Invalid unicode)/i.test(error.message)
  );
}

async function writeLines(path: string, texts: readonly string[]): Promise<void> {
  await writeFile(path, texts.map((text) => `${text}\n`).join(''));
}

async function* lines(paths: readonly string[]): AsyncGenerator<string> {
  for (const path of paths) {
    for await (const line of createInterface({ input: createReadStream(path, 'utf8') })) {
      if (line !== '') yield line;
    }
  }
}
