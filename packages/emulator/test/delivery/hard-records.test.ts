import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateDeliveryStreamCommand, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jsonLimits } from '@store/foundation';
import { startEmulator, type Emulator } from '../../src/index.js';
import { createReadings, firehoseClient, readingsStream } from '../clients.js';
import { errorLines, filesBelow, parquetRows } from '../lake-files.js';

type SerDe = 'OpenXJsonSerDe' | 'HiveJsonSerDe';

const columns = [
  { Name: 'id', Type: 'int' },
  { Name: 'n', Type: 'bigint' },
  { Name: 's', Type: 'string' },
  { Name: 'd', Type: 'decimal(20,4)' },
  { Name: 'x', Type: 'double' },
];

interface Outcome {
  /** What SQL saw of the ids before anything was delivered. */
  readonly tail: readonly unknown[];
  /** Rows by DuckDB, with all but the id as text. */
  readonly rows: readonly Record<string, unknown>[];
  /** Rows by a reader that has nothing to do with DuckDB. */
  readonly stored: readonly Record<string, unknown>[];
  /** What the error output holds, and why. */
  readonly errors: readonly { readonly raw: string; readonly code: unknown; readonly message: string }[];
}

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator({ dataDir: await mkdtemp(join(tmpdir(), 'hard-records-')) });
});

afterAll(async () => {
  await emulator.close();
  await rm(join(emulator.lakeDir, '..'), { recursive: true, force: true });
});

/** Puts records between two good ones, 1 and 99, in one call, and says what became of all. */
async function outcomeOf(
  records: readonly (string | Buffer)[],
  serDe: SerDe = 'OpenXJsonSerDe',
): Promise<Outcome> {
  await emulator.reset();
  await createReadings(emulator, { Columns: columns });
  const firehose = firehoseClient(emulator);
  const stream = readingsStream();
  const conversion = stream.ExtendedS3DestinationConfiguration?.DataFormatConversionConfiguration;
  await firehose.send(
    new CreateDeliveryStreamCommand(
      readingsStream('readings', {
        Prefix: 'readings/datehour=now/',
        DynamicPartitioningConfiguration: { Enabled: false },
        ProcessingConfiguration: { Enabled: false, Processors: [] },
        DataFormatConversionConfiguration: {
          ...conversion,
          InputFormatConfiguration: { Deserializer: { [serDe]: {} } },
        },
      }),
    ),
  );
  const Records = ['{"id":1}', ...records, '{"id":99}'].map((record) => ({ Data: Buffer.from(record) }));
  const answer = await firehose.send(new PutRecordBatchCommand({ DeliveryStreamName: 'readings', Records }));
  expect(answer.FailedPutCount).toBe(0);
  const select = 'SELECT id, n::VARCHAR AS n, s, d::VARCHAR AS d, x::VARCHAR AS x FROM readings ORDER BY id';
  const before = await emulator.query(select);
  await emulator.flush();
  const rows = await emulator.query(select);
  expect(rows).toEqual(before);
  const paths = await filesBelow(emulator.lakeDir);
  const failed = paths.filter((path) => path.includes('/errors/'));
  const lines = (await Promise.all(failed.map((path) => errorLines(emulator.lakeDir, path)))).flat();
  const good = ({ id }: Record<string, unknown>): boolean => id !== 1 && id !== 99;
  expect(rows.filter((row) => !good(row))).toHaveLength(2);
  return {
    tail: before.filter(good).map(({ id }) => id),
    rows: rows.filter(good),
    stored: (
      await parquetRows(
        emulator.lakeDir,
        paths.filter((path) => !path.includes('/errors/')),
      )
    ).filter(good),
    errors: lines.map((line) => ({
      raw: Buffer.from(String(line.rawData), 'base64').toString(),
      code: line.lastErrorCode,
      message: String(line.lastErrorMessage),
    })),
  };
}

const nested = (open: string, close: string, depth: number): string =>
  open.repeat(depth) + close.repeat(depth);

describe.each<SerDe>(['OpenXJsonSerDe', 'HiveJsonSerDe'])('%s, through the endpoint', (serDe) => {
  test('a record nested too deeply goes to the error output alone, read by a column or not', async () => {
    const deep = [
      `{"id":9,"s":${nested('[', ']', 3_000)}}`,
      `{"id":9,"zz":${'{"a":'.repeat(4_000)}1${'}'.repeat(4_000)}}`,
      `{"id":9,"zz":${nested('[', ']', 400_000)}}`,
      '{"a":'.repeat(150_000),
    ];
    const { rows, errors } = await outcomeOf(deep, serDe);
    expect(rows).toEqual([]);
    expect(errors.map(({ raw }) => raw)).toEqual(deep);
    expect(errors.every(({ code }) => code === 'DataFormatConversion.ParseError')).toBe(true);
    expect(errors[0]?.message).toContain(`exceeds the maximum allowed (${jsonLimits.maxDepth}`);
  });

  test('a record as deep as the limit is stored', async () => {
    const depth = jsonLimits.maxDepth - 1;
    const { rows } = await outcomeOf([`{"id":2,"zz":${nested('[', ']', depth)}}`], serDe);
    expect(rows).toMatchObject([{ id: 2 }]);
  });

  test('numbers are stored with the digits that were sent, whatever is beside them', async () => {
    const records = [
      '{"id":2,"n":1234567890123456789,"extra":true}',
      '{"id":3,"n":1234567890123456789}',
      '{"id":4,"n":9223372036854775807,"extra":true}',
      '{"id":5,"n":-9223372036854775808}',
      '{"id":6,"s":1234567890123456789}',
      '{"id":7,"s":1e400}',
      '{"id":8,"s":-0}',
      '{"id":9,"s":0.0001}',
      '{"id":10,"d":1234567890123456.7891}',
      '{"id":11,"x":-0.0,"extra":true}',
      '{"id":12,"x":-0.0}',
      '{"id":13,"x":-0}',
      '{"id":14,"s":1.50,"x":1.50,"d":1.50}',
    ];
    const { rows, stored, errors } = await outcomeOf(records, serDe);
    expect(errors).toEqual([]);
    const none = { n: null, s: null, d: null, x: null };
    expect(rows).toEqual([
      { ...none, id: 2, n: '1234567890123456789' },
      { ...none, id: 3, n: '1234567890123456789' },
      { ...none, id: 4, n: '9223372036854775807' },
      { ...none, id: 5, n: '-9223372036854775808' },
      { ...none, id: 6, s: '1234567890123456789' },
      { ...none, id: 7, s: '1e400' },
      { ...none, id: 8, s: '-0' },
      { ...none, id: 9, s: '0.0001' },
      { ...none, id: 10, d: '1234567890123456.7891' },
      { ...none, id: 11, x: '-0.0' },
      { ...none, id: 12, x: '-0.0' },
      { ...none, id: 13, x: '-0.0' },
      { ...none, id: 14, s: '1.50', d: '1.5000', x: '1.5' },
    ]);
    expect(stored.map(({ n }) => n).slice(0, 4)).toEqual([
      1234567890123456789n,
      1234567890123456789n,
      9223372036854775807n,
      -9223372036854775808n,
    ]);
    expect(stored.filter(({ x }) => Object.is(x, -0))).toHaveLength(3);
  });

  test('a number that the column cannot hold goes to the error output alone', async () => {
    const records = [
      '{"id":2,"n":9223372036854775808}',
      '{"id":3,"n":-9223372036854775809,"extra":1}',
      '{"id":4,"d":12345678901234567.1}',
    ];
    const { rows, errors } = await outcomeOf(records, serDe);
    expect(rows).toEqual([]);
    expect(errors.map(({ raw }) => raw)).toEqual(records);
    expect(errors.every(({ code }) => code === 'DataFormatConversion.MalformedData')).toBe(true);
  });

  test('half a surrogate pair is stored as "?", and SQL works throughout', async () => {
    const { tail, rows } = await outcomeOf(
      ['{"id":2,"s":"a\\ud800"}', '{"id":3,"s":"\\udc00b\\ud83d\\ude00 \u2028 😀"}'],
      serDe,
    );
    expect(tail).toEqual([2, 3]);
    expect(rows.map(({ s }) => s)).toEqual(['a?', '?b😀 \u2028 😀']);
  });

  test('a document with line feeds inside is one document, good or bad', async () => {
    const bad = '{"id":2,"items":[\n{"id":3}\n,{"bad":tru}]}';
    const glued = '{"id":4}{"id":5}\n{"id":tru}';
    const pretty = '{\n"id":6,\r\n"s":"a"\n}\n{"id":7}';
    const { rows, errors } = await outcomeOf([bad, glued, pretty], serDe);
    expect(rows.map(({ id }) => id)).toEqual([4, 5, 6, 7]);
    expect(errors.map(({ raw }) => raw)).toEqual([bad, '{"id":tru}']);
  });

  test('a record of nothing but white space is in the error output, with its reason', async () => {
    const { rows, errors } = await outcomeOf(['\n', '  '], serDe);
    expect(rows).toEqual([]);
    expect(errors.map(({ raw }) => raw)).toEqual(['\n', '  ']);
    expect(errors[0]?.message).toContain('The record is empty.');
  });
});

test('OpenX refuses a key that appears twice, at any depth, and SQL works throughout', async () => {
  const records = [
    '{"id":2,"id":3,"s":"c"}',
    '{"id":4,"s":"c","extra":[{"x":1,"x":1}]}',
    '{"id":5,"\\u0073":"a","s":"b"}',
    '{"id":6,"ID":7}',
  ];
  const { tail, errors } = await outcomeOf(records);
  expect(tail).toEqual([]);
  expect(errors.map(({ raw }) => raw)).toEqual(records);
  expect(errors.map(({ message }) => message)).toEqual(
    ['id', 'x', 's', 'id'].map((key) => `Duplicate key "${key}"`),
  );
});

test('Hive takes the last of a key that appears twice', async () => {
  const { rows, errors } = await outcomeOf(['{"id":2,"id":3,"s":"c","s":"d"}'], 'HiveJsonSerDe');
  expect(errors).toEqual([]);
  expect(rows).toMatchObject([{ id: 3, s: 'd' }]);
});

test('bytes that are no UTF-8 are U+FFFD to OpenX, and refused by Hive in the words of Jackson', async () => {
  const record = Buffer.from('7b226964223a322c2273223a2261ffc3227d', 'hex');
  const openx = await outcomeOf([record]);
  expect(openx.rows).toMatchObject([{ id: 2, s: 'a\ufffd\ufffd' }]);
  const hive = await outcomeOf([record], 'HiveJsonSerDe');
  expect(hive.rows).toEqual([]);
  expect(hive.errors).toMatchObject([{ message: 'Invalid UTF-8 start byte 0xff' }]);
});

test('a record of a hundred thousand bad documents gives no more than a thousand lines of error output', async () => {
  const record = `{"id":2}\n${'1 '.repeat(100_000)}\n{"id":3}`;
  const { rows, errors } = await outcomeOf([record]);
  expect(rows).toMatchObject([{ id: 2 }]);
  expect(errors).toHaveLength(1_001);
  expect(errors.at(-1)?.message).toContain('more than 1000 documents that fail');
  expect(errors.map(({ raw }) => raw).join(' ')).toBe(record.slice(9));
});
