import { afterAll, beforeAll, expect, test } from 'vitest';
import { signedFor } from '../authorization.js';
import { athenaClient, type AthenaOutcome } from './athena-client.js';
import { projectionCases } from './athena-projections.js';
import { serveEndpoint, type ServedEndpoint } from './served-endpoint.js';

let served: ServedEndpoint;
let ask: (sql: string) => Promise<AthenaOutcome>;

const put = async (key: string, body: string): Promise<void> => {
  const path = key.split('/').map(encodeURIComponent).join('/');
  const answer = await fetch(`${served.endpoint}/${path}`, { method: 'PUT', headers: signedFor('s3'), body });
  expect(answer.status, await answer.text()).toBe(200);
};
const done = async (sql: string): Promise<AthenaOutcome> => {
  const outcome = await ask(sql);
  expect(outcome.failure, sql).toBeUndefined();
  return outcome;
};
const rows = async (sql: string): Promise<AthenaOutcome['rows']> => (await done(sql)).rows.slice(1);
const glue = async (action: string, input: object): Promise<void> => {
  const { status, text } = await served.json(`AWSGlue.${action}`, input);
  expect(status, text).toBe(200);
};

const json = `ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'`;
const csv = `ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.OpenCSVSerde'`;
const make = (
  name: string,
  columns: string,
  keys: string,
  format = json,
  properties = '',
): Promise<AthenaOutcome> =>
  done(
    `CREATE EXTERNAL TABLE ${name} (${columns}) PARTITIONED BY (${keys}) ${format} LOCATION 's3://lake/${name}/' ${properties}`,
  );

beforeAll(async () => {
  served = await serveEndpoint();
  ask = athenaClient(served);
  await done('CREATE DATABASE shop');
  await put('lake', '');
});

afterAll(() => served.stop());

test.each(projectionCases.map((one, index) => ({ ...one, index })))('$name', async (one) => {
  const table = `projected${one.index}`;
  for (const folder of one.folders) {
    await put(`lake/${table}/${folder}/a.json`, `${JSON.stringify({ folder })}\n`);
  }
  const properties = Object.entries({ 'projection.enabled': 'true', ...one.properties }).map(
    ([key, value]) => `'${key}' = '${value.replaceAll("'", "''").replace('LAKE', `s3://lake/${table}`)}'`,
  );
  await make(table, 'folder string', one.keys, json, `TBLPROPERTIES (${properties.join(', ')})`);
  const select = one.select ?? 'SELECT folder FROM t ORDER BY folder';
  const outcome = await ask(select.replaceAll(/\bt\b(?=$| |\)|,)/g, table));
  if (one.failure === undefined) {
    expect(outcome.failure).toBeUndefined();
    expect(outcome.rows.slice(1)).toEqual(one.rows ?? one.seen?.map((folder) => [folder]));
  } else expect(outcome.failure).toContain(one.failure);
});

test('a view over an injected key is created without a value, and read with one', async () => {
  await put('lake/devices/k=4a/a.json', '{"n":1}\n');
  await make(
    'devices',
    'n int',
    'k string',
    json,
    `TBLPROPERTIES ('projection.enabled' = 'true', 'projection.k.type' = 'injected')`,
  );
  await done('CREATE VIEW seen_devices AS SELECT n, k FROM devices');
  expect((await ask('SELECT n FROM seen_devices')).failure).toContain('CONSTRAINT_VIOLATION');
  expect(await rows(`SELECT n FROM seen_devices WHERE k = '4a'`)).toEqual([['1']]);
});

test('a folder is a partition once it is registered, and a partition may lie elsewhere', async () => {
  await put('lake/parts/day=1/a.json', '{"n":1}\n');
  await put('lake/parts/day=2/deeper/a.json', '{"n":2}\n');
  await put('lake/elsewhere/a.json', '{"n":3}\n');
  await make('parts', 'n int', 'day string');
  expect(await rows('SELECT n FROM parts')).toEqual([]);
  await done(`ALTER TABLE parts ADD PARTITION (day = '2')`);
  expect(await rows('SELECT n FROM parts')).toEqual([['2']]);
  await done(`ALTER TABLE parts ADD PARTITION (day = '3') LOCATION 's3://lake/elsewhere'`);
  expect(await rows(`SELECT n, "$path" FROM parts WHERE day = '3'`)).toEqual([
    ['3', 's3://lake/elsewhere/a.json'],
  ]);
  await done('MSCK REPAIR TABLE parts');
  expect(await rows('SELECT n FROM parts ORDER BY n')).toEqual([['1'], ['2'], ['3']]);
  await done(`ALTER TABLE parts DROP PARTITION (day = '1')`);
  expect(await rows('SELECT n, day FROM parts ORDER BY n')).toEqual([
    ['2', '2'],
    ['3', '3'],
  ]);
  expect(await rows('SELECT * FROM "parts$partitions" ORDER BY day')).toEqual([['2'], ['3']]);
});

test('two partitions of one folder read it twice, and one within another belongs to both', async () => {
  await put('lake/twice/x/a.json', '{"n":1}\n');
  await put('lake/twice/x/y/a.json', '{"n":2}\n');
  await make('twice', 'n int', 'k string');
  for (const [key, folder] of [
    ['a', 'x'],
    ['b', 'x'],
    ['c', 'x/y'],
  ]) {
    await done(
      `ALTER TABLE twice ADD PARTITION (k = '${key ?? ''}') LOCATION 's3://lake/twice/${folder ?? ''}/'`,
    );
  }
  expect(await rows('SELECT k, n FROM twice ORDER BY k, n')).toEqual([
    ['a', '1'],
    ['a', '2'],
    ['b', '1'],
    ['b', '2'],
    ['c', '2'],
  ]);
});

test('MSCK REPAIR finds folders of the keys in order, with escaped and null values', async () => {
  for (const folder of ['a=1/b=x%3Ay', 'a=__HIVE_DEFAULT_PARTITION__/b=z', 'b=z/a=2', 'A=3/b=z', 'a=4']) {
    await put(`lake/repaired/${folder}/a.json`, '{"n":1}\n');
  }
  await make('repaired', 'n int', 'a int, b string');
  await done('MSCK REPAIR TABLE repaired');
  expect((await done('SHOW PARTITIONS repaired')).rows).toEqual([
    ['a=1/b=x%3Ay'],
    ['a=__HIVE_DEFAULT_PARTITION__/b=z'],
  ]);
  expect(await rows('SELECT a, b FROM repaired ORDER BY b')).toEqual([
    ['1', 'x:y'],
    [null, 'z'],
  ]);
});

test('a value that is not of its key is named', async () => {
  await make('misfit', 'n int', 'k int');
  await done(`ALTER TABLE misfit ADD PARTITION (k = 'x')`);
  expect((await ask('SELECT n FROM misfit')).failure).toBe(
    "HIVE_INVALID_PARTITION_VALUE: Invalid partition value 'x' for INT partition key: k",
  );
});

test('registered partitions do not count where a table is projected', async () => {
  await put('lake/chosen/k=a/a.json', '{"n":1}\n');
  await put('lake/chosen/k=b/a.json', '{"n":2}\n');
  await make('chosen', 'n int', 'k string');
  await done('MSCK REPAIR TABLE chosen');
  await done(
    `ALTER TABLE chosen SET TBLPROPERTIES ('projection.enabled' = 'true', 'projection.k.type' = 'enum', 'projection.k.values' = 'b')`,
  );
  expect(await rows('SELECT n FROM chosen')).toEqual([['2']]);
  await done(`ALTER TABLE chosen SET TBLPROPERTIES ('projection.enabled' = 'false')`);
  expect(await rows('SELECT n FROM chosen ORDER BY n')).toEqual([['1'], ['2']]);
});

const serde = (library: string): object => ({ SerializationLibrary: library, Parameters: {} });

test('a partition is read by its own SerDe and columns, which become those of the table', async () => {
  await put('lake/mixed/day=1/a.json', '{"id":1,"name":"one"}\n');
  await put('lake/mixed/day=2/a.csv', '"2","two","3.5"\n');
  await put('lake/mixed/day=3/a.json', '{"old":"7","title":"three"}\n');
  await make('mixed', 'id bigint, name string, price double', 'day string');
  await done(`ALTER TABLE mixed ADD PARTITION (day = '1')`);
  const text = 'org.apache.hadoop.mapred.TextInputFormat';
  const partition = (
    value: string,
    library: string,
    columns: readonly (readonly [string, string])[],
  ): object => ({
    Values: [value],
    StorageDescriptor: {
      Location: `s3://lake/mixed/day=${value}/`,
      InputFormat: text,
      SerdeInfo: serde(library),
      Columns: columns.map(([Name, Type]) => ({ Name, Type })),
    },
  });
  await glue('BatchCreatePartition', {
    DatabaseName: 'shop',
    TableName: 'mixed',
    PartitionInputList: [
      partition('2', 'org.apache.hadoop.hive.serde2.OpenCSVSerde', [
        ['id', 'bigint'],
        ['name', 'string'],
        ['price', 'double'],
      ]),
      partition('3', 'org.openx.data.jsonserde.JsonSerDe', [
        ['old', 'string'],
        ['title', 'string'],
      ]),
    ],
  });
  expect(await rows('SELECT id, name, price, day FROM mixed ORDER BY day')).toEqual([
    ['1', 'one', null, '1'],
    ['2', 'two', '3.5', '2'],
    ['7', 'three', null, '3'],
  ]);
});

test('columns of a partition that do not become those of the table are named', async () => {
  await put('lake/changed/day=1/a.csv', '"true"\n');
  await make('changed', 'ok boolean', 'day string', csv);
  await done(`ALTER TABLE changed ADD PARTITION (day = '1')`);
  await done('ALTER TABLE changed REPLACE COLUMNS (ok int)');
  expect((await ask('SELECT ok FROM changed')).failure).toContain(
    "HIVE_PARTITION_SCHEMA_MISMATCH: There is a mismatch between the table and partition schemas. The types are incompatible and cannot be coerced. The column 'ok' in table 'shop.changed' is declared as type 'int', but a partition declared column 'ok' as type 'boolean'.",
  );
});

test('columns added to a table are null in the partitions of before', async () => {
  await done(
    `CREATE TABLE grown WITH (format = 'PARQUET', external_location = 's3://lake/grown/', partitioned_by = ARRAY['day'])
     AS SELECT 1 AS n, 'x' AS day`,
  );
  await done('ALTER TABLE grown ADD COLUMNS (more string)');
  await done(`INSERT INTO grown VALUES (2, 'new', 'y')`);
  expect(await rows('SELECT n, more, day FROM grown ORDER BY n')).toEqual([
    ['1', null, 'x'],
    ['2', 'new', 'y'],
  ]);
});

test('rows of JSON are written by partition, whatever is in them', async () => {
  await make('written', 'id int, name string, at timestamp, more array<string>', 'day string, hour int');
  await done(
    `INSERT INTO written VALUES
       (1, 'a "q", b' || chr(10) || chr(1) || chr(2), TIMESTAMP '2026-01-01 10:00:00.000', ARRAY['x', NULL], 'd/1', 4),
       (2, NULL, NULL, NULL, 'd 2', NULL)`,
  );
  expect(
    await rows(
      `SELECT id, name = 'a "q", b' || chr(10) || chr(1) || chr(2), at, more, day, hour FROM written ORDER BY id`,
    ),
  ).toEqual([
    ['1', 'true', '2026-01-01 10:00:00.000', '[x, null]', 'd/1', '4'],
    ['2', null, null, null, 'd 2', null],
  ]);
  expect((await done('SHOW PARTITIONS written')).rows).toEqual([
    ['day=d 2/hour=__HIVE_DEFAULT_PARTITION__'],
    ['day=d%2F1/hour=4'],
  ]);
});
