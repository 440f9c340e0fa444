import { readFile, rm, writeFile } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { SnapshotColumn } from './table-catalog.js';
import { failureKind } from '../failure-kind.js';
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
  /** A negative zero may be among the values. */
  readonly hasNegativeZero: boolean;
  /** Columns that the rows are sorted by; names that are no columns do not count. */
  readonly sortColumns: readonly string[];
  readonly codec: ParquetCodec;
  readonly target: string;
}

/** A staged line that DuckDB does not read. */
export interface UnreadableLine {
  readonly text: Buffer;
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
    return this.#connected(async (connection) => {
      try {
        await copy(connection, job);
        return [];
      } catch (error) {
        if (!isDataError(error)) throw error;
        return await salvage(connection, job, isDataError);
      }
    });
  }

  /** Does the same where writing the file as a whole failed for a reason that is not known: some line may be it. */
  async salvage(job: ParquetJob): Promise<readonly UnreadableLine[]> {
    return this.#connected((connection) => salvage(connection, job, (error) => !isDiskError(error)));
  }

  async #connected<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    const connection = this.#idle.pop() ?? (await this.#database.connect());
    try {
      return await work(connection);
    } finally {
      this.#idle.push(connection);
    }
  }
}

/** Halves what cannot be read until the lines that are to blame are found, writes the others, and returns these. */
async function salvage(
  connection: DuckDBConnection,
  job: ParquetJob,
  isAboutLines: (error: unknown) => boolean,
): Promise<readonly UnreadableLine[]> {
  const part = `${job.target}.part`;
  const unreadable: UnreadableLine[] = [];
  const good: Buffer[] = [];
  const whole = await linesOf(job.paths);
  const open: (readonly Buffer[])[] = whole.length === 0 ? [] : [whole];
  try {
    for (let lines = open.pop(); lines !== undefined; lines = open.pop()) {
      await writeLines(part, lines);
      const message = await problemOf(connection, part, job.columns, isAboutLines);
      const [only] = lines;
      if (message === undefined) for (const line of lines) good.push(line);
      else if (lines.length === 1 && only !== undefined) unreadable.push({ text: only, message });
      else {
        const half = lines.length >> 1;
        open.push(lines.slice(half), lines.slice(0, half));
      }
    }
    await writeLines(part, good);
    await copy(connection, { ...job, paths: [part], longestLineBytes: undefined });
    return unreadable;
  } finally {
    await rm(part, { force: true });
  }
}

async function copy(
  connection: DuckDBConnection,
  { paths, columns, longestLineBytes, hasNegativeZero, sortColumns, codec, target }: ParquetJob,
): Promise<void> {
  // In a dictionary DuckDB takes both zeros for one (1.5.6): the file does without.
  const dictionary = hasNegativeZero ? ', DICTIONARY_SIZE_LIMIT 0' : '';
  await connection.run(
    `COPY (SELECT ${columnList(columns)} FROM ${stagedRows(paths, columns, longestLineBytes)}${sortOrder(columns, sortColumns)}) ` +
      `TO ${sqlText(target)} (FORMAT parquet, COMPRESSION ${codec}${dictionary})`,
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
  isAboutLines: (error: unknown) => boolean,
): Promise<string | undefined> {
  try {
    await connection.run(`SELECT ${columnList(columns)} FROM ${stagedRows([path], columns)}`);
    return undefined;
  } catch (error) {
    if (!isAboutLines(error)) throw error;
    // DuckDB names the file, which is nobody's business, and gone.
    return (error instanceof Error ? error.message : String(error)).replaceAll(path, 'the record');
  }
}

/** Tells what is wrong with the data from what is wrong with the disk. */
function isDataError(error: unknown): boolean {
  return (
    error instanceof Error && /^(Invalid Input|Conversion|Out of Range|Invalid unicode)/i.test(error.message)
  );
}

function isDiskError(error: unknown): boolean {
  return failureKind(error) === 'disk';
}

const LINE_FEED = 0x0a;

async function linesOf(paths: readonly string[]): Promise<readonly Buffer[]> {
  const lines: Buffer[] = [];
  for (const path of paths) {
    const bytes = await readFile(path);
    for (let from = 0; from < bytes.length;) {
      const found = bytes.indexOf(LINE_FEED, from);
      const to = found < 0 ? bytes.length : found;
      if (to > from) lines.push(bytes.subarray(from, to));
      from = to + 1;
    }
  }
  return lines;
}

async function writeLines(path: string, lines: readonly Buffer[]): Promise<void> {
  const end = Buffer.of(LINE_FEED);
  await writeFile(path, Buffer.concat(lines.flatMap((line) => [line, end])));
}
