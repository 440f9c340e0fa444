import type { SqlEngine, SqlResult } from '../lake/query-engine.js';
import type { TableCatalog } from '../lake/table-catalog.js';
import { notSupported, QueryFailure, ScanLimitExceeded, syntaxFailure } from './athena-error.js';
import { type ColumnInfo, athenaText, columnInfo, parseDuckDbType } from './athena-value.js';
import { isNode, nodesOf, type SqlNode, readTree, textOf, writeTree } from './sql-ast.js';
import { checkSpelling, plainStatement, withParameters } from './statement-text.js';
import { tableNames } from './table-names.js';
import { Translator, UNNAMED } from './translate.js';

/** A finished query: what its columns are, and its rows as Athena prints them. */
export interface QueryResult {
  readonly columns: readonly ColumnInfo[];
  readonly rows: readonly (readonly (string | undefined)[])[];
}

/** One query to run. */
export interface QueryRequest {
  readonly sql: string;
  readonly parameters: readonly string[];
  readonly database: string | undefined;
  readonly signal: AbortSignal;
  /** Hears how many bytes the query will scan; by throwing it calls the query off. */
  readonly beforeScan: (bytes: number) => void;
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
): Promise<QueryResult> {
  const { signal, database, beforeScan } = request;
  const shown = showTables(plainStatement(request.sql), database, catalog);
  if (shown !== undefined) return shown;
  const text = await translate(request, engine, catalog);
  signal.throwIfAborted();
  let result: SqlResult;
  try {
    result = await engine.run(text, { signal, beforeScan, ...(database === undefined ? {} : { database }) });
  } catch (error) {
    throw failureOf(error, signal);
  }
  return resultOf(result);
}

async function parse(sql: string, engine: SqlEngine): Promise<SqlNode> {
  const answer = await one(engine, `SELECT json_serialize_sql(${quote(sql)})`);
  const value = readTree(answer);
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
  return one(engine, `SELECT json_deserialize_sql(${quote(tree)})`);
}

const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;

async function one(engine: SqlEngine, sql: string): Promise<string> {
  const { rows } = await engine.run(sql);
  return textOf(rows[0]?.[0]);
}

function showTables(
  sql: string,
  database: string | undefined,
  catalog: TableCatalog,
): QueryResult | undefined {
  const shown = /^show\s+tables(?:\s+(?:in|from)\s+[`"]?([^\s`"]+)[`"]?)?$/i.exec(sql);
  if (shown === null) return undefined;
  const wanted = (shown[1] ?? database)?.toLowerCase();
  const names = catalog
    .listTables()
    .filter(({ databaseName }) => databaseName === wanted)
    .map(({ name }) => name)
    .sort();
  return {
    columns: [columnInfo('tab_name', { kind: 'plain', name: 'VARCHAR' })],
    rows: names.map((name) => [name]),
  };
}

const athenaCodes =
  /((?:TYPE_MISMATCH|NOT_SUPPORTED|DIVISION_BY_ZERO|INVALID_CAST_ARGUMENT|INVALID_FUNCTION_ARGUMENT|NUMERIC_VALUE_OUT_OF_RANGE): [^\n]*)/;

function failureOf(error: unknown, signal: AbortSignal): Error {
  if (signal.aborted || error instanceof QueryFailure || error instanceof ScanLimitExceeded) {
    return error instanceof Error ? error : new QueryFailure(String(error));
  }
  const message = error instanceof Error ? error.message : String(error);
  const known = athenaCodes.exec(message)?.[1];
  if (known !== undefined) return new QueryFailure(known);
  const [first = ''] = message.replaceAll(/trino_|UNNAMED_COLUMN_/g, '').split('\n\nLINE');
  if (/Cannot (?:compare|mix) values of type/.test(first)) return new QueryFailure(`TYPE_MISMATCH: ${first}`);
  const column =
    /^Binder Error: (?:Referenced column|Table "[^"]*" does not have a column named|Values list "[^"]*" does not have a column named) "([^"]+)"/.exec(
      first,
    )?.[1];
  if (column !== undefined)
    return new QueryFailure(`COLUMN_NOT_FOUND: Column '${column}' cannot be resolved`);
  if (/^(?:Binder|Catalog|Parser) Error/.test(first)) return syntaxFailure(first);
  if (first.startsWith('Conversion Error')) return new QueryFailure(`INVALID_CAST_ARGUMENT: ${first}`);
  if (first.startsWith('Out of Range Error')) {
    return new QueryFailure(`NUMERIC_VALUE_OUT_OF_RANGE: ${first}`);
  }
  return new QueryFailure(`GENERIC_INTERNAL_ERROR: ${first}`);
}

function resultOf({ columns, rows }: SqlResult): QueryResult {
  const types = columns.map(({ type }) => parseDuckDbType(type));
  return {
    columns: columns.map(({ name }, at) => {
      const type = types[at] ?? { kind: 'plain', name: 'VARCHAR' };
      return columnInfo(name.startsWith(UNNAMED) ? `_col${at}` : name.toLowerCase(), type);
    }),
    rows: rows.map((row) =>
      row.map((value, at) => athenaText(value, types[at] ?? { kind: 'plain', name: 'VARCHAR' })),
    ),
  };
}
