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
}, 60_000);

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

const jsonTable = (name: string, keys: string, properties = ''): Promise<AthenaOutcome> =>
  done(
    `CREATE EXTERNAL TABLE ${name} (n int) PARTITIONED BY (${keys})
     ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe' LOCATION 's3://lake/${name}/' ${properties}`,
  );
const numbers = async (sql: string): Promise<readonly (string | null)[]> =>
  (await done(sql)).rows.slice(1).map(([first = null]) => first);

test('a folder is a partition once it is registered, and a partition may lie elsewhere', async () => {
  await put('lake/parts/day=1/a.json', '{"n":1}\n');
  await put('lake/parts/day=2/a.json', '{"n":2}\n');
  await put('lake/elsewhere/a.json', '{"n":3}\n');
  await jsonTable('parts', 'day string');
  expect(await numbers('SELECT n FROM parts')).toEqual([]);
  await done(`ALTER TABLE parts ADD PARTITION (day = '2')`);
  expect(await numbers('SELECT n FROM parts')).toEqual(['2']);
  await done(`ALTER TABLE parts ADD PARTITION (day = '3') LOCATION 's3://lake/elsewhere/'`);
  expect(await numbers(`SELECT n FROM parts WHERE day = '3'`)).toEqual(['3']);
  await done('MSCK REPAIR TABLE parts');
  expect(await numbers('SELECT n FROM parts ORDER BY n')).toEqual(['1', '2', '3']);
  await done(`ALTER TABLE parts DROP PARTITION (day = '1')`);
  expect(await numbers('SELECT n FROM parts ORDER BY n')).toEqual(['2', '3']);
});

test.each([
  ['enum', 'string', `'projection.k.values' = 'a,b'`, ['a', 'b', 'c'], ['a', 'b']],
  [
    'integer',
    'int',
    `'projection.k.range' = '0,20', 'projection.k.interval' = '5', 'projection.k.digits' = '2'`,
    ['00', '05', '5', '07', '25'],
    ['00', '05'],
  ],
  [
    'date',
    'string',
    `'projection.k.range' = '2026-01-01,NOW-1DAYS', 'projection.k.format' = 'yyyy-MM-dd'`,
    ['2025-12-31', '2026-01-01', '2026-02-30', '2199-01-01'],
    ['2026-01-01'],
  ],
  [
    'date',
    'string',
    `'projection.k.range' = '2026/01,NOW', 'projection.k.format' = 'yyyy/MM'`,
    ['2026/01', '2025/12'],
    ['2026/01'],
  ],
])('projection of %s over %s with %s sees its values alone', async (type, of, settings, folders, seen) => {
  const name = `projected_${type}_${of}_${folders.length}`;
  for (const folder of folders) await put(`lake/${name}/at/${folder}/a.json`, '{"n":1}\n');
  await jsonTable(
    name,
    `k ${of}`,
    `TBLPROPERTIES ('projection.enabled' = 'true', 'projection.k.type' = '${type}', ${settings},
      'storage.location.template' = 's3://lake/${name}/at/\${k}/')`,
  );
  const wanted = of === 'int' ? seen.map((one) => String(Number(one))) : seen;
  expect(await numbers(`SELECT k FROM ${name} ORDER BY k`)).toEqual(wanted);
});
