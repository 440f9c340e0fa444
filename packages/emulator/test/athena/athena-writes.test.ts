import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Athena } from '@aws-sdk/client-athena';
import { Glue } from '@aws-sdk/client-glue';
import { S3 } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../src/index.js';

let folder = '';
let emulator: Emulator;
let athena: Athena;
let glue: Glue;
let s3: S3;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'athena-writes-'));
  emulator = await startEmulator({ dataDir: folder });
  const settings = {
    endpoint: emulator.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  athena = new Athena(settings);
  glue = new Glue(settings);
  s3 = new S3({ ...settings, forcePathStyle: true });
  await done('CREATE DATABASE shop');
});
afterAll(async () => {
  for (const client of [athena, glue, s3]) client.destroy();
  await emulator.close();
  await rm(folder, { recursive: true });
});

interface Outcome {
  readonly rows: readonly (readonly (string | undefined)[])[];
  readonly failure: string | undefined;
}

/** Runs a statement to its end. */
async function ask(sql: string): Promise<Outcome> {
  const { QueryExecutionId } = await athena.startQueryExecution({
    QueryString: sql,
    QueryExecutionContext: { Database: 'shop' },
    ResultConfiguration: { OutputLocation: 's3://results/out/' },
  });
  for (;;) {
    const { QueryExecution } = await athena.getQueryExecution({ QueryExecutionId });
    const { State: state, StateChangeReason: failure } = QueryExecution?.Status ?? {};
    if (state === 'FAILED') return { rows: [], failure };
    if (state !== 'SUCCEEDED') continue;
    const { ResultSet } = await athena.getQueryResults({ QueryExecutionId });
    const rows = ResultSet?.Rows?.map(({ Data }) => Data?.map(({ VarCharValue }) => VarCharValue) ?? []);
    return { rows: rows ?? [], failure: undefined };
  }
}

async function done(sql: string): Promise<Outcome['rows']> {
  const { rows, failure } = await ask(sql);
  expect(failure, sql).toBeUndefined();
  return rows;
}

/** The rows of a SELECT, without their header. */
const rowsOf = async (sql: string): Promise<Outcome['rows']> => (await done(sql)).slice(1);

async function keysBelow(prefix: string): Promise<readonly string[]> {
  const { Contents = [] } = await s3.listObjectsV2({ Bucket: 'lake', Prefix: prefix });
  return Contents.map(({ Key = '' }) => Key);
}

async function bytesOf(key: string): Promise<Buffer> {
  const { Body } = await s3.getObject({ Bucket: 'lake', Key: key });
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

const cities = ['Zürich', '東京', 'a b/c%41:=é', '..', '😀'];

test('a partition value is what was written, in any script, and with what a path cannot hold', async () => {
  const rows = cities.map((city, n) => `(${n}, '${city}')`).join(', ');
  await done(
    `CREATE TABLE cities WITH (external_location = 's3://lake/cities/', partitioned_by = ARRAY['city']) AS SELECT n, city FROM (VALUES ${rows}) t(n, city)`,
  );
  const expected = cities.map((city, n) => [String(n), city]);
  expect(await rowsOf('SELECT n, city FROM cities ORDER BY n')).toEqual(expected);
  expect(await rowsOf(`SELECT n FROM cities WHERE city = 'Zürich'`)).toEqual([['0']]);
  const folders = ['city=..', 'city=Zürich', 'city=a b%2Fc%2541%3A%3Dé', 'city=東京', 'city=😀'];
  expect((await done('SHOW PARTITIONS cities')).map(([name]) => name).sort()).toEqual(folders);
  const keys = await keysBelow('cities/');
  expect(keys.map((key) => key.split('/')[1])).toEqual(folders);
  // What was registered is what MSCK reads from the keys.
  await done(`ALTER TABLE cities DROP ${cities.map((city) => `PARTITION (city = '${city}')`).join(', ')}`);
  expect(await rowsOf('SELECT n FROM cities')).toEqual([]);
  await done('MSCK REPAIR TABLE cities');
  expect(await rowsOf('SELECT n, city FROM cities ORDER BY n')).toEqual(expected);
});

test('a partition value that is too long for a folder is refused by name', async () => {
  const { failure } = await ask(
    `CREATE TABLE long_ones WITH (partitioned_by = ARRAY['k']) AS SELECT 1 AS n, '${'x'.repeat(300)}' AS k`,
  );
  expect(failure).toContain('NOT_SUPPORTED: a partition value of more than about 240 bytes');
});

test('NULL and empty text are one partition, whose value is NULL', async () => {
  await done(
    `CREATE TABLE nulls WITH (external_location = 's3://lake/nulls/', partitioned_by = ARRAY['k']) AS SELECT n, k FROM (VALUES (1, NULL), (2, ''), (3, 'x')) t(n, k)`,
  );
  expect(await rowsOf('SELECT n, k FROM nulls ORDER BY n')).toEqual([
    ['1', undefined],
    ['2', undefined],
    ['3', 'x'],
  ]);
  expect(await done('SHOW PARTITIONS nulls')).toEqual([['k=__HIVE_DEFAULT_PARTITION__'], ['k=x']]);
});

test.each(['', `, compression = 'GZIP'`, `, compression = 'NONE'`])(
  'UNLOAD of JSON%s is compressed as it says, by default with gzip',
  async (compression) => {
    const to = `unloaded-${/\w+(?='$)/.exec(compression)?.[0] ?? 'plainly'}/`;
    await done(
      `UNLOAD (SELECT * FROM (VALUES (1, 'x')) t(n, s)) TO 's3://lake/${to}' WITH (format = 'JSON'${compression})`,
    );
    const [key = '', ...others] = await keysBelow(to);
    expect(others).toEqual([]);
    const isPlain = compression.includes('NONE');
    expect(key).toMatch(isPlain ? /\.json$/ : /\.json\.gz$/);
    const bytes = await bytesOf(key);
    expect(String(isPlain ? bytes : gunzipSync(bytes))).toBe('{"n":1,"s":"x"}\n');
  },
);

test('rows go into a partitioned table of JSON, and UNLOAD writes partitions of JSON', async () => {
  await done(
    `CREATE EXTERNAL TABLE lines (n int, text string, tags array<string>) PARTITIONED BY (day date, hour int) ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe' LOCATION 's3://lake/lines'`,
  );
  await done(
    `INSERT INTO lines VALUES (1, 'a "b", c\nd', ARRAY['x', 'y'], DATE '2026-01-02', 3), (2, NULL, NULL, DATE '2026-01-03', 4)`,
  );
  const expected = [
    ['1', 'a "b", c\nd', '[x, y]', '2026-01-02', '3'],
    ['2', undefined, undefined, '2026-01-03', '4'],
  ];
  expect(await rowsOf('SELECT * FROM lines ORDER BY n')).toEqual(expected);
  expect((await keysBelow('lines/')).map((key) => key.replace(/[^/]+\.json\.gz$/, 'OBJECT'))).toEqual([
    'lines/day=2026-01-02/hour=3/OBJECT',
    'lines/day=2026-01-03/hour=4/OBJECT',
  ]);
  await done(
    `UNLOAD (SELECT n, text, day FROM lines) TO 's3://lake/days/' WITH (format = 'JSON', compression = 'NONE', partitioned_by = ARRAY['day'])`,
  );
  const keys = await keysBelow('days/');
  expect(keys.map((key) => key.split('/')[1])).toEqual(['day=2026-01-02', 'day=2026-01-03']);
  expect(String(await bytesOf(keys[0] ?? ''))).toBe('{"n":1,"text":"a \\"b\\", c\\nd"}\n');
});

test('a table whose location Spark wrote with s3a is written, repaired and read', async () => {
  await glue.createTable({
    DatabaseName: 'shop',
    TableInput: {
      Name: 'spark',
      PartitionKeys: [{ Name: 'k', Type: 'string' }],
      StorageDescriptor: {
        Columns: [{ Name: 'n', Type: 'int' }],
        Location: 's3a://lake/spark',
        SerdeInfo: { SerializationLibrary: 'org.openx.data.jsonserde.JsonSerDe' },
      },
    },
  });
  await done(`INSERT INTO spark VALUES (1, 'a')`);
  await s3.putObject({ Bucket: 'lake', Key: 'spark/k=b/a.json', Body: '{"n":2}\n' });
  await done('MSCK REPAIR TABLE spark');
  expect(await rowsOf('SELECT n, k FROM spark ORDER BY n')).toEqual([
    ['1', 'a'],
    ['2', 'b'],
  ]);
});

test('INSERT under a location template is refused by name', async () => {
  await done(
    `CREATE EXTERNAL TABLE projected (n int) PARTITIONED BY (k string) STORED AS PARQUET LOCATION 's3://lake/projected/' TBLPROPERTIES ('projection.enabled' = 'TRUE', 'projection.k.type' = 'enum', 'projection.k.values' = 'a,b')`,
  );
  await done(`INSERT INTO projected VALUES (1, 'a')`);
  expect(await rowsOf(`SELECT n, k FROM projected`)).toEqual([['1', 'a']]);
  expect(await done('SHOW PARTITIONS projected')).toEqual([]);
  await done(
    `ALTER TABLE projected SET TBLPROPERTIES ('storage.location.template' = 's3://lake/projected/\${k}/')`,
  );
  expect((await ask(`INSERT INTO projected VALUES (2, 'b')`)).failure).toContain(
    'NOT_SUPPORTED: INSERT into a table whose projection has a storage.location.template',
  );
  expect(await keysBelow('projected/k=b')).toEqual([]);
});

test('information_schema.schemata lists databases without tables', async () => {
  await done('CREATE DATABASE before_tables');
  expect(await rowsOf('SELECT schema_name FROM information_schema.schemata ORDER BY 1')).toEqual([
    ['before_tables'],
    ['information_schema'],
    ['shop'],
  ]);
});
