import type { SqlEngine } from '../lake/query-engine.js';
import type { QueryColumn } from '../query/query-protocol.js';
import type { TableCatalog } from '../lake/table-catalog.js';
import { failureOf } from './failure.js';
import { readBy, type ReadByQuery, type TranslatedQuery } from './ddl/views.js';
import { checkInjected, columnsGivenIn } from './injected-keys.js';
import { withCalls } from './compared-sides.js';
import { athenaText, columnInfo, type ColumnInfo } from './athena-value.js';
import { parseDuckDbType, type DuckDbType } from './duckdb-type.js';
import type { TextRow } from './result-store.js';
import { parse, write } from './query-syntax.js';
import { type SqlNode, UNNAMED } from './sql-ast.js';
import { checkStart, plainStatement, withParameters } from './statement-text.js';
import { tableNames } from './table-names.js';
import { readableByDuckDb } from './trino-grammar.js';
import { Translator } from './translate.js';

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

/** What a query must say of injected partition keys: nothing where it is only described. */
type InjectedColumns = ReadonlySet<string> | 'unchecked';

/**
 * How products of decimals within a sum are calculated: with all their digits, or in 18 where neither factor has more,
 * which fails beyond those. Sums of such products cost a ninth (bench/athena-speed.bench.ts).
 */
type Products = 'exact' | 'quick';
const quickProduct = (name: string): string => (name === 'trino_product' ? 'trino_inner_product' : name);
const isBeyondQuick = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('Overflow in multiplication of DECIMAL(18)');

/** A SELECT of Athena's rewritten for DuckDB; fails with {@link QueryFailure} in Athena's words. */
async function translate(
  request: Pick<QueryRequest, 'sql' | 'parameters' | 'database'>,
  engine: SqlEngine,
  catalog: TableCatalog,
  given: InjectedColumns,
  products: Products = 'exact',
): Promise<TranslatedQuery & { readonly given: InjectedColumns }> {
  const sql = withParameters(plainStatement(request.sql), request.parameters);
  checkStart(sql);
  const tree = await parse(readableByDuckDb(sql), engine);
  if (given !== 'unchecked') checkInjected(tree, catalog, request.database, given);
  const names = tableNames(catalog, request.database, /"\$path"/i.test(sql));
  const rewritten = new Translator(names).statement(tree);
  const text = await write(products === 'exact' ? rewritten : withCalls(rewritten, quickProduct), engine);
  return {
    text,
    tables: names.found,
    given: given === 'unchecked' ? given : new Set([...given, ...columnsGivenIn(tree)]),
  };
}

/** The tree of a query as it is written. */
export async function parseQuery(
  sql: string,
  parameters: readonly string[],
  engine: SqlEngine,
): Promise<SqlNode> {
  return parse(withParameters(plainStatement(sql), parameters), engine);
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
  request: Pick<QueryRequest, 'sql' | 'parameters' | 'database'>,
  engine: SqlEngine,
  catalog: TableCatalog,
  isDescribed = false,
  products: Products = 'exact',
): Promise<PreparedQuery> {
  const none = new Set<string>();
  const { text, tables, given } = await translate(
    request,
    engine,
    catalog,
    isDescribed ? 'unchecked' : none,
    products,
  );
  const read = await readBy(request.sql, tables, catalog, (sql, database) =>
    translate({ sql, parameters: [], database }, engine, catalog, given),
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
