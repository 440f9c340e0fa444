import { CreateDeliveryStreamCommand, PutRecordCommand } from '@aws-sdk/client-firehose';
import { CreateDatabaseCommand, CreateTableCommand, GlueClient } from '@aws-sdk/client-glue';
import { expect, test } from 'vitest';
import { firehoseClient, readingsStream, record, startedEmulator } from '../clients.js';
import { filesBelow, parquetRows } from '../lake-files.js';

/** Each Glue type: JSON as sent, the value that DuckDB gives, the value that hyparquet gives. */
const types: readonly (readonly [type: string, json: string, sql: unknown, file: unknown])[] = [
  ['boolean', 'true', true, true],
  ['tinyint', '-128', -128, -128],
  ['smallint', '32767', 32_767, 32_767],
  ['int', '-2147483648', -2_147_483_648, -2_147_483_648],
  ['bigint', '9007199254740991', 9_007_199_254_740_991, 9_007_199_254_740_991n],
  ['float', '0.5', 0.5, 0.5],
  ['double', '1e300', 1e300, 1e300],
  ['decimal(10,2)', '"12.50"', '12.50', 12.5],
  ['string', '"é ✓ \\u0000 end"', 'é ✓ \0 end', 'é ✓ \0 end'],
  ['varchar(5)', '"abcde"', 'abcde', 'abcde'],
  ['char(3)', '"abc"', 'abc', 'abc'],
  ['date', '"2026-01-05"', '2026-01-05', new Date('2026-01-05T00:00:00Z')],
  [
    'timestamp',
    '"2026-01-05T08:30:00.125Z"',
    '2026-01-05 08:30:00.125',
    new Date('2026-01-05T08:30:00.125Z'),
  ],
  ['array<int>', '[1,null,3]', [1, null, 3], [1, null, 3]],
  ['map<string,int>', '{"a":1,"b":2}', { a: 1, b: 2 }, { a: 1, b: 2 }],
  ['struct<x:int,y:string>', '{"x":1,"y":"z"}', { x: 1, y: 'z' }, { x: 1, y: 'z' }],
  [
    'array<struct<k:string,v:array<decimal(4,1)>>>',
    '[{"k":"a","v":["1.5"]},{"k":"b","v":[]}]',
    [
      { k: 'a', v: ['1.5'] },
      { k: 'b', v: [] },
    ],
    [
      { k: 'a', v: [1.5] },
      { k: 'b', v: [] },
    ],
  ],
];

test('every Glue type, nested ones too, is read the same from the open buffer, by DuckDB and by another reader', async () => {
  const emulator = await startedEmulator();
  const glue = new GlueClient({
    endpoint: emulator.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret' },
  });
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: 'lake' } }));
  const Columns = types.map(([Type], index) => ({ Name: `c${index}`, Type }));
  await glue.send(
    new CreateTableCommand({
      DatabaseName: 'lake',
      TableInput: {
        Name: 'readings',
        Parameters: { classification: 'parquet' },
        PartitionKeys: [{ Name: 'datehour', Type: 'string' }],
        StorageDescriptor: {
          Columns: [{ Name: 'at', Type: 'string' }, ...Columns],
          Location: 's3://lake-bucket/readings/',
        },
      },
    }),
  );
  const firehose = firehoseClient(emulator);
  await firehose.send(new CreateDeliveryStreamCommand(readingsStream()));
  const fields = types.map(([, json], index) => `"c${index}":${json}`).join(',');
  const put = (text: string): Promise<unknown> =>
    firehose.send(new PutRecordCommand({ DeliveryStreamName: 'readings', Record: record(text) }));
  await put(`{"at":"2026-01-05T08:00:00Z",${fields}}`);
  await put('{"at":"2026-01-05T08:00:01Z"}');
  const expected = Object.fromEntries(types.map(([, , sql], index) => [`c${index}`, sql]));
  const absent = Object.fromEntries(types.map((_, index) => [`c${index}`, null]));
  const query = 'SELECT * EXCLUDE ("at", datehour) FROM readings ORDER BY "at"';
  expect(await emulator.query(query)).toEqual([expected, absent]);
  await emulator.flush();
  expect(await emulator.query(query)).toEqual([expected, absent]);
  const files = (await filesBelow(emulator.lakeDir)).filter((path) => path.endsWith('.parquet'));
  const rows = await parquetRows(emulator.lakeDir, files);
  const inFile = Object.fromEntries(types.map(([, , , file], index) => [`c${index}`, file]));
  expect(
    rows
      .map((row) => Object.fromEntries(types.map((_, index) => [`c${index}`, row[`c${index}`] ?? null])))
      .sort((a) => (a.c0 === null ? 1 : -1)),
  ).toEqual([inFile, absent]);
  glue.destroy();
});
