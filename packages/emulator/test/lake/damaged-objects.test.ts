import { readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  AthenaClient,
  GetQueryExecutionCommand,
  StartQueryExecutionCommand,
  type QueryExecutionStatus,
} from '@aws-sdk/client-athena';
import { CreateDeliveryStreamCommand, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { setTimeout } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import {
  damagedObjects,
  inspectDataFolder,
  repairDataFolder,
  startEmulator,
  type Emulator,
} from '../../src/index.js';
import {
  createReadings,
  firehoseClient,
  reading,
  readingsStream,
  record,
  startedEmulator,
  temporaryFolder,
} from '../clients.js';
import { filesBelow } from '../lake-files.js';
import { s3Client } from '../s3/s3-client.js';

const Bucket = 'lake-bucket';

/** A data folder with three delivered objects of one table and one that was put, and its first delivered one. */
async function deliveredFolder(): Promise<{ dataDir: string; key: string; path: string }> {
  const dataDir = await temporaryFolder();
  const emulator = await startEmulator({ dataDir });
  await createReadings(emulator);
  const firehose = firehoseClient(emulator);
  await firehose.send(new CreateDeliveryStreamCommand(readingsStream()));
  const Records = [8, 9, 10].map((hour) => record(reading(hour, hour)));
  await firehose.send(new PutRecordBatchCommand({ DeliveryStreamName: 'readings', Records }));
  await emulator.flush();
  await s3Client(emulator).send(new PutObjectCommand({ Bucket, Key: 'notes/a.txt', Body: 'a note' }));
  await emulator.close();
  const lake = join(dataDir, 's3', Bucket);
  const [key = ''] = (await filesBelow(lake)).filter((path) => path.startsWith('readings/'));
  return { dataDir, key, path: join(lake, key) };
}

async function started(dataDir: string): Promise<{ emulator: Emulator; told: string[] }> {
  const told: string[] = [];
  const onTrouble = (error: unknown): void => void told.push(error instanceof Error ? error.message : '');
  return { emulator: await startedEmulator({ dataDir, onTrouble }), told };
}

async function statusOf({ endpoint }: Emulator, sql: string): Promise<QueryExecutionStatus | undefined> {
  const credentials = { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret' };
  const athena = new AthenaClient({ endpoint, region: 'us-east-1', credentials });
  onTestFinished(() => {
    athena.destroy();
  });
  const { QueryExecutionId } = await athena.send(
    new StartQueryExecutionCommand({
      QueryString: sql,
      ResultConfiguration: { OutputLocation: 's3://results/' },
    }),
  );
  for (;;) {
    const { QueryExecution } = await athena.send(new GetQueryExecutionCommand({ QueryExecutionId }));
    const state = QueryExecution?.Status?.State;
    if (state !== 'QUEUED' && state !== 'RUNNING') return QueryExecution?.Status;
    await setTimeout(10);
  }
}

const count = 'select count(*) as n from lake.readings';
const containing = (text: string): unknown => expect.stringContaining(text);

test('a delivered object whose file was removed by hand is named by the doctor, at the start and by each query', async () => {
  const { dataDir, key, path } = await deliveredFolder();
  expect(inspectDataFolder(dataDir)).toEqual({ ok: true, findings: [] });
  await rm(path);
  expect(inspectDataFolder(dataDir).findings).toEqual([
    {
      kind: 'damage',
      path,
      detail: `The object s3://${Bucket}/${key} is damaged: its file is gone (${path}).`,
    },
  ]);
  const { emulator, told } = await started(dataDir);
  expect(told).toEqual([containing(path)]);
  await expect(emulator.query(count)).rejects.toMatchObject({
    code: 'QUERY_FAILED',
    message: containing(path),
  });
  expect(await statusOf(emulator, count)).toMatchObject({
    State: 'FAILED',
    StateChangeReason: containing(`HIVE_CANNOT_OPEN_SPLIT: Error opening Hive split s3://${Bucket}/${key}`),
  });
  const s3 = s3Client(emulator);
  await expect(s3.send(new GetObjectCommand({ Bucket, Key: key }))).rejects.toMatchObject({
    name: 'InternalError',
    message: containing('its file is gone'),
  });
  expect((await s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(4);
  // Nothing else is held up, and who deletes the object is told no more.
  expect(await emulator.query('select 1 as one')).toEqual([{ one: 1 }]);
  await s3.send(new DeleteObjectCommand({ Bucket, Key: key }));
  expect(await emulator.query(count)).toEqual([{ n: 2 }]);
  await emulator.close();
  expect(inspectDataFolder(dataDir).ok).toBe(true);
});

test('a file that is removed under a running endpoint fails queries by its name, until it is back', async () => {
  const { dataDir, path } = await deliveredFolder();
  const { emulator } = await started(dataDir);
  const bytes = await readFile(path);
  await rm(path);
  expect(damagedObjects(dataDir)).toEqual([expect.objectContaining({ path, problem: 'its file is gone' })]);
  await expect(emulator.query(count)).rejects.toMatchObject({ message: containing(path) });
  await writeFile(path, bytes);
  expect(await emulator.query(count)).toEqual([{ n: 3 }]);
  expect(damagedObjects(dataDir)).toEqual([]);
});

test('what was deleted through S3 is no damage, and what a repair passed over is told of once', async () => {
  const { dataDir, key, path } = await deliveredFolder();
  const first = await started(dataDir);
  await s3Client(first.emulator).send(new DeleteObjectCommand({ Bucket, Key: key }));
  await first.emulator.close();
  expect(inspectDataFolder(dataDir)).toEqual({ ok: true, findings: [] });
  const note = join(dataDir, 's3', Bucket, 'notes', 'a.txt');
  const [other = ''] = (await filesBelow(join(dataDir, 's3', Bucket))).filter((name) =>
    name.endsWith('.parquet'),
  );
  const gone = join(dataDir, 's3', Bucket, other);
  expect(gone).not.toBe(path);
  await rm(gone);
  await truncate(note, 2);
  expect(damagedObjects(dataDir).map(({ problem }) => problem)).toEqual([
    'its file is gone',
    'its file has 2 bytes, and was written with 6',
  ]);
  expect(await repairDataFolder(dataDir)).toEqual([containing(gone)]);
  expect(inspectDataFolder(dataDir)).toEqual({ ok: true, findings: [] });
  const { emulator, told } = await started(dataDir);
  expect(told).toEqual([]);
  expect(await emulator.query(count)).toEqual([{ n: 1 }]);
});
