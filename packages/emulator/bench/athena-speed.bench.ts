/**
 * What does a statement of Athena's cost over DuckDB alone? Each statement is rewritten as the endpoint rewrites it and
 * runs on the engine that the endpoint prepares; its rival says the same in DuckDB's own words, in the same process, one
 * after the other. CPU time (user + system), medians. Exits 1 where a statement costs more than 1.3 times its rival.
 * Usage: athena-speed.bench.ts [million rows [words of the statements' names]]
 */
import { DuckDBInstance } from '@duckdb/node-api';
import { trinoMacros, trinoSettings } from '../src/athena/prelude.js';
import { readStatement } from '../src/athena/read-statement.js';
import { prepareQuery } from '../src/athena/query-runner.js';
import type { SqlEngine } from '../src/lake/query-engine.js';
import type { CatalogTable, TableCatalog } from '../src/lake/table-catalog.js';
import { comparedStatements } from './athena-statements.js';
import { PreparedEngine } from '../src/query/prepare-engine.js';

const millions = Number(process.argv[2] ?? 10);
const wanted = process.argv[3] ?? '';
const ROUNDS = 5;
const MOST = 1.3;

const connection = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect();
await connection.run('CREATE SCHEMA lake');
await connection.run(`CREATE TABLE lake.events AS SELECT
    i AS sequence, (i % 200)::INTEGER AS store, (i * 7919 // 200 % 1835)::INTEGER AS product,
    (i * 31 % 120)::INTEGER AS stock, (i % 97 + 1)::INTEGER AS pack, (i % 1000 / 8)::DOUBLE AS weight,
    (i % 1000 / 100)::DECIMAL(10, 2) AS price, 'store-' || (i % 200) AS name,
    TIMESTAMP '2026-01-05 00:00:00' + to_seconds(i * 0.0036) AS ts, DATE '2026-01-05' + (i % 90)::INTEGER AS day,
    CAST(i % 5000 AS VARCHAR) AS code, CAST(i % 5000 / 8 AS VARCHAR) AS amount,
    strftime(ts, '%Y-%m-%dT%H:%M:%S.%gZ') AS iso, strftime(ts, '%Y-%m-%d %H:%M:%S.%g') AS instant,
    [i % 10, i % 7, i % 3] AS numbers, MAP {'a': i % 7, 'b': i % 5} AS tags,
    '{"sku":"item ' || i % 1000 || '","count":' || i % 50 || ',"price":' || i % 1000 / 8 || ',"place":{"city":"Porto"}}' AS detail
  FROM range(${Math.round(millions * 1e6)}) t(i)`);

const engine: SqlEngine = {
  run: async (sql) => {
    const reader = await connection.runAndReadAll(sql);
    return { columns: [], rows: reader.getRows() };
  },
  stream: () => Promise.reject(new Error('The bench only rewrites.')),
  read: async (reading) => {
    const ask = async (sql: string): Promise<string> =>
      String((await connection.runAndReadAll(sql)).getRows()[0]?.[0]);
    return readStatement(reading, ask, async (names) =>
      names.flatMap(([database, name]) => catalog.getTable(database, name) ?? []),
    );
  },
};
const { signal } = new AbortController();
const table: CatalogTable = {
  databaseName: 'lake',
  name: 'events',
  versionId: '0',
  columns: [],
  partitionKeys: [],
  sortColumns: [],
  location: 's3://lake/',
  parameters: {},
};
const catalog: TableCatalog = {
  getTable: (database, name) => (database === 'lake' && name === 'events' ? table : undefined),
  listTables: () => [table],
  listDatabases: () => ['lake'],
};
const prepared = new PreparedEngine({ settings: trinoSettings, macros: trinoMacros });

async function cpuMs(sql: string): Promise<number> {
  const before = process.cpuUsage();
  await connection.runAndReadAll(sql);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

console.log(`| statement, ${millions} M rows | ms CPU | DuckDB alone, ms CPU | ratio |`);
console.log('|---|---|---|---|');
let failed = false;
for (const [name, athena, duckDb] of comparedStatements) {
  if (!name.includes(wanted)) continue;
  const { text } = await prepareQuery(
    { sql: athena, parameters: [], database: 'lake', signal },
    engine,
    catalog,
    false,
    'quick',
  );
  await prepared.prepare((sql) => connection.run(sql), [text]);
  const own: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    // Who comes second finds warm caches: they take turns.
    const runs = [async () => own.push(await cpuMs(text)), async () => bare.push(await cpuMs(duckDb))];
    for (const run of round % 2 === 0 ? runs : runs.toReversed()) await run();
  }
  const ratio = middle(own) / middle(bare);
  console.log(`| ${name} | ${middle(own).toFixed(0)} | ${middle(bare).toFixed(0)} | ${ratio.toFixed(2)} |`);
  failed ||= ratio > MOST;
}
process.exit(failed ? 1 : 0);
