import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signedFor } from '../authorization.js';
import { athenaClient, type AthenaOutcome } from './athena-client.js';
import { tableCases } from './athena-tables.js';
import { serveEndpoint, type ServedEndpoint } from './served-endpoint.js';

let served: ServedEndpoint;
let ask: (sql: string) => Promise<AthenaOutcome>;

const put = async (key: string, body: string | Buffer): Promise<void> => {
  const answer = await fetch(`${served.endpoint}/${key}`, { method: 'PUT', headers: signedFor('s3'), body });
  expect(answer.status, await answer.text()).toBe(200);
};
const done = async (sql: string): Promise<AthenaOutcome> => {
  const outcome = await ask(sql);
  expect(outcome.failure).toBeUndefined();
  return outcome;
};

beforeAll(async () => {
  served = await serveEndpoint();
  ask = athenaClient(served);
  await done('CREATE DATABASE shop');
  await put('lake', '');
});

afterAll(() => served.stop());

test.each(tableCases.map((one, index) => ({ ...one, index })))('$name', async (one) => {
  const table = `t${one.index}`;
  for (const [key, body] of Object.entries(one.objects)) await put(`lake/${table}/${key}`, body);
  const [format = '', properties] = one.format.split('TBLPROPERTIES');
  const after = properties === undefined ? '' : `TBLPROPERTIES ${properties}`;
  await done(
    `CREATE EXTERNAL TABLE ${table} (${one.columns}) ${format} LOCATION 's3://lake/${table}/' ${after}`,
  );
  const outcome = await ask(one.select.replace('FROM t', `FROM ${table}`));
  if (one.failure === undefined) {
    expect(outcome.failure).toBeUndefined();
    expect(outcome.rows.slice(1)).toEqual(one.rows);
  } else expect(outcome.failure).toContain(one.failure);
});

test('gzip is read by the ending of a file, beside plain ones', async () => {
  await put('lake/zipped/a.json.gz', gzipSync('{"n":1}\n'));
  await put('lake/zipped/b.json', '{"n":2}\n');
  await done(
    `CREATE EXTERNAL TABLE zipped (n int) ROW FORMAT SERDE 'org.apache.hive.hcatalog.data.JsonSerDe' LOCATION 's3://lake/zipped/'`,
  );
  expect((await done('SELECT sum(n) FROM zipped')).rows.at(-1)).toEqual(['3']);
});

test('"$path" is the address of the object of a row, and no part of *', async () => {
  const all = await done('SELECT *, "$path" FROM zipped ORDER BY n');
  expect(all.names).toEqual(['n', '$path']);
  expect(all.rows.slice(1)).toEqual([
    ['1', 's3://lake/zipped/a.json.gz'],
    ['2', 's3://lake/zipped/b.json'],
  ]);
  const one = await done(`SELECT z.* FROM zipped z WHERE "$path" LIKE '%b.json'`);
  expect(one.rows).toEqual([['n'], ['2']]);
  const counted = await done('SELECT count(DISTINCT "$path") AS files FROM shop.zipped');
  expect(counted.rows.at(-1)).toEqual(['2']);
});

test('a table whose objects cannot be read, and a view whose table is gone, fail only the queries that read them', async () => {
  await done(`CREATE EXTERNAL TABLE total (n int) STORED AS PARQUET LOCATION 's3://lake/total/'`);
  await done(`CREATE EXTERNAL TABLE gone (n int) STORED AS PARQUET LOCATION 's3://lake/gone/'`);
  await done('CREATE VIEW latest AS SELECT n FROM gone');
  await done('CREATE VIEW over_total AS SELECT n FROM total');
  await done('DROP TABLE gone');
  await put('lake/total/x.parquet', 'no Parquet');
  for (const sql of [
    `SELECT 1 AS total, 'total' AS latest`,
    'SELECT count(*) AS total FROM zipped',
    'SELECT latest.n FROM zipped AS latest LIMIT 1',
    'WITH total AS (SELECT 1 AS n) SELECT n FROM total',
  ])
    await done(sql);
  expect((await ask('SELECT n FROM total')).failure).not.toBeUndefined();
  expect((await ask('SELECT n FROM over_total')).failure).not.toBeUndefined();
  expect((await ask('SELECT n FROM latest')).failure).toContain('TABLE_NOT_FOUND');
});
