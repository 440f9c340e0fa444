import {
  CreateDeliveryStreamCommand,
  PutRecordBatchCommand,
  PutRecordCommand,
  type CreateDeliveryStreamCommandInput,
} from '@aws-sdk/client-firehose';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createVirtualClock } from '@store/foundation';
import type { Emulator } from '../../src/index.js';
import { errorLines, filesBelow } from '../lake-files.js';
import {
  createReadings,
  firehoseClient,
  plainStream,
  reading,
  readingsStream,
  record,
  startedEmulator,
  temporaryFolder,
} from '../clients.js';
import { settled } from '../settled.js';
import { unframeSnappy, unhadoopSnappy, unzip } from './unpack.js';

type Destination = Partial<
  NonNullable<CreateDeliveryStreamCommandInput['ExtendedS3DestinationConfiguration']>
>;

async function delivered(
  destination: Destination,
  texts: readonly string[],
  emulator?: Emulator,
): Promise<{ path: string; bytes: Buffer }[]> {
  const endpoint = emulator ?? (await startedEmulator());
  const firehose = firehoseClient(endpoint);
  await firehose.send(new CreateDeliveryStreamCommand(plainStream('plain', destination)));
  await firehose.send(new PutRecordBatchCommand({ DeliveryStreamName: 'plain', Records: texts.map(record) }));
  await endpoint.flush();
  const paths = await filesBelow(endpoint.lakeDir);
  return Promise.all(
    paths.map(async (path) => ({ path, bytes: await readFile(join(endpoint.lakeDir, path)) })),
  );
}

const text = 'the same words again and again, '.repeat(9_000);

test('records are stored end to end, with nothing in between', async () => {
  const [object] = await delivered({}, ['a', 'b\n', 'c']);
  expect(object?.bytes.toString()).toBe('ab\nc');
});

test('a prefix without expressions gets the hour of arrival, and no slash', async () => {
  const [object] = await delivered({ Prefix: 'raw' }, ['a']);
  expect(object?.path).toMatch(/^plain-bucket\/raw\d{4}\/\d\d\/\d\d\/\d\d\/plain-1-/);
});

test('a delimiter follows each record when the stream asks for one', async () => {
  const [object] = await delivered(
    {
      ProcessingConfiguration: {
        Enabled: true,
        Processors: [{ Type: 'AppendDelimiterToRecord', Parameters: [] }],
      },
    },
    ['a', 'b'],
  );
  expect(object?.bytes.toString()).toBe('a\nb\n');
});

describe('compression', () => {
  const cases = [
    ['GZIP', '.gz', (bytes: Buffer) => gunzipSync(bytes)],
    ['ZIP', '.zip', unzip],
    ['Snappy', '.snappy', unframeSnappy],
    ['HADOOP_SNAPPY', '.hsnappy', unhadoopSnappy],
  ] as const;
  test.each(cases)('%s objects end in %s and unpack to what was sent', async (format, ending, unpack) => {
    const [object] = await delivered({ CompressionFormat: format }, [text, 'end']);
    expect(object?.path.endsWith(ending)).toBe(true);
    expect(object?.bytes.length).toBeLessThan(text.length / 2);
    expect(unpack(object?.bytes ?? Buffer.alloc(0)).toString()).toBe(`${text}end`);
  });
});

test('a buffer goes out when its interval is over: 300 seconds in no time', async () => {
  const clock = createVirtualClock(Date.UTC(2026, 0, 5, 8, 59, 59));
  const emulator = await startedEmulator({ clock });
  const firehose = firehoseClient(emulator);
  await firehose.send(
    new CreateDeliveryStreamCommand(plainStream('plain', { BufferingHints: { IntervalInSeconds: 300 } })),
  );
  await firehose.send(new PutRecordCommand({ DeliveryStreamName: 'plain', Record: record('a') }));
  clock.advance(299_000);
  expect(await filesBelow(emulator.lakeDir)).toEqual([]);
  clock.advance(1_000);
  const [path] = await settled(() => filesBelow(emulator.lakeDir), 1);
  // The hour is that of the oldest record's arrival.
  expect(path).toMatch(/^plain-bucket\/2026\/01\/05\/08\/plain-1-2026-01-05-08-59-59-/);
});

test('a clock that is set back a day between two starts holds nothing up for longer than the interval', async () => {
  const day = Date.UTC(2026, 0, 5, 8);
  const dataDir = await temporaryFolder();
  const before = await startedEmulator({ clock: createVirtualClock(day), dataDir });
  const firehose = firehoseClient(before);
  await firehose.send(
    new CreateDeliveryStreamCommand(plainStream('plain', { BufferingHints: { IntervalInSeconds: 300 } })),
  );
  await firehose.send(new PutRecordCommand({ DeliveryStreamName: 'plain', Record: record('a') }));
  await before.close();
  const clock = createVirtualClock(day - 86_400_000);
  const emulator = await startedEmulator({ clock, dataDir });
  clock.advance(299_000);
  expect(await filesBelow(emulator.lakeDir)).toEqual([]);
  clock.advance(1_000);
  expect(await settled(() => filesBelow(emulator.lakeDir), 1)).toHaveLength(1);
});

test('a buffer goes out when it is full', async () => {
  const emulator = await startedEmulator();
  const firehose = firehoseClient(emulator);
  await firehose.send(
    new CreateDeliveryStreamCommand(
      plainStream('plain', { BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 900 } }),
    ),
  );
  const Record = record('x'.repeat(600_000));
  await firehose.send(new PutRecordCommand({ DeliveryStreamName: 'plain', Record }));
  await firehose.send(new PutRecordCommand({ DeliveryStreamName: 'plain', Record }));
  const paths = await settled(() => filesBelow(emulator.lakeDir), 1);
  expect(paths).toHaveLength(1);
});

test('a block that events have left behind is converted while others come in; a small one waits', async () => {
  const clock = createVirtualClock(Date.UTC(2026, 0, 5, 12));
  const emulator = await startedEmulator({ clock, conversionBlockBytes: 16_000 });
  await createReadings(emulator);
  const firehose = firehoseClient(emulator);
  await firehose.send(new CreateDeliveryStreamCommand(readingsStream()));
  const put = (...hours: number[]): Promise<unknown> => {
    const Records = hours.map((hour, id) => record(reading(id, hour)));
    return firehose.send(new PutRecordBatchCommand({ DeliveryStreamName: 'readings', Records }));
  };
  // More than a sixteenth of a block at eight, less at seven.
  await put(7, ...Array.from({ length: 60 }, () => 8));
  await put(9);
  clock.advance(1000);
  expect(await filesBelow(emulator.lakeDir)).toEqual([]);
  await put(9);
  const paths = await settled(() => filesBelow(emulator.lakeDir), 1);
  expect(paths).toHaveLength(1);
  expect(paths[0]).toContain('datehour=2026-01-05-08');
  await emulator.flush();
  expect(await emulator.query('SELECT count(*) AS n FROM readings')).toEqual([{ n: 63 }]);
});

test('partitions beyond the limit go to the error output, and those that are open continue', async () => {
  const emulator = await startedEmulator({ maxActivePartitions: 2 });
  await createReadings(emulator);
  const firehose = firehoseClient(emulator);
  await firehose.send(new CreateDeliveryStreamCommand(readingsStream()));
  const Records = [0, 1, 2, 0, 1, 3].map((hour, id) => record(reading(id, hour)));
  await firehose.send(new PutRecordBatchCommand({ DeliveryStreamName: 'readings', Records }));
  await emulator.flush();
  expect(await emulator.query('SELECT id FROM readings ORDER BY id')).toEqual(
    [0, 1, 3, 4].map((id) => ({ id })),
  );
  const [path = ''] = (await filesBelow(emulator.lakeDir)).filter((name) => name.includes('/errors/'));
  expect(path).toContain('errors/activePartitionExceeded/');
  expect(await errorLines(emulator.lakeDir, path)).toHaveLength(2);
});

test('more than 500 records in one are not taken apart, and the whole is kept', async () => {
  const emulator = await startedEmulator();
  await createReadings(emulator);
  const firehose = firehoseClient(emulator);
  await firehose.send(new CreateDeliveryStreamCommand(readingsStream()));
  const packed = (count: number): string => Array.from({ length: count }, (_, id) => reading(id)).join('\n');
  const Records = [packed(500), packed(501)].map(record);
  await firehose.send(new PutRecordBatchCommand({ DeliveryStreamName: 'readings', Records }));
  await emulator.flush();
  expect(await emulator.query('SELECT count(*) AS n FROM readings')).toEqual([{ n: 500 }]);
  const [path = ''] = (await filesBelow(emulator.lakeDir)).filter((name) => name.includes('/errors/'));
  const [line] = await errorLines(emulator.lakeDir, path);
  expect(line?.errorCode).toBe('DynamicPartitioning.DeAggregationRecordCountLimitExceeded');
  expect(Buffer.from(String(line?.rawData), 'base64').toString()).toBe(packed(501));
});

test('a Lambda function transforms, drops and fails records, and may set the partition keys', async () => {
  interface Event {
    readonly records: readonly { readonly recordId: string; readonly data: string }[];
  }
  const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:shout';
  const emulator = await startedEmulator({
    lambdas: {
      // Firehose's event has this shape.
      [functionArn]: (event) => ({
        records: (event as Event).records.map(({ recordId, data }) => {
          const word = Buffer.from(data, 'base64').toString();
          if (word === 'drop') return { recordId, result: 'Dropped' };
          if (word === 'fail') return { recordId, result: 'ProcessingFailed' };
          const loud = Buffer.from(word.toUpperCase()).toString('base64');
          const metadata = { partitionKeys: { letter: word.charAt(0) } };
          return { recordId, result: 'Ok', data: loud, metadata };
        }),
      }),
    },
  });
  const objects = await delivered(
    {
      Prefix: 'words/!{partitionKeyFromLambda:letter}/',
      ErrorOutputPrefix: 'errors/!{firehose:error-output-type}/',
      DynamicPartitioningConfiguration: { Enabled: true },
      ProcessingConfiguration: {
        Enabled: true,
        Processors: [
          { Type: 'Lambda', Parameters: [{ ParameterName: 'LambdaArn', ParameterValue: functionArn }] },
        ],
      },
    },
    ['apple', 'bread', 'drop', 'fail', 'anise'],
    emulator,
  );
  const stored = objects.map(({ path, bytes }) => [path.split('/').slice(1, 3).join('/'), bytes.toString()]);
  expect(stored.slice(1)).toEqual([
    ['words/a', 'APPLEANISE'],
    ['words/b', 'BREAD'],
  ]);
  expect(objects[0]?.path).toContain('errors/processing-failed/');
  expect(JSON.parse(objects[0]?.bytes.toString() ?? '')).toMatchObject({
    errorCode: 'Lambda.ProcessingFailedStatus',
    lambdaArn: functionArn,
    rawData: Buffer.from('fail').toString('base64'),
  });
});

test('five hundred partitions are active at the same time, and the one more is not', async () => {
  const emulator = await startedEmulator();
  await createReadings(emulator);
  const firehose = firehoseClient(emulator);
  await firehose.send(new CreateDeliveryStreamCommand(readingsStream()));
  const START = Date.UTC(2026, 0, 5);
  const at = (hour: number): string => new Date(START + hour * 3_600_000).toISOString();
  const hours = (from: number, to: number): { Data: Uint8Array }[] =>
    Array.from({ length: to - from }, (_, index) =>
      record(JSON.stringify({ id: from + index, at: at(from + index), store: 'a', amount: 1 })),
    );
  const put = (Records: { Data: Uint8Array }[]): Promise<unknown> =>
    firehose.send(new PutRecordBatchCommand({ DeliveryStreamName: 'readings', Records }));
  await put(hours(0, 500));
  const open = 'SELECT count(*) AS n, count(DISTINCT datehour) AS hours FROM readings';
  expect(await emulator.query(open)).toEqual([{ n: 500, hours: 500 }]);
  await put(hours(499, 501));
  expect(await emulator.query(open)).toEqual([{ n: 501, hours: 500 }]);
  await emulator.flush();
  const files = await filesBelow(emulator.lakeDir);
  expect(files.filter((name) => name.endsWith('.parquet'))).toHaveLength(500);
  const [path = ''] = files.filter((name) => name.includes('/errors/activePartitionExceeded/'));
  expect(await errorLines(emulator.lakeDir, path)).toMatchObject([
    { rawData: Buffer.from(hours(500, 501)[0]?.Data ?? '').toString('base64') },
  ]);
  // What was delivered is active no more.
  await put(hours(500, 501));
  expect(await emulator.query(open)).toEqual([{ n: 502, hours: 501 }]);
});
