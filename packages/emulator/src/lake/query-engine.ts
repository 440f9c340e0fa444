import { viewKey, type QueryColumn, type QueryJob, type QueryView } from '../query/query-protocol.js';
import type { ResultSink } from '../query/query-child.js';
import type { QueryPool } from '../query/query-pool.js';
import type { LookUp, Reading, ReadingOutcome } from '../query/reading.js';
import { DamagedObjectError } from '../query/query-error.js';
import { problemOf } from './damaged-object.js';
import { sizeOfFile } from './lake-files.js';
import { namesIn, type CatalogTable, type TableCatalog } from './table-catalog.js';
import type { LakeFolder } from './lake-folder.js';
import type { TableSize } from './scanned-bytes.js';
import { withPath } from './path-column.js';
import { tableObjects, tableSelect } from './table-view.js';
import type { Tail, TailSource } from './tail.js';
import { type Visibility, type VisiblePartitions, visiblePartitions } from './visible-partitions.js';

/** A finished SQL result, as the lake's engine gives it. */
export interface SqlResult {
  readonly columns: readonly QueryColumn[];
  readonly rows: readonly (readonly unknown[])[];
}

/** How a statement is run. */
export interface SqlRunOptions {
  readonly signal?: AbortSignal;
  readonly database?: string;
  /** Bytes of data files that may be scanned; a statement that would scan more fails before it does. */
  readonly mostScannedBytes?: number;
  /** The statement was made by this package, so what it calls was checked before. */
  readonly trusted?: boolean;
  /**
   * The tables that the statement and its views name, by {@link viewKey}.
   * @defaultValue every table whose name is a word of the statement
   */
  readonly tables?: ReadonlySet<string>;
  /** Rows after which the rest is left alone. */
  readonly firstRows?: number;
  /** Views that the statement names, those first that others need; a bare name means one of them before any table. */
  readonly views?: readonly QueryView[];
}

/** A file, or a folder of files, that takes the rows of a statement. */
export interface CopyTarget {
  readonly path: string;
  /** DuckDB's options of COPY. */
  readonly options: string;
}

/** The SQL engine behind Athena and `emulator.query`. */
export interface SqlEngine {
  /** Runs one statement, and gives all of its rows. */
  run(sql: string, options?: SqlRunOptions): Promise<SqlResult>;
  /** Runs one statement, and hands its rows over as they come. */
  stream(sql: string, sink: ResultSink, options?: SqlRunOptions): Promise<void>;
  /** Reads a statement of Athena's, where queries run. */
  read(reading: Reading, signal?: AbortSignal): Promise<ReadingOutcome>;
}

/** What an engine reads from. */
export interface QueryEngineOptions {
  readonly pool: QueryPool;
  readonly lake: LakeFolder;
  readonly catalog: TableCatalog;
  readonly tail: TailSource;
  /** What decides which partitions of a table a query sees. */
  readonly visibilityOf: (table: CatalogTable) => Visibility;
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
    await this.#run(sql, sink, options, undefined);
  }

  /** Reads a statement of Athena's, where queries run. */
  async read(reading: Reading, signal?: AbortSignal): Promise<ReadingOutcome> {
    const { pool, catalog } = this.#options;
    signal?.throwIfAborted();
    const lookUp: LookUp = async (names) =>
      names.flatMap(([database, name]) => catalog.getTable(database, name) ?? []);
    return pool.read(reading, lookUp, signal);
  }

  /** Runs one statement of this package's own, and writes its rows to files; gives their number. */
  async copy(sql: string, target: CopyTarget, options: SqlRunOptions = {}): Promise<number> {
    const nothing: ResultSink = { columns: () => undefined, rows: () => undefined };
    return this.#run(sql, nothing, { ...options, trusted: true }, target);
  }

  async #run(
    sql: string,
    sink: ResultSink,
    options: SqlRunOptions,
    copyTo: CopyTarget | undefined,
  ): Promise<number> {
    const { signal, database, mostScannedBytes, trusted = false, views = [] } = options;
    const { pool, lake, catalog, maxRows, maxResultBytes, visibilityOf } = this.#options;
    signal?.throwIfAborted();
    const tail = this.#options.tail();
    const tables = catalog.listTables();
    const names = options.tables ?? namesIn([sql, ...views.map(({ select }) => select)].join('\n'));
    const named = tables.filter((table) => isNamed(names, table));
    const partitionsOf = (table: CatalogTable): VisiblePartitions =>
      visiblePartitions(table, visibilityOf(table));
    try {
      const job: QueryJob = {
        sql,
        trusted,
        views: [
          ...named.flatMap((table) => viewsOf(table, partitionsOf(table), names, lake, tail)),
          ...views,
        ],
        known: [
          ...tables.flatMap(({ databaseName, name }) => [
            viewKey(databaseName, name),
            viewKey(databaseName, withPath(name)),
          ]),
          ...views.map(({ schema, name }) => viewKey(schema, name)),
        ],
        // A view of the caller's comes first, whatever the catalog has by its name.
        search:
          database === undefined
            ? [...new Set([...views.map(({ schema }) => schema), ...databasesOf(named)])]
            : [database],
        values: trusted ? 'ordered' : 'plain',
        firstRows: options.firstRows ?? Number.MAX_SAFE_INTEGER,
        maxRows,
        maxResultBytes,
        ...(mostScannedBytes === undefined
          ? {}
          : {
              scan: {
                mostBytes: mostScannedBytes,
                tables: named.map((table) => sizeOf(partitionsOf(table), lake)),
              },
            }),
        ...(copyTo === undefined ? {} : { copyTo }),
      };
      return await pool.run(job, sink, signal);
    } catch (error) {
      const isOfFiles = error instanceof Error && /^(?:IO|Invalid Input) Error/.test(error.message);
      throw (isOfFiles ? await damagedAmong(named.map(partitionsOf), lake) : undefined) ?? error;
    } finally {
      await tail.release();
    }
  }
}

/** Whether a table is among those named by their keys, or by words. */
function isNamed(names: ReadonlySet<string>, { databaseName, name, viewText }: CatalogTable): boolean {
  return viewText === undefined && (names.has(viewKey(databaseName, name)) || names.has(name.toLowerCase()));
}

/** Why the files of tables cannot be read: the first object whose file is not the one that was written. */
async function damagedAmong(
  tables: readonly VisiblePartitions[],
  lake: LakeFolder,
): Promise<DamagedObjectError | undefined> {
  for (const { bucket, key, size } of tables.flatMap((table) => tableObjects(table, lake))) {
    const path = lake.pathOf(bucket, key);
    const problem = problemOf(size, await sizeOfFile(path));
    if (problem !== undefined) return new DamagedObjectError({ bucket, key, path, problem });
  }
  return undefined;
}

function viewsOf(
  table: CatalogTable,
  visible: VisiblePartitions,
  names: ReadonlySet<string>,
  lake: LakeFolder,
  tail: Tail,
): QueryJob['views'] {
  const { databaseName: schema, name } = table;
  const plain = { schema, name, select: tableSelect(table, visible, lake, tail) };
  if (!isNamed(names, { ...table, name: withPath(name) })) return [plain];
  return [plain, { schema, name: withPath(name), select: tableSelect(table, visible, lake, tail, true) }];
}

function sizeOf(visible: VisiblePartitions, lake: LakeFolder): TableSize {
  const objects = tableObjects(visible, lake);
  return { files: objects.length, bytes: objects.reduce((sum, { size }) => sum + size, 0) };
}

/** Databases whose tables a bare name may mean: those where the name is not ambiguous. */
function databasesOf(named: readonly Pick<CatalogTable, 'databaseName' | 'name'>[]): readonly string[] {
  const ambiguous = new Set(
    named.map(({ name }) => name).filter((name, index, all) => all.indexOf(name) !== index),
  );
  return [
    ...new Set(named.filter(({ name }) => !ambiguous.has(name)).map(({ databaseName }) => databaseName)),
  ];
}
