import type { SqlEngine } from '../lake/query-engine.js';
import type { QueryColumn } from '../query/query-protocol.js';
import type { TableCatalog } from '../lake/table-catalog.js';
import { failureOf } from './failure.js';
import { readBy, type ReadByQuery } from './ddl/views.js';
import { athenaText, columnInfo, type ColumnInfo } from './athena-value.js';
import { parseDuckDbType, type DuckDbType } from './duckdb-type.js';
import type { Products, Translated, Translation } from '../query/reading.js';
import { valueOf } from './reading-outcome.js';
import type { TextRow } from './result-store.js';
import { UNNAMED } from './sql-ast.js';

/** Takes what a query gives: its columns, then its rows as Athena prints them. */
export interface QuerySink {
  columns(columns: readonly ColumnInfo[], scannedBytes: number): void;
  rows(rows: readonly TextRow[]): Promise<void>;
}

/** One query to run. */
export interface QueryRequest {
  readonly sql: string;
  readonly parameters: readonly string[];
  readonly database: string | undefined;
  readonly signal: AbortSignal;
  /** Bytes that the query may scan. */
  readonly mostScannedBytes: number;
  readonly sink: QuerySink;
}

const isBeyondQuick = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('Overflow in multiplication of DECIMAL(18)');

/** Returns the lines of a query's plan; the names are those of its columns. */
export async function planQuery(
  { sql, parameters, signal }: Pick<QueryRequest, 'sql' | 'parameters' | 'signal'>,
  columns: readonly string[],
  engine: SqlEngine,
): Promise<readonly string[]> {
  return valueOf(await engine.read({ kind: 'plan', sql, parameters, columns }, signal), 'plan');
}

/** A query in DuckDB's SQL, and what it reads. */
export interface PreparedQuery extends ReadByQuery {
  readonly text: string;
}

/**
 * Rewrites a query and the views that it names for DuckDB.
 *
 * @param isDescribed - its columns are asked for, and no row
 */
export async function prepareQuery(
  { sql, parameters, database, signal }: Pick<QueryRequest, 'sql' | 'parameters' | 'database' | 'signal'>,
  engine: SqlEngine,
  catalog: TableCatalog,
  isDescribed = false,
  products: Products = 'exact',
): Promise<PreparedQuery> {
  const translate = async (translation: Omit<Translation, 'kind' | 'products'>): Promise<Translated> =>
    valueOf(await engine.read({ kind: 'translate', products, ...translation }, signal), 'translate');
  const asked = {
    sql,
    parameters,
    database,
    given: isDescribed ? ('unchecked' as const) : new Set<string>(),
  };
  const { text, named, given } = await translate(asked);
  const read = await readBy(sql, named, catalog, async (view, schema) =>
    translate({ sql: view, parameters: [], database: schema, given }),
  );
  return { text, ...read };
}

/** A column of a query that is not run: its name, where it has one, and DuckDB's type. */
export interface DescribedColumn {
  readonly name: string | undefined;
  readonly type: string;
}

/** Returns the columns that a prepared query has. */
export async function describeQuery(
  { text, views, tables }: PreparedQuery,
  engine: SqlEngine,
  database: string | undefined,
): Promise<readonly DescribedColumn[]> {
  const { columns } = await engine.run(`SELECT * FROM (${text}) LIMIT 0`, {
    trusted: true,
    views,
    tables,
    ...(database === undefined ? {} : { database }),
  });
  return columns.map(({ name, type }) => ({ name: name.startsWith(UNNAMED) ? undefined : name, type }));
}

/** Runs Athena's SQL on the lake's engine; fails with {@link QueryFailure} in Athena's words. */
export async function runQuery(
  request: QueryRequest,
  engine: SqlEngine,
  catalog: TableCatalog,
): Promise<void> {
  const { signal, database, mostScannedBytes, sink } = request;
  let rowsSent = false;
  const run = async (products: Products): Promise<void> => {
    const { text, views, tables } = await prepareQuery(request, engine, catalog, false, products);
    signal.throwIfAborted();
    let types: readonly DuckDbType[] = [];
    const options = {
      signal,
      mostScannedBytes,
      trusted: true,
      views,
      tables,
      ...(database === undefined ? {} : { database }),
    };
    await engine.stream(
      text,
      {
        columns(columns, scannedBytes) {
          types = columns.map(({ type }) => parseDuckDbType(type));
          sink.columns(
            columns.map((column, at) => infoOf(column, types[at] ?? PLAIN, at)),
            scannedBytes,
          );
        },
        async rows(rows) {
          rowsSent = true;
          await sink.rows(
            rows.map((row) => row.map((value, at) => athenaText(value, types[at] ?? PLAIN) ?? null)),
          );
        },
      },
      options,
    );
  };
  try {
    await run('quick').catch(async (error: unknown) => {
      if (rowsSent || !isBeyondQuick(error)) throw error;
      await run('exact');
    });
  } catch (error) {
    throw failureOf(error, signal);
  }
}

const PLAIN: DuckDbType = { kind: 'plain', name: 'VARCHAR' };

function infoOf({ name }: QueryColumn, type: DuckDbType, at: number): ColumnInfo {
  return columnInfo(name.startsWith(UNNAMED) ? `_col${at}` : name.toLowerCase(), type);
}
