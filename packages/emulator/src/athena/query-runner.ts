import type { SqlEngine } from '../lake/query-engine.js';
import { sqlText } from '../lake/sql-quoting.js';
import type { QueryColumn } from '../query/query-protocol.js';
import type { TableCatalog } from '../lake/table-catalog.js';
import { failureOf } from './failure.js';
import { malformed, notSupported, QueryFailure, syntaxFailure } from './athena-error.js';
import { readBy, type ReadByQuery, type TranslatedQuery } from './ddl/views.js';
import { checkInjected, columnsGivenIn } from './injected-keys.js';
import { athenaText, columnInfo, type ColumnInfo } from './athena-value.js';
import { parseDuckDbType, type DuckDbType } from './duckdb-type.js';
import type { TextRow } from './result-store.js';
import { isNode, nodesOf, type SqlNode, readTree, textOf, UNNAMED, writeTree } from './sql-ast.js';
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

/** A SELECT of Athena's rewritten for DuckDB; fails with {@link QueryFailure} in Athena's words. */
async function translate(
  request: Pick<QueryRequest, 'sql' | 'parameters' | 'database'>,
  engine: SqlEngine,
  catalog: TableCatalog,
  given: InjectedColumns,
): Promise<TranslatedQuery & { readonly given: InjectedColumns }> {
  const sql = withParameters(plainStatement(request.sql), request.parameters);
  checkStart(sql);
  const tree = await parse(readableByDuckDb(sql), engine);
  if (given !== 'unchecked') checkInjected(tree, catalog, request.database, given);
  const names = tableNames(catalog, request.database, /"\$path"/i.test(sql));
  const text = await write(new Translator(names).statement(tree), engine);
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
): Promise<PreparedQuery> {
  const none = new Set<string>();
  const { text, tables, given } = await translate(request, engine, catalog, isDescribed ? 'unchecked' : none);
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

/** Refuses what does not parse, before there is an execution; what is wrong beyond that, the execution tells. */
export async function checkSyntax(sql: string, engine: SqlEngine): Promise<void> {
  let plain: string;
  try {
    plain = plainStatement(sql);
  } catch (error) {
    if (!(error instanceof QueryFailure)) throw error;
    throw malformed(sql, 0, error.message.replace(/^SYNTAX_ERROR: /, ''));
  }
  let readable: string;
  try {
    readable = readableByDuckDb(plain);
  } catch (error) {
    if (!(error instanceof QueryFailure)) throw error;
    // What is refused by name is told by the execution.
    if (!error.message.startsWith('SYNTAX_ERROR: ')) return;
    throw malformed(plain, 0, error.message.replace(/^SYNTAX_ERROR: /, ''));
  }
  const answer = await one(engine, `SELECT json_serialize_sql(${sqlText(readable)})`);
  const value = readTree(answer);
  if (!isNode(value) || value.error !== true || value.error_type !== 'parser') return;
  const near = writtenAs(/at or near "([^"]*)"/.exec(textOf(value.error_message))?.[1], plain);
  // The place in the statement as it was written; the parser read another text.
  const at = near === undefined ? plain.length : Math.max(0, plain.lastIndexOf(near));
  if (near === undefined) throw malformed(plain, plain.length, "mismatched input '<EOF>'");
  throw malformed(plain, at, `mismatched input '${near.slice(0, 100)}'`);
}

/** Runs Athena's SQL on the lake's engine; fails with {@link QueryFailure} in Athena's words. */
export async function runQuery(
  request: QueryRequest,
  engine: SqlEngine,
  catalog: TableCatalog,
): Promise<void> {
  const { signal, database, mostScannedBytes, sink } = request;
  try {
    const { text, views, tables } = await prepareQuery(request, engine, catalog);
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
    throw syntaxFailure(grammarFailure(value));
  }
  const [statement, second] = nodesOf(value.statements);
  if (second !== undefined || !isNode(statement?.node)) {
    throw syntaxFailure('Only one sql statement is allowed');
  }
  return statement.node;
}

/** The word of a statement that the parser stumbled over; calls have other names in the text that it reads. */
function writtenAs(near: string | undefined, statement: string): string | undefined {
  if (near === undefined || statement.includes(near)) return near;
  const word = near.replace(/^trino_/, '').split('_')[0] ?? '';
  const at = statement.toLowerCase().lastIndexOf(word.toLowerCase());
  return word === '' || at === -1 ? undefined : statement.slice(at, at + word.length);
}

/** What a parser says, without its own names: where the statement stops making sense. */
function grammarFailure(value: SqlNode): string {
  const near = /at or near "([^]*)"$/.exec(textOf(value.error_message))?.[1];
  if (near !== undefined && !near.startsWith('trino_')) return `mismatched input '${near.slice(0, 100)}'`;
  return textOf(value.error_message).includes('end of input')
    ? "mismatched input '<EOF>'"
    : 'the statement does not parse';
}

async function write(node: SqlNode, engine: SqlEngine): Promise<string> {
  const tree = writeTree({ error: false, statements: [{ node, named_param_map: [] }] });
  const text = await one(engine, `SELECT json_deserialize_sql(${sqlText(tree)})`);
  // The tree has no simple form for types with parameters. Quotes within a text of the client are doubled here, so
  // that no text of its own looks like this call.
  return text.replaceAll(/trino_typed\('([^']+)'\)/g, 'CAST(NULL AS $1)');
}

async function one(engine: SqlEngine, sql: string): Promise<string> {
  const { rows } = await engine.run(sql, { trusted: true, tables: new Set() });
  return textOf(rows[0]?.[0]);
}
