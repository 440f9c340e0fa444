import { setTimeout } from 'node:timers/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { answerCall } from '../../src/wire/service-entry.js';
import { ServiceError } from '../../src/wire/service-error.js';
import { type AthenaService, createAthenaService } from '../../src/athena/athena-service.js';
import { trinoMacros, trinoSettings } from '../../src/athena/prelude.js';
import { PreparedEngine } from '../../src/query/prepare-engine.js';
import { readStatement } from '../../src/athena/read-statement.js';
import { prepareQuery } from '../../src/athena/query-runner.js';
import { orderedValue } from '../../src/lake/sql-value.js';
import type { CatalogTable, TableCatalog } from '../../src/lake/table-catalog.js';
import type { SqlEngine, SqlResult } from '../../src/lake/query-engine.js';
import { requestContext, turnedClock } from '../service-context.js';

/** Athena over one table `inventory.events` in memory. */
export interface AthenaLake {
  readonly service: AthenaService;
  call(action: string, input: object): Promise<Readonly<Record<string, unknown>>>;
  /** How DuckDB would run a query after its translation. */
  plan(sql: string): Promise<string>;
  /** Runs a query to its end: the rows as Athena prints them, or why it failed. */
  ask(sql: string, more?: object): Promise<Outcome>;
}

export interface Outcome {
  readonly names: readonly string[];
  readonly types: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
  readonly failure: string | undefined;
}

const table: CatalogTable = {
  databaseName: 'inventory',
  name: 'events',
  versionId: '0',
  columns: [],
  partitionKeys: [],
  sortColumns: [],
  location: 's3://lake/',
  parameters: {},
};

export async function athenaLake(rows: readonly string[] = []): Promise<AthenaLake> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const run = async (sql: string): Promise<unknown> => connection.run(sql);
  const prepared = new PreparedEngine({ settings: trinoSettings, macros: trinoMacros });
  await connection.run('CREATE SCHEMA inventory');
  await connection.run(
    'CREATE TABLE inventory.events (store VARCHAR, stock INTEGER, price DECIMAL(10,2), weight DOUBLE, ts TIMESTAMP, day DATE, low BOOLEAN, tags VARCHAR[], codes MAP(VARCHAR, INTEGER), place STRUCT(city VARCHAR, latitude DOUBLE))',
  );
  for (const row of rows) await connection.run(`INSERT INTO inventory.events VALUES (${row})`);
  const stream: SqlEngine['stream'] = async (sql, sink, { signal } = {}) => {
    const interrupt = (): void => {
      connection.interrupt();
    };
    signal?.addEventListener('abort', interrupt);
    try {
      await prepared.prepare(run, [sql]);
      const reader = await connection.runAndReadAll(sql);
      const types = reader.columnTypes();
      const names = reader.deduplicatedColumnNames();
      sink.columns(
        names.map((name, at) => ({ name, type: String(types[at] ?? '') })),
        0,
      );
      await sink.rows(reader.getRows().map((row) => row.map(orderedValue)));
    } finally {
      signal?.removeEventListener('abort', interrupt);
    }
  };
  const engine: SqlEngine = {
    stream,
    async run(sql, options) {
      const result: { columns: SqlResult['columns']; rows: SqlResult['rows'] } = { columns: [], rows: [] };
      const sink = {
        columns: (columns: SqlResult['columns']) => {
          result.columns = columns;
        },
        rows: (rows: SqlResult['rows']) => {
          result.rows = rows;
        },
      };
      await stream(sql, sink, options);
      return result;
    },
    async read(reading) {
      const ask = async (sql: string): Promise<string> =>
        String((await connection.runAndReadAll(sql)).getRows()[0]?.[0]);
      return readStatement(reading, ask, async (names) =>
        names.flatMap(([database, name]) => catalog.getTable(database, name) ?? []),
      );
    },
  };
  const catalog: TableCatalog = {
    getTable: (database, name) => (database === 'inventory' && name === 'events' ? table : undefined),
    listTables: () => [table],
    listDatabases: () => ['inventory'],
  };
  const service = await createAthenaService({ engine, catalog, clock: turnedClock() });
  const call = async (action: string, input: object): Promise<Readonly<Record<string, unknown>>> =>
    // Every answer of this service is an object.
    (await answerCall(service, action, input, requestContext())) as Readonly<Record<string, unknown>>;
  const plan = async (sql: string): Promise<string> => {
    const { signal } = new AbortController();
    const query = { sql, parameters: [], database: 'inventory', signal };
    const { text } = await prepareQuery(query, engine, catalog);
    const { rows: lines } = await engine.run(`EXPLAIN ${text}`);
    return lines.map((line) => line.join('\n')).join('\n');
  };
  await connection.run('USE memory.inventory');
  return { service, call, plan, ask: (sql, more) => ask(call, sql, more) };
}

interface Results {
  readonly ResultSet: {
    readonly Rows: readonly { readonly Data: readonly { readonly VarCharValue?: string }[] }[];
    readonly ResultSetMetadata: {
      readonly ColumnInfo: readonly { readonly Name: string; readonly Type: string }[];
    };
  };
}

async function ask(call: AthenaLake['call'], sql: string, more: object = {}): Promise<Outcome> {
  const begun = await call('StartQueryExecution', {
    QueryString: sql,
    QueryExecutionContext: { Database: 'inventory' },
    ...more,
  }).catch((error: unknown) => {
    if (error instanceof ServiceError && error.facts.AthenaErrorCode === 'MALFORMED_QUERY') return error;
    throw error;
  });
  if (begun instanceof ServiceError) {
    return { names: [], types: [], rows: [], failure: `SYNTAX_ERROR: ${begun.message}` };
  }
  const { QueryExecutionId } = begun;
  for (;;) {
    const { QueryExecution } = await call('GetQueryExecution', { QueryExecutionId });
    const { Status } = QueryExecution as {
      Status: { State: string; StateChangeReason?: string };
    };
    if (Status.State === 'SUCCEEDED') break;
    if (Status.State !== 'QUEUED' && Status.State !== 'RUNNING') {
      return { names: [], types: [], rows: [], failure: Status.StateChangeReason ?? Status.State };
    }
    await setTimeout(10);
  }
  const answer = await call('GetQueryResults', { QueryExecutionId });
  const { ResultSet } = answer as unknown as Results;
  const info = ResultSet.ResultSetMetadata.ColumnInfo;
  return {
    names: info.map(({ Name }) => Name),
    types: info.map(({ Type }) => Type),
    rows: ResultSet.Rows.slice(1).map(({ Data }) => Data.map(({ VarCharValue }) => VarCharValue ?? null)),
    failure: undefined,
  };
}
