import type { LakeFolder } from '../lake/lake-folder.js';
import type { SqlEngine, SqlRunOptions } from '../lake/query-engine.js';
import type { TableCatalog } from '../lake/table-catalog.js';
import { rowsColumn, varcharColumn } from './athena-value.js';
import { notSupported, QueryFailure } from './athena-error.js';
import type { CatalogAccess } from './ddl/catalog-access.js';
import { changeDatabase } from './ddl/change-database.js';
import { alterTable, dropTable, repairTable, requireTable } from './ddl/change-table.js';
import { createTable } from './ddl/create-table.js';
import { createView } from './ddl/create-view.js';
import { planCreateTableAs, planInsert, planUnload, type RowsTarget } from './ddl/insert-rows.js';
import { show } from './ddl/show.js';
import type { TableWriter } from './ddl/table-writer.js';
import { failureOf } from './failure.js';
import {
  describeQuery,
  planQuery,
  prepareQuery,
  runQuery,
  type PreparedQuery,
  type QueryRequest,
} from './query-runner.js';
import type { ResultPlaces } from './results/result-location.js';
import { asFolder } from './results/result-location.js';
import type { Statement } from './statement/statement.js';

/** What statements besides SELECT work on. */
export interface StatementParts {
  readonly engine: SqlEngine;
  readonly tables: TableCatalog;
  readonly catalog: CatalogAccess;
  readonly lake: LakeFolder;
  readonly writer: TableWriter;
  /** Keeps and drops prepared statements of the query's workgroup. */
  readonly prepared: {
    put(name: string, query: string): Promise<void>;
    drop(name: string): Promise<void>;
  };
  readonly seconds: () => number;
}

/** One statement to run. */
export interface StatementRequest extends Omit<QueryRequest, 'sql'> {
  readonly id: string;
  readonly statement: Statement;
  /** Where its objects go; the service keeps the result where there is none. */
  readonly places: ResultPlaces | undefined;
}

/** What a statement did besides giving rows. */
export interface StatementOutcome {
  readonly updateType?: string;
  readonly updateCount?: number;
  /** What it turned out to be, where its text alone does not tell. */
  readonly subtype?: string;
  /** Addresses of the objects that it has written. */
  readonly objects?: readonly string[];
}

/** Runs a statement; fails with {@link QueryFailure} in Athena's words. */
export async function runStatement(
  request: StatementRequest,
  parts: StatementParts,
): Promise<StatementOutcome> {
  try {
    return await run(request, parts);
  } catch (error) {
    throw failureOf(error, request.signal);
  }
}

async function run(request: StatementRequest, parts: StatementParts): Promise<StatementOutcome> {
  const { statement, database, sink } = request;
  const { catalog } = parts;
  switch (statement.kind) {
    case 'select':
      await runQuery({ ...request, sql: statement.sql }, parts.engine, parts.tables);
      return {};
    case 'refused':
      throw notSupported(`${statement.statement}; ${statement.instead}`);
    case 'create-database':
    case 'drop-database':
    case 'alter-database':
      await changeDatabase(statement, catalog);
      return done(request);
    case 'create-table':
      await createTable(statement, catalog, database, parts.seconds());
      return done(request);
    case 'alter-table':
      await alterTable(await requireTable(catalog, statement.table, database), statement.change, catalog);
      return done(request);
    case 'drop-table':
      await dropTable(catalog, statement.table, database, { ifExists: statement.ifExists, view: false });
      return done(request);
    case 'drop-view':
      await dropTable(catalog, statement.view, database, { ifExists: statement.ifExists, view: true });
      return done(request);
    case 'repair-table': {
      const table = await requireTable(catalog, statement.table, database);
      const said = await repairTable(table, catalog, parts.lake);
      sink.columns([], 0);
      await sink.rows(said.map((line) => [line]));
      return {};
    }
    case 'create-view': {
      const { columns } = await described(statement.query, request, parts, true);
      await createView({ ...statement, columns }, catalog, database);
      return done(request);
    }
    case 'create-table-as':
    case 'insert':
    case 'unload':
      return write(statement, request, parts);
    case 'explain':
      return explain(statement, request, parts);
    case 'prepare':
      await parts.prepared.put(statement.name, statement.query);
      return done(request);
    case 'deallocate':
      await parts.prepared.drop(statement.name);
      return done(request);
    case 'execute':
      throw new QueryFailure(`NOT_FOUND: Prepared statement not found: ${statement.name}`);
    default: {
      const shown = await show(statement, catalog, database);
      sink.columns(shown.columns, 0);
      await sink.rows(shown.rows);
      return shown.subtype === undefined ? {} : { subtype: shown.subtype, updateCount: 0 };
    }
  }
}

function done({ sink }: StatementRequest): StatementOutcome {
  sink.columns([], 0);
  return {};
}

async function described(
  sql: string,
  { parameters, database, signal }: StatementRequest,
  { engine, tables }: StatementParts,
  isDescribed = false,
): Promise<PreparedQuery & { readonly columns: Awaited<ReturnType<typeof describeQuery>> }> {
  const query = await prepareQuery({ sql, parameters, database, signal }, engine, tables, isDescribed);
  return { ...query, columns: await describeQuery(query, engine, database) };
}

async function write(
  statement: Extract<Statement, { readonly kind: 'create-table-as' | 'insert' | 'unload' }>,
  request: StatementRequest,
  parts: StatementParts,
): Promise<StatementOutcome> {
  const { id, database, places, sink, signal, mostScannedBytes } = request;
  const query = await described(statement.query, request, parts);
  const target = await targetOf(statement, query, parts, database, places);
  sink.columns([rowsColumn], 0);
  if (target === undefined) return { updateType: 'CREATE TABLE', updateCount: 0, objects: [] };
  const options: SqlRunOptions = {
    signal,
    views: query.views,
    tables: query.tables,
    ...(Number.isFinite(mostScannedBytes) ? { mostScannedBytes } : {}),
    ...(database === undefined ? {} : { database }),
  };
  const { rows, objects } = await parts.writer.write({ ...target, id, options });
  const updateType =
    statement.kind === 'create-table-as' ? 'CREATE TABLE' : statement.kind === 'insert' ? 'INSERT' : 'UNLOAD';
  return { updateType, updateCount: rows, objects };
}

async function targetOf(
  statement: Parameters<typeof write>[0],
  query: Awaited<ReturnType<typeof described>>,
  { catalog, lake }: StatementParts,
  database: string | undefined,
  places: ResultPlaces | undefined,
): Promise<RowsTarget | undefined> {
  switch (statement.kind) {
    case 'create-table-as': {
      const byDefault =
        places === undefined ? undefined : { bucket: places.object.bucket, key: asFolder(places.object.key) };
      return planCreateTableAs(statement, query, catalog, lake, { database, byDefault });
    }
    case 'insert':
      return planInsert(statement, query, catalog, database);
    case 'unload':
      return planUnload(statement, query, lake);
  }
}

async function explain(
  { query: sql }: Extract<Statement, { readonly kind: 'explain' }>,
  request: StatementRequest,
  parts: StatementParts,
): Promise<StatementOutcome> {
  const { columns } = await described(sql, request, parts);
  const names = columns.map(({ name }, index) => name?.toLowerCase() ?? `_col${index}`);
  const lines = await planQuery({ ...request, sql }, names, parts.engine);
  request.sink.columns([varcharColumn('Query Plan')], 0);
  await request.sink.rows(lines.map((line) => [line]));
  return {};
}
