import type { SqlEngine } from '../lake/query-engine.js';
import { sqlText } from '../lake/sql-quoting.js';
import type { QueryColumn } from '../query/query-protocol.js';
import type { TableCatalog } from '../lake/table-catalog.js';
import { failureOf } from './failure.js';
import { notSupported, syntaxFailure } from './athena-error.js';
import { athenaText, columnInfo, parseDuckDbType, type ColumnInfo, type DuckDbType } from './athena-value.js';
import type { TextRow } from './result-store.js';
import { isNode, nodesOf, type SqlNode, readTree, textOf, writeTree } from './sql-ast.js';
import { checkSpelling, plainStatement, withParameters } from './statement-text.js';
import { tableNames } from './table-names.js';
import { Translator, UNNAMED } from './translate.js';

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

/** A SELECT of Athena's rewritten for DuckDB; fails with {@link QueryFailure} in Athena's words. */
export async function translate(
  request: Pick<QueryRequest, 'sql' | 'parameters' | 'database'>,
  engine: SqlEngine,
  catalog: TableCatalog,
): Promise<string> {
  const sql = withParameters(plainStatement(request.sql), request.parameters);
  checkSpelling(sql);
  const translator = new Translator(tableNames(catalog, request.database));
  return write(translator.statement(await parse(sql, engine)), engine);
}

/** Runs Athena's SQL on the lake's engine; fails with {@link QueryFailure} in Athena's words. */
export async function runQuery(
  request: QueryRequest,
  engine: SqlEngine,
  catalog: TableCatalog,
): Promise<void> {
  const { signal, database, mostScannedBytes, sink } = request;
  try {
    const shown = showTables(plainStatement(request.sql), database, catalog);
    if (shown !== undefined) {
      sink.columns([columnInfo('tab_name', PLAIN)], 0);
      await sink.rows(shown.map((name) => [name]));
      return;
    }
    const text = await translate(request, engine, catalog);
    signal.throwIfAborted();
    let types: readonly DuckDbType[] = [];
    const options = {
      signal,
      mostScannedBytes,
      trusted: true,
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
        rows: async (rows) =>
          sink.rows(rows.map((row) => row.map((value, at) => athenaText(value, types[at] ?? PLAIN) ?? null))),
      },
      options,
    );
  } catch (error) {
    throw failureOf(error, signal);
  }
}

const PLAIN: DuckDbType = { kind: 'plain', name: 'VARCHAR' };

function infoOf({ name }: QueryColumn, type: DuckDbType, at: number): ColumnInfo {
  return columnInfo(name.startsWith(UNNAMED) ? `_col${at}` : name.toLowerCase(), type);
}

async function parse(sql: string, engine: SqlEngine): Promise<SqlNode> {
  const answer = await one(engine, `SELECT json_serialize_sql(${sqlText(sql)})`);
  const value = readTree(answer);
  if (value === undefined) throw notSupported('expressions nested as deeply as these');
  if (!isNode(value)) throw syntaxFailure('the statement does not parse');
  if (value.error === true) {
    if (value.error_type === 'not implemented') {
      throw notSupported('anything but SELECT; use the Glue API for tables');
    }
    throw syntaxFailure(textOf(value.error_message));
  }
  const [statement, second] = nodesOf(value.statements);
  if (second !== undefined || !isNode(statement?.node)) {
    throw syntaxFailure('Only one sql statement is allowed');
  }
  return statement.node;
}

async function write(node: SqlNode, engine: SqlEngine): Promise<string> {
  const tree = writeTree({ error: false, statements: [{ node, named_param_map: [] }] });
  return one(engine, `SELECT json_deserialize_sql(${sqlText(tree)})`);
}

async function one(engine: SqlEngine, sql: string): Promise<string> {
  const { rows } = await engine.run(sql, { trusted: true, bare: true });
  return textOf(rows[0]?.[0]);
}

function showTables(
  sql: string,
  database: string | undefined,
  catalog: TableCatalog,
): readonly string[] | undefined {
  const shown = /^show\s+tables(?:\s+(?:in|from)\s+[`"]?([^\s`"]+)[`"]?)?$/i.exec(sql);
  if (shown === null) return undefined;
  const wanted = (shown[1] ?? database)?.toLowerCase();
  return catalog
    .listTables()
    .filter(({ databaseName }) => databaseName === wanted)
    .map(({ name }) => name)
    .sort();
}
