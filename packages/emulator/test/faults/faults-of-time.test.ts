import {
  CreateDeliveryStreamCommand,
  ListDeliveryStreamsCommand,
  PutRecordBatchCommand,
  PutRecordCommand,
} from '@aws-sdk/client-firehose';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createVirtualClock } from '@store/foundation';
import {
  createReadings,
  firehoseClient,
  plainStream,
  readingsStream,
  record,
  startedEmulator,
  temporaryFolder,
} from '../clients.js';
import { filesBelow } from '../lake-files.js';

const start = Date.UTC(2026, 0, 5, 8);

test('a call waits for its latency, by the endpoint’s clock', async () => {
  const clock = createVirtualClock(start);
  const firehose = firehoseClient(await startedEmulator({ clock, faults: { latencyMs: 5000 } }));
  let answered = false;
  const call = firehose.send(new ListDeliveryStreamsCommand({})).then(() => (answered = true));
  await expect
    .poll(() => {
      clock.advance(1000);
      return answered;
    })
    .toBe(true);
  await call;
  expect(clock.now()).toBeGreaterThanOrEqual(start + 5000);
});

test('a clock that is off names objects by the wrong hour', async () => {
  const clock = createVirtualClock(start);
  const emulator = await startedEmulator({ clock, faults: { clockSkewMs: 2 * 3_600_000 } });
  const firehose = firehoseClient(emulator);
  await firehose.send(new CreateDeliveryStreamCommand(plainStream('plain')));
  await firehose.send(new PutRecordCommand({ DeliveryStreamName: 'plain', Record: record('x') }));
  await emulator.flush();
  expect((await filesBelow(emulator.lakeDir))[0]).toContain('2026/01/05/10/');
});

test('a plan comes from a JSON file, and is read and replaced while the endpoint runs', async () => {
  const file = join(await temporaryFolder(), 'faults.json');
  await writeFile(file, '{"unavailable": 1}');
  const emulator = await startedEmulator({ faults: file });
  const firehose = firehoseClient(emulator);
  await expect(firehose.send(new ListDeliveryStreamsCommand({}))).rejects.toMatchObject({
    name: 'ServiceUnavailable',
  });
  const faults = `${emulator.endpoint}/_emulator/faults`;
  expect(await (await fetch(faults)).json()).toEqual({ unavailable: 1 });
  const put = (body: string): Promise<Response> => fetch(faults, { method: 'PUT', body });
  expect((await put('{}')).status).toBe(200);
  await firehose.send(new ListDeliveryStreamsCommand({}));
  const wrong = await put('{"refusedRecords": 2}');
  expect([wrong.status, await wrong.text()]).toEqual([
    400,
    expect.stringContaining('Expected `refusedRecords` to be 0 to 1, got 2'),
  ]);
});

test('delimited records are taken apart, and each gets its delimiter back when asked', async () => {
  const emulator = await startedEmulator();
  const firehose = firehoseClient(emulator);
  const Delimiter = Buffer.from('|').toString('base64');
  await firehose.send(
    new CreateDeliveryStreamCommand({
      DeliveryStreamName: 'delimited',
      ExtendedS3DestinationConfiguration: {
        RoleARN: 'arn:aws:iam::000000000000:role/firehose',
        BucketARN: 'arn:aws:s3:::lake-bucket',
        ErrorOutputPrefix: 'errors/!{firehose:error-output-type}/',
        BufferingHints: { SizeInMBs: 64, IntervalInSeconds: 300 },
        DynamicPartitioningConfiguration: { Enabled: true },
        Prefix: 'day=!{partitionKeyFromQuery:day}/',
        ProcessingConfiguration: {
          Enabled: true,
          Processors: [
            {
              Type: 'RecordDeAggregation',
              Parameters: [
                { ParameterName: 'SubRecordType', ParameterValue: 'DELIMITED' },
                { ParameterName: 'Delimiter', ParameterValue: Delimiter },
              ],
            },
            {
              Type: 'MetadataExtraction',
              Parameters: [
                { ParameterName: 'MetadataExtractionQuery', ParameterValue: '{day:.day}' },
                { ParameterName: 'JsonParsingEngine', ParameterValue: 'JQ-1.6' },
              ],
            },
            { Type: 'AppendDelimiterToRecord', Parameters: [] },
          ],
        },
      },
    }),
  );
  const Data = Buffer.from('{"day":1}|{"day":2}|{"day":1}|{"none":0}');
  await firehose.send(new PutRecordCommand({ DeliveryStreamName: 'delimited', Record: { Data } }));
  await emulator.flush();
  const files = await filesBelow(emulator.lakeDir);
  const contents = await Promise.all(
    files.map(async (file) => [file.split('/')[1], await readFile(join(emulator.lakeDir, file), 'utf8')]),
  );
  expect(contents.filter(([folder]) => folder?.startsWith('day='))).toEqual([
    ['day=1', '{"day":1}\n{"day":1}\n'],
    ['day=2', '{"day":2}\n'],
  ]);
  // A record without its key goes to the error output.
  expect(contents.some(([folder]) => folder === 'errors')).toBe(true);
});

test('the Hive SerDe is as strict as its documents say, from put to Parquet', async () => {
  const emulator = await startedEmulator();
  await createReadings(emulator);
  const firehose = firehoseClient(emulator);
  const stream = readingsStream();
  const destination = stream.ExtendedS3DestinationConfiguration;
  await firehose.send(
    new CreateDeliveryStreamCommand({
      ...stream,
      ExtendedS3DestinationConfiguration: {
        RoleARN: destination?.RoleARN,
        BucketARN: destination?.BucketARN,
        ...destination,
        DataFormatConversionConfiguration: {
          ...destination?.DataFormatConversionConfiguration,
          InputFormatConfiguration: { Deserializer: { HiveJsonSerDe: {} } },
        },
      },
    }),
  );
  const row = (id: unknown): { Data: Uint8Array } =>
    record(JSON.stringify({ id, at: '2026-01-05T08:00:00Z', store: 's', amount: 1 }));
  await firehose.send(
    new PutRecordBatchCommand({ DeliveryStreamName: 'readings', Records: [row(1), row('text'), row(3)] }),
  );
  await emulator.flush();
  expect(await emulator.query('SELECT id FROM readings ORDER BY id')).toEqual([{ id: 1 }, { id: 3 }]);
});
