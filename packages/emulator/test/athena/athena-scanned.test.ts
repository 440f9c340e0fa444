import { Athena, type QueryExecution } from '@aws-sdk/client-athena';
import { CreateDeliveryStreamCommand, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import { DuckDBInstance } from '@duckdb/node-api';
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { Emulator } from '../../src/index.js';
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

function athenaClient({ endpoint }: Emulator): Athena {
  const credentials = { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret' };
  const client = new Athena({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
  onTestFinished(() => {
    client.destroy();
  });
  return client;
}

async function ended(athena: Athena, QueryString: string, WorkGroup = 'primary'): Promise<QueryExecution> {
  const QueryExecutionContext = { Database: 'lake' };
  const { QueryExecutionId } = await athena.startQueryExecution({
    QueryString,
    ResultConfiguration: { OutputLocation: 's3://results/' },
    QueryExecutionContext,
    WorkGroup,
  });
  for (;;) {
    const { QueryExecution: found = {} } = await athena.getQueryExecution({ QueryExecutionId });
    if (!['QUEUED', 'RUNNING'].includes(found.Status?.State ?? '')) return found;
    await setTimeout(10);
  }
}

test('a query says how many bytes it scans: those of the partitions that it does not leave out', async () => {
  const emulator = await startedEmulator();
  await createReadings(emulator);
  const firehose = firehoseClient(emulator);
  await firehose.send(new CreateDeliveryStreamCommand(readingsStream()));
  const Records = Array.from({ length: 400 }, (_, id) => record(reading(id, id % 4)));
  await firehose.send(new PutRecordBatchCommand({ DeliveryStreamName: 'readings', Records }));
  const athena = athenaClient(emulator);
  const scanned = async (sql: string): Promise<number | undefined> =>
    (await ended(athena, sql)).Statistics?.DataScannedInBytes;
  expect(await scanned('SELECT count(*) FROM readings')).toBe(0);

  await emulator.flush();
  const files = (await filesBelow(emulator.lakeDir)).filter((file) => file.endsWith('.parquet'));
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(emulator.lakeDir, file))).size));
  const all = sizes.reduce((sum, size) => sum + size, 0);
  expect(await scanned('SELECT sum(amount) FROM readings')).toBe(all);
  const hour = `datehour = '2026-01-05-01'`;
  expect(await scanned(`SELECT sum(amount) FROM readings WHERE ${hour}`)).toBe(Math.round(all / 4));
  expect(await scanned('SELECT 1')).toBe(0);
});

test('a workgroup’s limit cancels what would scan more, and outlives the process', async () => {
  const dataDir = await temporaryFolder();
  const first = await startedEmulator({ dataDir });
  const athena = athenaClient(first);
  const limit = (BytesScannedCutoffPerQuery: number): Promise<unknown> =>
    athena.createWorkGroup({ Name: 'small', Configuration: { BytesScannedCutoffPerQuery } });
  await expect(limit(9_999_999)).rejects.toMatchObject({ name: 'InvalidRequestException' });
  await limit(10_000_000);
  await athena.createWorkGroup({ Name: 'gone' });
  await athena.deleteWorkGroup({ WorkGroup: 'gone' });
  await first.close();

  const second = await startedEmulator({ dataDir });
  const again = athenaClient(second);
  expect((await again.listWorkGroups({})).WorkGroups?.map(({ Name }) => Name)).toEqual(['primary', 'small']);
  expect((await again.getWorkGroup({ WorkGroup: 'small' })).WorkGroup?.Configuration).toMatchObject({
    BytesScannedCutoffPerQuery: 10_000_000,
  });
  await createReadings(second);
  const folder = join(second.lakeDir, 'lake-bucket/readings/datehour=2026-01-05-01');
  await mkdir(folder, { recursive: true });
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run(
    `COPY (SELECT i AS id, uuid()::VARCHAR AS at, '' AS store, 1::INTEGER AS amount FROM range(400000) AS r(i)) TO '${folder}/big.parquet' (COMPRESSION uncompressed)`,
  );
  await second.close();

  const third = await startedEmulator({ dataDir });
  // Nobody delivers into the table: its folder is a partition once it is registered.
  await ended(athenaClient(third), 'MSCK REPAIR TABLE readings');
  const { Status } = await ended(athenaClient(third), 'SELECT count(*) FROM readings', 'small');
  expect(Status).toMatchObject({ State: 'CANCELLED', StateChangeReason: 'Bytes scanned limit was exceeded' });
});
