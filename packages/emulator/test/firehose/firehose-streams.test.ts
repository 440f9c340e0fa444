import {
  CreateDeliveryStreamCommand,
  DeleteDeliveryStreamCommand,
  DescribeDeliveryStreamCommand,
  ListDeliveryStreamsCommand,
  ListTagsForDeliveryStreamCommand,
  PutRecordBatchCommand,
  PutRecordCommand,
  StartDeliveryStreamEncryptionCommand,
  StopDeliveryStreamEncryptionCommand,
  TagDeliveryStreamCommand,
  UntagDeliveryStreamCommand,
  UpdateDestinationCommand,
} from '@aws-sdk/client-firehose';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startEmulator } from '../../src/index.js';
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
import { filesBelow } from '../lake-files.js';

test('a stream is described as it was created, with what AWS fills in', async () => {
  const emulator = await startedEmulator();
  await createReadings(emulator);
  const firehose = firehoseClient(emulator);
  const { DeliveryStreamARN } = await firehose.send(new CreateDeliveryStreamCommand(readingsStream()));
  expect(DeliveryStreamARN).toBe('arn:aws:firehose:us-east-1:000000000000:deliverystream/readings');
  const { DeliveryStreamDescription: stream } = await firehose.send(
    new DescribeDeliveryStreamCommand({ DeliveryStreamName: 'readings' }),
  );
  expect(stream).toMatchObject({
    DeliveryStreamStatus: 'ACTIVE',
    VersionId: '1',
    HasMoreDestinations: false,
  });
  expect(stream?.CreateTimestamp).toBeInstanceOf(Date);
  expect(stream?.Destinations?.[0]?.ExtendedS3DestinationDescription).toMatchObject({
    CompressionFormat: 'UNCOMPRESSED',
    BufferingHints: { SizeInMBs: 128, IntervalInSeconds: 300 },
    DynamicPartitioningConfiguration: { Enabled: true },
    DataFormatConversionConfiguration: { Enabled: true },
    S3BackupMode: 'Disabled',
  });
});

test('streams are listed by name, a page at a time', async () => {
  const emulator = await startedEmulator();
  const firehose = firehoseClient(emulator);
  for (const name of ['c', 'a', 'b']) await firehose.send(new CreateDeliveryStreamCommand(plainStream(name)));
  const first = await firehose.send(new ListDeliveryStreamsCommand({ Limit: 2 }));
  expect(first).toMatchObject({ DeliveryStreamNames: ['a', 'b'], HasMoreDeliveryStreams: true });
  const rest = await firehose.send(new ListDeliveryStreamsCommand({ ExclusiveStartDeliveryStreamName: 'b' }));
  expect(rest).toMatchObject({ DeliveryStreamNames: ['c'], HasMoreDeliveryStreams: false });
});

test('tags are set, replaced, listed and removed', async () => {
  const firehose = firehoseClient(await startedEmulator());
  const DeliveryStreamName = 'plain';
  await firehose.send(
    new CreateDeliveryStreamCommand({ ...plainStream('plain'), Tags: [{ Key: 'a', Value: '1' }] }),
  );
  const Tags = [
    { Key: 'a', Value: '2' },
    { Key: 'b', Value: '3' },
  ];
  await firehose.send(new TagDeliveryStreamCommand({ DeliveryStreamName, Tags }));
  await firehose.send(new UntagDeliveryStreamCommand({ DeliveryStreamName, TagKeys: ['b'] }));
  const listed = await firehose.send(new ListTagsForDeliveryStreamCommand({ DeliveryStreamName }));
  expect(listed).toMatchObject({ Tags: [{ Key: 'a', Value: '2' }], HasMoreTags: false });
});

test('encryption is said to be on, and off', async () => {
  const firehose = firehoseClient(await startedEmulator());
  const DeliveryStreamName = 'plain';
  await firehose.send(new CreateDeliveryStreamCommand(plainStream('plain')));
  const put = new PutRecordCommand({ DeliveryStreamName, Record: record('a') });
  await firehose.send(new StartDeliveryStreamEncryptionCommand({ DeliveryStreamName }));
  expect(await firehose.send(put)).toMatchObject({ Encrypted: true });
  await firehose.send(new StopDeliveryStreamEncryptionCommand({ DeliveryStreamName }));
  expect(await firehose.send(put)).toMatchObject({ Encrypted: false });
});

test('an update counts the version up, and what was buffered before goes out as it would have', async () => {
  const emulator = await startedEmulator();
  const firehose = firehoseClient(emulator);
  const DeliveryStreamName = 'plain';
  await firehose.send(new CreateDeliveryStreamCommand(plainStream('plain', { Prefix: 'old/' })));
  await firehose.send(new PutRecordCommand({ DeliveryStreamName, Record: record('a') }));
  const update = {
    DeliveryStreamName,
    CurrentDeliveryStreamVersionId: '1',
    DestinationId: 'destinationId-000000000001',
    ExtendedS3DestinationUpdate: { Prefix: 'new/' },
  };
  await firehose.send(new UpdateDestinationCommand(update));
  await expect(firehose.send(new UpdateDestinationCommand(update))).rejects.toMatchObject({
    name: 'ConcurrentModificationException',
  });
  await firehose.send(new PutRecordCommand({ DeliveryStreamName, Record: record('b') }));
  await emulator.flush();
  const files = await filesBelow(emulator.lakeDir);
  expect(files.map((path) => /(old|new)\/.*\/(plain-\d)-/.exec(path)?.slice(1))).toEqual([
    ['new', 'plain-2'],
    ['old', 'plain-1'],
  ]);
});

test('deleting a stream discards its buffer', async () => {
  const emulator = await startedEmulator();
  const firehose = firehoseClient(emulator);
  const DeliveryStreamName = 'plain';
  await firehose.send(new CreateDeliveryStreamCommand(plainStream('plain')));
  await firehose.send(new PutRecordCommand({ DeliveryStreamName, Record: record('a') }));
  await firehose.send(new DeleteDeliveryStreamCommand({ DeliveryStreamName }));
  await emulator.flush();
  expect(await filesBelow(emulator.lakeDir)).toEqual([]);
  await expect(
    firehose.send(new PutRecordCommand({ DeliveryStreamName, Record: record('a') })),
  ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

describe('what AWS refuses', () => {
  const cases: readonly [what: string, change: Parameters<typeof readingsStream>[1], message: RegExp][] = [
    ['compression under conversion', { CompressionFormat: 'GZIP' }, /must be UNCOMPRESSED/],
    ['a small buffer under conversion', { BufferingHints: { SizeInMBs: 63 } }, /at least 64/],
    ['zero buffering under partitioning', { BufferingHints: { IntervalInSeconds: 0 } }, /at least 60/],
    ['a prefix without a key', { Prefix: 'readings/' }, /partition key expression/],
    ['an unknown namespace', { Prefix: '!{nonsense:x}/' }, /namespace/],
    ['a bad timestamp pattern', { Prefix: '!{timestamp:JJ}/' }, /pattern/],
    ['no error prefix', { ErrorOutputPrefix: '' }, /ErrorOutputPrefix/],
    ['an error prefix without the type', { ErrorOutputPrefix: 'e/!{timestamp:yyyy}/' }, /error-output-type/],
    ['an unknown time zone', { CustomTimeZone: 'Mars/Olympus' }, /time zone/],
  ];
  test.each(cases)('%s', async (_, change, message) => {
    const emulator = await startedEmulator();
    await createReadings(emulator);
    await expect(
      firehoseClient(emulator).send(new CreateDeliveryStreamCommand(readingsStream('readings', change))),
    ).rejects.toMatchObject({
      name: 'InvalidArgumentException',
      message: expect.stringMatching(message) as unknown,
    });
  });

  test('a table that is not there', async () => {
    const firehose = firehoseClient(await startedEmulator());
    await expect(firehose.send(new CreateDeliveryStreamCommand(readingsStream()))).rejects.toMatchObject({
      name: 'InvalidArgumentException',
      message: 'Table lake.readings was not found in the Glue Data Catalog.',
    });
  });

  test('a second stream of the same name', async () => {
    const firehose = firehoseClient(await startedEmulator());
    const create = new CreateDeliveryStreamCommand(plainStream('plain'));
    await firehose.send(create);
    await expect(firehose.send(create)).rejects.toMatchObject({ name: 'ResourceInUseException' });
  });

  test('501 records, a record over 1,000 KiB, a call over 4 MiB', async () => {
    const firehose = firehoseClient(await startedEmulator());
    const DeliveryStreamName = 'plain';
    await firehose.send(new CreateDeliveryStreamCommand(plainStream('plain')));
    const put = (sizes: readonly number[]): Promise<unknown> =>
      firehose.send(
        new PutRecordBatchCommand({
          DeliveryStreamName,
          Records: sizes.map((size) => record('x'.repeat(size))),
        }),
      );
    await put(Array.from({ length: 500 }, () => 1));
    await put([1_024_000, 1_024_000, 1_024_000, 1_024_000]);
    await expect(put(Array.from({ length: 501 }, () => 1))).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining("at 'records' failed to satisfy constraint") as unknown,
    });
    await expect(put([1_024_001])).rejects.toMatchObject({
      message: expect.stringContaining('Member must have length less than or equal to 1024000') as unknown,
    });
    await expect(put([1_024_000, 1_024_000, 1_024_000, 1_024_000, 98_305])).rejects.toMatchObject({
      name: 'InvalidArgumentException',
      message: 'Records size exceeds 4 MB limit',
    });
  });
});

test('a change of the table is picked up between two records', async () => {
  const emulator = await startedEmulator();
  await createReadings(emulator);
  const firehose = firehoseClient(emulator);
  await firehose.send(new CreateDeliveryStreamCommand(readingsStream()));
  const put = (text: string): Promise<unknown> =>
    firehose.send(new PutRecordCommand({ DeliveryStreamName: 'readings', Record: record(text) }));
  await put(reading(1));
  const { GetTableCommand, UpdateTableCommand } = await import('@aws-sdk/client-glue');
  const { glueClient } = await import('../clients.js');
  const glue = glueClient(emulator);
  const { Table } = await glue.send(new GetTableCommand({ DatabaseName: 'lake', Name: 'readings' }));
  await glue.send(
    new UpdateTableCommand({
      DatabaseName: 'lake',
      TableInput: {
        Name: 'readings',
        TableType: 'EXTERNAL_TABLE',
        Parameters: Table?.Parameters,
        PartitionKeys: Table?.PartitionKeys,
        StorageDescriptor: {
          ...Table?.StorageDescriptor,
          Columns: [...(Table?.StorageDescriptor?.Columns ?? []), { Name: 'note', Type: 'string' }],
        },
      },
    }),
  );
  await put(`{"id":2,"at":"2026-01-05T08:00:00Z","note":"new"}`);
  const rows = [
    { id: 1, note: null },
    { id: 2, note: 'new' },
  ];
  expect(await emulator.query('SELECT id, note FROM readings ORDER BY id')).toEqual(rows);
  await emulator.flush();
  expect(await emulator.query('SELECT id, note FROM readings ORDER BY id')).toEqual(rows);
});

test('a folder of a later version is refused with what to do', async () => {
  const dataDir = await temporaryFolder();
  const first = await startEmulator({ dataDir });
  const firehose = firehoseClient(first);
  await firehose.send(new CreateDeliveryStreamCommand(plainStream('plain')));
  await first.close();
  const path = join(dataDir, 'state/firehose/stream-plain/stream.json');
  const text = await readFile(path, 'utf8');
  const withoutSum = text.replace(/"sum":"[0-9a-f]{8}",/, '');
  expect(text).toContain('"format":3');
  await writeFile(path, withoutSum.replace('"format":3', '"format":4'));
  const refused = startEmulator({ dataDir });
  await expect(refused).rejects.toMatchObject({ code: 'NEWER_FORMAT' });
  await expect(refused).rejects.toThrow(/by a later version .*format 4, this one reads up to 3/);
  // One of before the number was written is of the first.
  await writeFile(path, withoutSum.replace('"format":3,', ''));
  await (await startEmulator({ dataDir })).close();
});

test('a stream whose name ends as the endpoint marks what is out of use keeps its records', async () => {
  const dataDir = await temporaryFolder();
  const names = ['a.damaged', 'b.damaged.2', 'c.removed', 'd.removed.damaged'];
  const first = await startEmulator({ dataDir });
  const firehose = firehoseClient(first);
  for (const name of names) {
    await firehose.send(new CreateDeliveryStreamCommand(plainStream(name, { Prefix: `${name}/` })));
    await firehose.send(
      new PutRecordCommand({ DeliveryStreamName: name, Record: { Data: Buffer.from('kept\n') } }),
    );
  }
  await first.close();
  await writeFile(join(dataDir, 'state/firehose/nobody.txt'), '');
  const second = await startEmulator({ dataDir });
  const { DeliveryStreamNames } = await firehoseClient(second).send(new ListDeliveryStreamsCommand({}));
  expect(DeliveryStreamNames).toEqual(names);
  await second.flush();
  await second.close();
  const objects = await filesBelow(join(dataDir, 's3'));
  expect(names.filter((name) => objects.some((path) => path.includes(`/${name}/`)))).toEqual(names);
});
