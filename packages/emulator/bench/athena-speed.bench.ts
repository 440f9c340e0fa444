/**
 * What does a statement of Athena's cost over DuckDB alone? Each statement is rewritten as the endpoint rewrites it and
 * runs on the engine that the endpoint prepares; its rival says the same in DuckDB's own words, in the same process, one
 * after the other. CPU time (user + system), medians. Exits 1 where a statement costs more than 1.3 times its rival.
 * Usage: athena-speed.bench.ts [million rows]
 */
import { DuckDBInstance } from '@duckdb/node-api';
import { trinoMacros, trinoSettings } from '../src/athena/prelude.js';
import { prepareQuery } from '../src/athena/query-runner.js';
import type { SqlEngine } from '../src/lake/query-engine.js';
import type { CatalogTable, TableCatalog } from '../src/lake/table-catalog.js';
import { PreparedEngine } from '../src/query/prepare-engine.js';

const millions = Number(process.argv[2] ?? 10);
const ROUNDS = 5;
const MOST = 1.3;

const connection = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect();
await connection.run('CREATE SCHEMA lake');
await connection.run(`CREATE TABLE lake.events AS SELECT
    i AS sequence, (i % 200)::INTEGER AS store, (i * 7919 // 200 % 1835)::INTEGER AS product,
    (i * 31 % 120)::INTEGER AS stock, (i % 97 + 1)::INTEGER AS pack, (i % 1000 / 8)::DOUBLE AS weight,
    (i % 1000 / 100)::DECIMAL(10, 2) AS price, 'store-' || (i % 200) AS name,
    TIMESTAMP '2026-01-05 00:00:00' + to_seconds(i * 0.0036) AS ts, DATE '2026-01-05' + (i % 90)::INTEGER AS day,
    CAST(i % 5000 AS VARCHAR) AS code,
    '{"sku":"item ' || i % 1000 || '","count":' || i % 50 || ',"price":' || i % 1000 / 8 || ',"place":{"city":"Porto"}}' AS detail
  FROM range(${Math.round(millions * 1e6)}) t(i)`);

const engine: SqlEngine = {
  run: async (sql) => {
    const reader = await connection.runAndReadAll(sql);
    return { columns: [], rows: reader.getRows() };
  },
  stream: () => Promise.reject(new Error('The bench only rewrites.')),
};
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

const statements: readonly (readonly [name: string, athena: string, duckDb: string])[] = [
  [
    'filter of whole numbers and text',
    `SELECT count(*) FROM events WHERE stock < 20 AND name = 'store-7'`,
    `SELECT count(*) FROM lake.events WHERE stock < 20 AND name = 'store-7'`,
  ],
  [
    'sums and means of groups',
    'SELECT store, sum(stock), avg(weight), count(*) FROM events GROUP BY store',
    'SELECT store, sum(stock), avg(weight), count(*) FROM lake.events GROUP BY store',
  ],
  [
    'latest low stock of every store and product',
    'SELECT count(*) FROM (SELECT store, product, max_by(stock < 20, sequence) AS low FROM events GROUP BY 1, 2) WHERE low',
    'SELECT count(*) FROM (SELECT store, product, arg_max(stock < 20, sequence) AS low FROM lake.events GROUP BY 1, 2) WHERE low',
  ],
  [
    'rank in a window',
    'SELECT count(*) FROM (SELECT row_number() OVER (PARTITION BY store, product ORDER BY sequence DESC) AS n FROM events) WHERE n = 1',
    'SELECT count(*) FROM (SELECT row_number() OVER (PARTITION BY store, product ORDER BY sequence DESC) AS n FROM lake.events) WHERE n = 1',
  ],
  [
    'running sum in a window',
    'SELECT max(total) FROM (SELECT sum(stock) OVER (PARTITION BY store ORDER BY sequence) AS total FROM events)',
    'SELECT max(total) FROM (SELECT sum(stock) OVER (PARTITION BY store ORDER BY sequence) AS total FROM lake.events)',
  ],
  [
    'division of whole numbers',
    'SELECT sum(stock / pack) FROM events',
    'SELECT sum(stock // pack) FROM lake.events',
  ],
  [
    'division of doubles and rounding',
    'SELECT sum(round(weight / 3.0, 2)) FROM events',
    'SELECT sum(round(weight / 3e0, 2)) FROM lake.events',
  ],
  [
    'sums of decimals',
    'SELECT store, sum(price * stock) FROM events GROUP BY store',
    'SELECT store, sum(price * stock) FROM lake.events GROUP BY store',
  ],
  [
    'months of instants',
    `SELECT date_trunc('hour', ts), count(*) FROM events GROUP BY 1`,
    `SELECT date_trunc('hour', ts), count(*) FROM lake.events GROUP BY 1`,
  ],
  [
    'days between dates',
    `SELECT sum(date_diff('day', DATE '2026-01-01', day)) FROM events`,
    `SELECT sum(date_sub('day', DATE '2026-01-01', day)) FROM lake.events`,
  ],
  [
    'dates and intervals',
    `SELECT count(*) FROM events WHERE day + INTERVAL '30' DAY > DATE '2026-03-01'`,
    `SELECT count(*) FROM lake.events WHERE day + INTERVAL 30 DAY > DATE '2026-03-01'`,
  ],
  [
    'a text of JSON',
    `SELECT count(*) FROM events WHERE json_extract_scalar(detail, '$.sku') = 'item 7'`,
    `SELECT count(*) FROM lake.events WHERE json_extract_string(detail, '$.sku') = 'item 7'`,
  ],
  [
    'a number of JSON',
    `SELECT sum(CAST(json_extract_scalar(detail, '$.price') AS double)) FROM events`,
    `SELECT sum(CAST(json_extract_string(detail, '$.price') AS DOUBLE)) FROM lake.events`,
  ],
  [
    'text cast to whole numbers',
    'SELECT sum(CAST(code AS integer)) FROM events',
    'SELECT sum(CAST(code AS INTEGER)) FROM lake.events',
  ],
  [
    'text put together and taken apart',
    `SELECT count(DISTINCT substr(name || '-' || code, 3, 6)) FROM events`,
    `SELECT count(DISTINCT substr(name || '-' || code, 3, 6)) FROM lake.events`,
  ],
  [
    'cases',
    `SELECT sum(CASE WHEN stock < 20 THEN 1 WHEN stock > 100 THEN 2 ELSE 0 END), count_if(coalesce(weight, 0) > 50) FROM events`,
    `SELECT sum(CASE WHEN stock < 20 THEN 1 WHEN stock > 100 THEN 2 ELSE 0 END), count_if(coalesce(weight, 0) > 50) FROM lake.events`,
  ],
];

console.log(`| statement, ${millions} M rows | ms CPU | DuckDB alone, ms CPU | ratio |`);
console.log('|---|---|---|---|');
let failed = false;
for (const [name, athena, duckDb] of statements) {
  const { text } = await prepareQuery({ sql: athena, parameters: [], database: 'lake' }, engine, catalog);
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
