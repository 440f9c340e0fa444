import { viewKey, type QueryColumn, type QueryJob } from '../query/query-protocol.js';
import type { ResultSink } from '../query/query-child.js';
import type { QueryPool } from '../query/query-pool.js';
import type { CatalogTable, TableCatalog } from './table-catalog.js';
import type { LakeFolder } from './lake-folder.js';
import { locationOf } from './partition-path.js';
import type { TableSize } from './scanned-bytes.js';
import { isQueryable, tableSelect } from './table-view.js';
import type { Tail, TailSource } from './tail.js';

/** A finished SQL result, as the lake's engine gives it. */
export interface SqlResult {
  readonly columns: readonly QueryColumn[];
  readonly rows: readonly (readonly unknown[])[];
}

/** How a statement is run. */
export interface SqlRunOptions {
  readonly signal?: AbortSignal;
  readonly database?: string;
  /** Bytes of Parquet that may be scanned; a statement that would scan more fails before it does. */
  readonly mostScannedBytes?: number;
  /** The statement was made by this package, so what it calls was checked before. */
  readonly trusted?: boolean;
  /** The statement reads no table, whatever names stand in it. */
  readonly bare?: boolean;
  /** Rows after which the rest is left alone. */
  readonly firstRows?: number;
}

/** The SQL engine behind Athena and `emulator.query`. */
export interface SqlEngine {
  /** Runs one statement, and gives all of its rows. */
  run(sql: string, options?: SqlRunOptions): Promise<SqlResult>;
  /** Runs one statement, and hands its rows over as they come. */
  stream(sql: string, sink: ResultSink, options?: SqlRunOptions): Promise<void>;
}

/** What an engine reads from. */
export interface QueryEngineOptions {
  readonly pool: QueryPool;
  readonly lake: LakeFolder;
  readonly catalog: TableCatalog;
  readonly tail: TailSource;
  readonly maxRows: number;
  readonly maxResultBytes: number;
}

/** Runs SQL over the tables of the catalog; every acknowledged record is seen exactly once. */
export class QueryEngine implements SqlEngine {
  readonly #options: QueryEngineOptions;

  constructor(options: QueryEngineOptions) {
    this.#options = options;
  }

  /** Runs one statement, and gives all of its rows. */
  async run(sql: string, options: SqlRunOptions = {}): Promise<SqlResult> {
    let columns: readonly QueryColumn[] = [];
    const rows: (readonly unknown[])[] = [];
    await this.stream(
      sql,
      {
        columns(found) {
          columns = found;
        },
        rows(some) {
          for (const row of some) rows.push(row);
        },
      },
      options,
    );
    return { columns, rows };
  }

  /** Runs one statement, and hands its rows over as they come. */
  async stream(sql: string, sink: ResultSink, options: SqlRunOptions = {}): Promise<void> {
    const { signal, database, mostScannedBytes, trusted = false, bare = false } = options;
    const { pool, lake, catalog, maxRows, maxResultBytes } = this.#options;
    signal?.throwIfAborted();
    const tail = this.#options.tail();
    try {
      const tables = catalog.listTables();
      const named = bare ? [] : tablesIn(sql, tables);
      const job: QueryJob = {
        sql,
        trusted,
        views: named.map((table) => viewOf(table, lake, tail)),
        known: tables.map(({ databaseName, name }) => viewKey(databaseName, name)),
        search: database === undefined ? databasesOf(named) : [database],
        values: 'plain',
        firstRows: options.firstRows ?? Number.MAX_SAFE_INTEGER,
        maxRows,
        maxResultBytes,
        ...(mostScannedBytes === undefined
          ? {}
          : { scan: { mostBytes: mostScannedBytes, tables: named.map((table) => sizeOf(table, lake)) } }),
      };
      await pool.run(job, sink, signal);
    } finally {
      await tail.release();
    }
  }
}

/** Tables whose name is a word of the statement: more than it reads, perhaps, and never fewer. */
function tablesIn(sql: string, tables: readonly CatalogTable[]): readonly CatalogTable[] {
  const words = new Set(sql.toLowerCase().match(/[\p{L}\p{N}_.$-]+|"[^"]+"/gu) ?? []);
  const parts = new Set([...words].flatMap((word) => word.replaceAll('"', '').split('.')));
  return tables.filter(({ name }) => parts.has(name.toLowerCase()));
}

function viewOf(table: CatalogTable, lake: LakeFolder, tail: Tail): QueryJob['views'][number] {
  return { schema: table.databaseName, name: table.name, select: tableSelect(table, lake, tail) };
}

function sizeOf(table: CatalogTable, lake: LakeFolder): TableSize {
  const { bucket, prefix } = locationOf(table);
  const objects = (lake.objects(bucket, prefix) ?? []).filter(isQueryable);
  return { files: objects.length, bytes: objects.reduce((sum, { size }) => sum + size, 0) };
}

/** Databases whose tables a bare name may mean: those where the name is not ambiguous. */
function databasesOf(named: readonly CatalogTable[]): readonly string[] {
  const ambiguous = new Set(
    named.map(({ name }) => name).filter((name, index, all) => all.indexOf(name) !== index),
  );
  return [
    ...new Set(named.filter(({ name }) => !ambiguous.has(name)).map(({ databaseName }) => databaseName)),
  ];
}
