import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { systemClock } from '@store/foundation';
import { createWorld } from '@store/generator';
import { stockNowQuery, type AthenaResult, type RestockRequest } from '@store/restock';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readPlanConfig, readPlanInput } from '../src/plan/plan-input.js';
import { maintainStockNow, runPlan, type LakeQuery, type PlanSummary } from '../src/plan/run-plan.js';
import { lineOf, smallWorld } from './events.js';

const folder = mkdtempSync(join(tmpdir(), 'store-stock-now-'));
let lake: DuckDBConnection;

const columns = `{event_id: 'VARCHAR', store_id: 'VARCHAR', store_name: 'VARCHAR', product_id: 'VARCHAR', product_name: 'VARCHAR',
  location: 'STRUCT(city VARCHAR, region VARCHAR, country VARCHAR, latitude DOUBLE, longitude DOUBLE)', category: 'VARCHAR',
  event_time: 'TIMESTAMP', sequence: 'BIGINT', current_stock: 'INTEGER', min_threshold: 'INTEGER', on_order: 'INTEGER'}`;

beforeAll(async () => {
  lake = await (await DuckDBInstance.create(':memory:')).connect();
  const file = join(folder, 'events.ndjson');
  writeFileSync(
    file,
    [...createWorld(smallWorld).events()].map((event) => lineOf(event).trimEnd()).join('\n'),
  );
  await lake.run(`create table inventory_events as
    select *, strftime(event_time, '%Y-%m-%d-%H') as datehour
    from read_json('${file}', format = 'newline_delimited', columns = ${columns})`);
});
afterAll(() => {
  lake.closeSync();
  rmSync(folder, { recursive: true });
});

/** Statements as the planner gives them to Athena, run by DuckDB; rows are text, as Athena's are. */
const ran: string[] = [];
const query: LakeQuery = async (sql): Promise<AthenaResult> => {
  const [verb = ''] = sql.split(' ', 1);
  ran.push(verb);
  const none = { queryId: String(ran.length), columns: [], rows: [], scannedBytes: 0 };
  if (verb === 'create') {
    // An Iceberg table of Athena has a location, and other words for types.
    const [, name = ''] = /^create table if not exists (\w+) \(/.exec(sql) ?? [];
    const rows = stockNowQuery({ table: 'inventory_events' });
    await lake.run(`create table if not exists ${name} as from (${rows}) limit 0`);
    return none;
  }
  if (verb !== 'select' && verb !== 'with') {
    await lake.run(sql);
    return none;
  }
  const found = await lake.runAndReadAll(`select columns(*)::varchar from (${sql})`);
  return {
    ...none,
    columns: found.columnNames().map((name) => ({ name, type: 'varchar' })),
    rows: found.getRows().map((row) => row.map((cell) => (typeof cell === 'string' ? cell : null))),
  };
};

const environment = {
  DATABASE: 'd',
  TABLE: 'inventory_events',
  REQUEST_QUEUE_URL: 'https://sqs.us-east-1.amazonaws.com/000000000000/q',
};
const ofState = { STOCK_NOW_TABLE: 'inventory_events_stock_now', STOCK_NOW_LOCATION: 's3://lake/stock_now/' };

interface Planned {
  readonly summary: PlanSummary;
  /** What was asked for, by id. */
  readonly requests: readonly RestockRequest[];
  /** First words of the statements. */
  readonly verbs: readonly string[];
}

async function plan(at: string, state: Readonly<Record<string, string>>): Promise<Planned> {
  ran.length = 0;
  const requests: RestockRequest[] = [];
  const ask = async (asked: readonly RestockRequest[]) => {
    requests.push(...asked);
    return Promise.resolve({
      sent: asked.map(({ request_id: id }) => id),
      asked: asked.length,
      resent: 0,
      known: 0,
      refused: [],
    });
  };
  const telemetry = {
    info: () => undefined,
    warn: () => undefined,
    count: () => undefined,
    duration: () => undefined,
  };
  const config = readPlanConfig({ ...environment, ...state });
  const parts = { query, ask, owed: undefined, config, clock: systemClock };
  const input = readPlanInput({ at, all: true });
  const summary = await runPlan(input, parts, { remainingMs: () => 600_000, telemetry });
  return {
    summary,
    requests: requests.sort((a, b) => (a.request_id < b.request_id ? -1 : 1)),
    verbs: [...ran],
  };
}

test('planned from the state, hour by hour, what is asked for is what a scan of all events finds', async () => {
  const first = await plan('2026-01-05T12:00:00Z', ofState);
  expect(first.summary.stockNow).toBe('rebuilt');
  expect(first.verbs).toEqual(['create', 'select', 'delete', 'insert', 'select', 'select']);
  for (const at of ['2026-01-05T13:00:00Z', '2026-01-06T06:00:00Z', '2026-01-07T00:00:00Z']) {
    const renewed = await plan(at, ofState);
    expect(renewed.summary.stockNow).toBe('merged');
    expect(renewed.verbs).toEqual(['create', 'select', 'merge', 'select', 'select']);
    const scanned = await plan(at, {});
    expect(scanned.summary.stockNow).toBeNull();
    expect(renewed.requests).toEqual(scanned.requests);
    expect(renewed.requests.length).toBeGreaterThan(0);
  }
});

test('the state is compacted, where there is one', async () => {
  const statements: string[] = [];
  const noted: LakeQuery = async (sql) => {
    statements.push(sql);
    return Promise.resolve({ queryId: 'q', columns: [], rows: [], scannedBytes: 0 });
  };
  const invocation = { remainingMs: () => 600_000 };
  const config = readPlanConfig({ ...environment, ...ofState });
  await maintainStockNow({ query: noted, config }, invocation);
  expect(statements).toEqual([
    'optimize inventory_events_stock_now rewrite data using bin_pack',
    'vacuum inventory_events_stock_now',
  ]);
  const without = maintainStockNow({ query: noted, config: readPlanConfig(environment) }, invocation);
  await expect(without).rejects.toMatchObject({ code: 'INVALID_INPUT' });
});
