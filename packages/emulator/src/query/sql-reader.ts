import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  checkOptions,
  listOf,
  nested,
  required,
  satisfying,
  text,
  wholeNumber,
  type OptionRules,
} from '@store/foundation';
import { EmulatorError } from '../errors.js';
import { sqlList } from '../lake/sql-quoting.js';
import { namesIn } from '../lake/table-catalog.js';
import type { ResultSink } from './query-child.js';
import { queryError } from './query-error.js';
import { queryBounds, queryRules, type QueryOptions } from './query-limits.js';
import { QueryPool } from './query-pool.js';
import { viewKey, type QueryJob, type QueryView } from './query-protocol.js';

/** What a {@link SqlReader} reads. */
export interface SqlReaderOptions {
  /** Name of the table. */
  readonly table: string;
  /** Parquet files that hold its rows, in folders of `name=value` where it has partitions. */
  readonly files: readonly string[];
  /** Folder below which the files lie; no statement reads anything else. */
  readonly folder: string;
  /**
   * Folder below which {@link SqlReader.copyTo} writes.
   * @defaultValue none
   */
  readonly outputFolder?: string;
  /**
   * What one query may take.
   * @defaultValue queryDefaults
   */
  readonly queries?: QueryOptions;
  /**
   * Memory that DuckDB may take, in bytes.
   * @defaultValue 201326592
   */
  readonly duckDbMemoryBytes?: number;
  /**
   * Threads that DuckDB may take.
   * @defaultValue 2
   */
  readonly duckDbThreads?: number;
}

/** Parquet files that a statement reads under a name. */
export interface SqlTable {
  /** Name of the table. */
  readonly name: string;
  /** Its files, below `folder` or `outputFolder` of the reader. */
  readonly files: readonly string[];
}

/** How one statement of a {@link SqlReader} runs. */
export interface SqlReadOptions {
  /**
   * Tables of this statement; no file of others is opened, nor of those that the statement does not name.
   * @defaultValue the reader's table
   */
  readonly tables?: readonly SqlTable[];
  /**
   * Rows after which the rest is left alone; only these are fetched.
   * @defaultValue all
   */
  readonly firstRows?: number;
  /**
   * Ends the query.
   * @defaultValue none
   */
  readonly signal?: AbortSignal;
}

/** SQL over Parquet files, in a process of its own that is killed where a query takes too much. */
export interface SqlReader {
  /** Runs one statement that reads, and hands its rows over as they come; gives their number. */
  stream(sql: string, sink: ResultSink, options?: SqlReadOptions): Promise<number>;
  /** Writes the rows of one statement to a file below `outputFolder`; gives their number. */
  copyTo(sql: string, path: string, format: 'json' | 'parquet', options?: SqlReadOptions): Promise<number>;
  /** Ends the process; a query that runs fails. */
  close(): Promise<void>;
}

const rules: OptionRules<SqlReaderOptions> = {
  table: required(text()),
  files: required(listOf(text())),
  folder: required(text()),
  outputFolder: text(),
  queries: nested(queryRules),
  duckDbMemoryBytes: wholeNumber(64 * 1024 * 1024, 2 ** 40),
  duckDbThreads: wholeNumber(1, 256),
};
const tableRules: OptionRules<SqlTable> = { name: required(text()), files: required(listOf(text())) };
const readRules: OptionRules<SqlReadOptions> = {
  tables: listOf(nested(tableRules)),
  firstRows: wholeNumber(1, Number.MAX_SAFE_INTEGER),
  signal: satisfying('an AbortSignal', (value) => value instanceof AbortSignal),
};
const invalid = ({ message }: { readonly message: string }): EmulatorError =>
  new EmulatorError('INVALID_OPTION', message);

const copyOptions = { json: 'FORMAT json', parquet: 'FORMAT parquet, COMPRESSION zstd' } as const;

/**
 * Opens Parquet files as one table for SQL that only reads; the files and the folder stay as they are. Values come as
 * DuckDB writes them to JSON.
 *
 * @example
 * ```ts
 * import { openSqlReader } from '@store/emulator';
 *
 * const reader = await openSqlReader({ table: 'events', files: ['/lake/a.parquet'], folder: '/lake' });
 * await reader.stream('select count(*) from events', {
 *   columns: (columns) => console.log(columns.map(({ name }) => name)),
 *   rows: (rows) => console.log(rows),
 * });
 * await reader.close();
 * ```
 *
 * @throws EmulatorError `QUERY_LIMIT`, `QUERY_REFUSED`, `QUERY_STOPPED` or `QUERY_FAILED` of the statements
 */
export async function openSqlReader(options: SqlReaderOptions): Promise<SqlReader> {
  checkOptions(options, rules, invalid);
  const { table, files, folder, outputFolder, duckDbThreads = 2 } = options;
  const duckDbMemoryBytes = options.duckDbMemoryBytes ?? 192 * 1024 * 1024;
  const bounds = queryBounds(options.queries, duckDbMemoryBytes);
  const temporaryFolder = await mkdtemp(join(tmpdir(), 'store-query-'));
  const pool = new QueryPool({
    threads: duckDbThreads,
    memoryBytes: duckDbMemoryBytes,
    residentBytes: bounds.memoryBytes,
    spillBytes: bounds.maxSpillBytes,
    timeoutMs: bounds.timeoutMs,
    temporaryFolder,
    folders: outputFolder === undefined ? [folder] : [folder, outputFolder],
    settings: [],
    macros: [],
  });
  const run = async (
    sql: string,
    sink: ResultSink,
    { firstRows = Number.MAX_SAFE_INTEGER, signal, tables = [{ name: table, files }] }: SqlReadOptions,
    copyTo?: QueryJob['copyTo'],
  ): Promise<number> => {
    const words = namesIn(sql);
    const named = tables.filter(({ name }) => words.has(name.toLowerCase()));
    // With a name that is wrong, DuckDB finds the one that may be meant.
    const views = (named.length === 0 ? tables : named).map(viewOf);
    const job: QueryJob = {
      sql,
      trusted: false,
      views,
      known: tables.map(({ name }) => viewKey('main', name)),
      search: [],
      values: 'json',
      firstRows,
      maxRows: bounds.maxRows,
      maxResultBytes: bounds.maxResultBytes,
      ...(copyTo === undefined ? {} : { copyTo }),
    };
    return pool.run(job, sink, signal).catch((cause: unknown) => {
      throw queryError(cause);
    });
  };
  return {
    async stream(sql, sink, readOptions = {}) {
      checkOptions(readOptions, readRules, invalid);
      return run(sql, sink, readOptions);
    },
    async copyTo(sql, path, format, readOptions = {}) {
      checkOptions(readOptions, readRules, invalid);
      if (outputFolder === undefined || dirname(path) !== outputFolder) {
        throw new EmulatorError('INVALID_OPTION', `Expected a path in \`outputFolder\`, got ${path}.`);
      }
      const nothing: ResultSink = { columns: () => undefined, rows: () => undefined };
      return run(sql, nothing, readOptions, { path, options: copyOptions[format] });
    },
    async close() {
      await pool.close();
      await rm(temporaryFolder, { recursive: true, force: true });
    },
  };
}

const viewOf = ({ name, files }: SqlTable): QueryView => ({
  schema: 'main',
  name,
  select: `SELECT * FROM read_parquet(${sqlList(files)}, union_by_name = true, hive_partitioning = true)`,
});
