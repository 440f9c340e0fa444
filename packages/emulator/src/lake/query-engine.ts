import type { DuckDBConnection } from '@duckdb/node-api';
import type { CatalogTable, TableCatalog } from './table-catalog.js';
import type { DuckDb } from './duckdb.js';
import type { LakeFolder } from './lake-folder.js';
import { sqlName, sqlText } from './sql-quoting.js';
import { scannedBytes } from './scanned-bytes.js';
import { plainValue } from './sql-value.js';
import { tableSelect } from './table-view.js';
import type { Tail, TailSource } from './tail.js';

/** A finished SQL result, as the lake's engine gives it. */
export interface SqlResult {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly unknown[])[];
}

/** How a statement is run. */
export interface SqlRunOptions {
  readonly signal?: AbortSignal;
  readonly database?: string;
  /** Hears how many bytes of Parquet will be scanned, before they are; by throwing it calls the statement off. */
  readonly beforeScan?: (bytes: number) => void;
}

/** The SQL engine behind Athena and `emulator.query`. */
export interface SqlEngine {
  run(sql: string, options?: SqlRunOptions): Promise<SqlResult>;
}

/** What an engine reads from. */
export interface QueryEngineOptions {
  readonly database: DuckDb;
  readonly lake: LakeFolder;
  readonly catalog: TableCatalog;
  readonly tail: TailSource;
  /** Statements that prepare each connection: settings, macros. */
  readonly prelude?: readonly string[];
}

/** A connection with a catalog of its own, where the tables are views. */
interface Slot {
  readonly connection: DuckDBConnection;
  readonly name: string;
  /** Text of each view that is there. */
  readonly views: Map<string, string>;
}

let slots = 0;

/** Runs SQL over the tables of the catalog; every acknowledged record is seen exactly once. */
export class QueryEngine implements SqlEngine {
  readonly #options: QueryEngineOptions;
  readonly #idle: Slot[] = [];

  constructor(options: QueryEngineOptions) {
    this.#options = options;
  }

  /** Runs one statement. */
  async run(sql: string, options: SqlRunOptions = {}): Promise<SqlResult> {
    const { signal, database, beforeScan } = options;
    signal?.throwIfAborted();
    const slot = this.#idle.pop() ?? (await this.#open());
    const interrupt = (): void => {
      slot.connection.interrupt();
    };
    const tail = this.#options.tail();
    try {
      const named = await this.#prepare(slot, sql, tail, database);
      if (beforeScan !== undefined) {
        beforeScan(await scannedBytes(slot.connection, sql, named, this.#options.lake));
      }
      signal?.throwIfAborted();
      signal?.addEventListener('abort', interrupt);
      const reader = await slot.connection.runAndReadAll(sql);
      const types = reader.columnTypes();
      return {
        columns: reader
          .deduplicatedColumnNames()
          .map((name, index) => ({ name, type: String(types[index] ?? '') })),
        rows: reader.getRows().map((row) => row.map(plainValue)),
      };
    } finally {
      signal?.removeEventListener('abort', interrupt);
      this.#idle.push(slot);
      await tail.release();
    }
  }

  async #open(): Promise<Slot> {
    const connection = await this.#options.database.connect();
    slots += 1;
    const name = `lake_${slots}`;
    await connection.run(`ATTACH ':memory:' AS ${sqlName(name)}`);
    await connection.run(`USE ${sqlName(name)}`);
    const { prelude = [] } = this.#options;
    // One by one, they cost twice as much.
    if (prelude.length > 0) await connection.run(prelude.join(';\n'));
    return { connection, name, views: new Map() };
  }

  /** Brings the views of the tables that the statement names up to date, and gives these tables. */
  async #prepare(
    slot: Slot,
    sql: string,
    tail: Tail,
    database: string | undefined,
  ): Promise<readonly CatalogTable[]> {
    const words = new Set(sql.toLowerCase().match(/[\p{L}\p{N}_.$-]+|"[^"]+"/gu) ?? []);
    const parts = new Set([...words].flatMap((word) => word.replaceAll('"', '').split('.')));
    const tables = this.#options.catalog.listTables();
    const named = tables.filter(({ name }) => parts.has(name.toLowerCase()));
    for (const table of named) {
      const select = tableSelect(table, this.#options.lake, tail);
      const schema = `${sqlName(slot.name)}.${sqlName(table.databaseName)}`;
      if (slot.views.get(`${table.databaseName}.${table.name}`) !== select) {
        await slot.connection.run(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
        await slot.connection.run(`CREATE OR REPLACE VIEW ${schema}.${sqlName(table.name)} AS ${select}`);
        slot.views.set(`${table.databaseName}.${table.name}`, select);
      }
    }
    const search = database === undefined ? databasesOf(named) : [database];
    const path = [...search, 'main'].map((name) => `${sqlName(slot.name)}.${sqlName(name)}`).join(',');
    for (const name of search) {
      await slot.connection.run(`CREATE SCHEMA IF NOT EXISTS ${sqlName(slot.name)}.${sqlName(name)}`);
    }
    await slot.connection.run(`SET search_path = ${sqlText(path)}`);
    return named;
  }
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
