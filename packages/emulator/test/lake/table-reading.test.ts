import { CreateDatabaseCommand, CreateTableCommand, type TableInput } from '@aws-sdk/client-glue';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { createVirtualClock } from '@store/foundation';
import { expect, test } from 'vitest';
import type { Emulator, QueryView } from '../../src/index.js';
import { glueClient, startedEmulator } from '../clients.js';
import { s3Client } from '../s3/s3-client.js';

const lazySimple = 'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe';

/** Makes the table `shop.NAME` over `s3://shop/NAME/`, with these objects below it. */
async function createTable(
  emulator: Emulator,
  name: string,
  input: Partial<TableInput>,
  objects: Readonly<Record<string, string>>,
): Promise<void> {
  const glue = glueClient(emulator);
  const s3 = s3Client(emulator);
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: 'shop' } }));
  await glue.send(new CreateTableCommand({ DatabaseName: 'shop', TableInput: { Name: name, ...input } }));
  await s3.send(new CreateBucketCommand({ Bucket: 'shop' }));
  for (const [key, Body] of Object.entries(objects)) {
    await s3.send(new PutObjectCommand({ Bucket: 'shop', Key: `${name}/${key}`, Body }));
  }
}

test('a delimiter behind the escape character is a part of the text, at every level', async () => {
  const emulator = await startedEmulator();
  const input = {
    StorageDescriptor: {
      Columns: [
        { Name: 'a', Type: 'string' },
        { Name: 'b', Type: 'array<string>' },
        { Name: 'c', Type: 'int' },
      ],
      Location: 's3://shop/lines/',
      InputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
      SerdeInfo: {
        SerializationLibrary: lazySimple,
        Parameters: { 'field.delim': ',', 'escape.delim': '\\', 'colelction.delim': '|' },
      },
    },
  };
  const lines = [
    String.raw`x\,y,1|2,1`,
    String.raw`\\,p\|q|r,2`,
    String.raw`\N,,3`,
    String.raw`a\b\\c,x\\|y,4`,
    String.raw`ends\\,only,5`,
    String.raw`,,6`,
  ];
  await createTable(emulator, 'lines', input, { 'a.txt': `${lines.join('\n')}\n` });
  // A comment may follow a name immediately.
  expect(await emulator.query('SELECT count(*) AS n FROM shop.lines--all')).toEqual([{ n: 6 }]);
  expect(await emulator.query('SELECT a, b FROM shop.lines ORDER BY c')).toEqual([
    { a: 'x,y', b: ['1', '2'] },
    { a: '\\', b: ['p|q', 'r'] },
    { a: null, b: null },
    { a: 'ab\\c', b: ['x\\', 'y'] },
    { a: 'ends\\', b: ['only'] },
    { a: '', b: null },
  ]);
});

test('the delimiters of a table may be written as numbers and as escapes', async () => {
  const emulator = await startedEmulator();
  const input = {
    StorageDescriptor: {
      Columns: [{ Name: 'm', Type: 'map<string,int>' }],
      Location: 's3://shop/maps/',
      SerdeInfo: {
        SerializationLibrary: lazySimple,
        Parameters: { 'field.delim': '9', 'collection.delim': '\\002', 'mapkey.delim': '\\u0003' },
      },
    },
  };
  await createTable(emulator, 'maps', input, { 'a.txt': 'a\u00031\u0002b\u00032\tnot read\n' });
  expect(await emulator.query('SELECT m FROM shop.maps')).toEqual([{ m: { a: 1, b: 2 } }]);
});

test('NOW in a projection is the time of the calendar, and the switch is read in any case', async () => {
  const clock = createVirtualClock(0);
  clock.shiftWall(Date.parse('2026-03-02T12:00:00Z'));
  const emulator = await startedEmulator({ clock });
  const input = {
    PartitionKeys: [{ Name: 'day', Type: 'string' }],
    StorageDescriptor: {
      Columns: [{ Name: 'n', Type: 'int' }],
      Location: 's3://shop/days/',
      SerdeInfo: { SerializationLibrary: 'org.openx.data.jsonserde.JsonSerDe' },
    },
    Parameters: {
      'projection.enabled': 'TRUE',
      'projection.day.type': 'date',
      'projection.day.format': 'yyyy-MM-dd',
      'projection.day.range': '2026-03-01,NOW',
      'storage.location.template': 's3://shop/days/${day}/',
    },
  };
  const days = ['2026-02-28', '2026-03-01', '2026-03-02', '2026-03-03'];
  const objects = Object.fromEntries(days.map((day) => [`${day}/a.json`, '{"n":1}\n']));
  await createTable(emulator, 'days', input, objects);
  expect(await emulator.query('SELECT day FROM shop.days ORDER BY day')).toEqual([
    { day: '2026-03-01' },
    { day: '2026-03-02' },
  ]);
});

test('a query of a table with a type that nothing reads says the type and the column, and others are read', async () => {
  const emulator = await startedEmulator();
  const storage = (Columns: readonly { Name: string; Type: string }[]): TableInput['StorageDescriptor'] => ({
    Columns: [...Columns],
    Location: 's3://shop/mixed/',
    InputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
    SerdeInfo: { SerializationLibrary: 'org.openx.data.jsonserde.JsonSerDe' },
  });
  const good = { Name: 'a', Type: 'string' };
  const mixed = storage([good, { Name: 'b', Type: 'struct<x-y:string>' }]);
  await createTable(emulator, 'mixed', { StorageDescriptor: mixed }, { 'a.json': '{"a":"1"}\n' });
  const glue = glueClient(emulator);
  const PartitionKeys = [{ Name: 'day', Type: 'integer' }];
  const keyed = { Name: 'keyed', PartitionKeys, StorageDescriptor: storage([good]) };
  await glue.send(new CreateTableCommand({ DatabaseName: 'shop', TableInput: keyed }));
  const plain = { Name: 'plain', StorageDescriptor: storage([good]) };
  await glue.send(new CreateTableCommand({ DatabaseName: 'shop', TableInput: plain }));
  const asked = emulator.query('SELECT a FROM shop.mixed');
  await expect(asked).rejects.toThrow("the type 'struct<x-y:string>' of the column 'b' is not served");
  await expect(emulator.query('SELECT * FROM shop.keyed')).rejects.toThrow(
    "the type 'integer' of the column 'day' is not served",
  );
  // Tables beside it are read.
  expect(await emulator.query('SELECT a FROM shop.plain')).toEqual([{ a: '1' }]);
});

test("a view of the caller's own is what a bare name means, whatever the catalog has by that name", async () => {
  const emulator = await startedEmulator();
  const input = {
    StorageDescriptor: {
      Columns: [{ Name: 'a', Type: 'string' }],
      Location: 's3://shop/lines/',
      InputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
      SerdeInfo: { SerializationLibrary: lazySimple, Parameters: { 'field.delim': ',' } },
    },
  };
  await createTable(emulator, 'lines', input, { 'a.txt': 'stored\n' });
  const own = (schema: string): { readonly views: readonly QueryView[] } => ({
    views: [{ schema, name: 'lines', select: "SELECT 'own' AS a" }],
  });
  for (const schema of ['mine', 'shop'])
    expect(await emulator.query('SELECT a FROM lines', own(schema)), schema).toEqual([{ a: 'own' }]);
  expect(await emulator.query('SELECT a FROM shop.lines', own('mine'))).toEqual([{ a: 'stored' }]);
  expect(await emulator.query('SELECT a FROM lines')).toEqual([{ a: 'stored' }]);
  const above = { schema: 'mine', name: 'lines', select: "SELECT a || '!' AS a FROM shop.lines" };
  expect(await emulator.query('SELECT a FROM lines', { views: [above] })).toEqual([{ a: 'stored!' }]);
});
