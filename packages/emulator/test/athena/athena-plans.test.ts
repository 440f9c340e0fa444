import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Athena } from '@aws-sdk/client-athena';
import { expect, onTestFinished, test } from 'vitest';
import type { Emulator, EmulatorError } from '../../src/index.js';
import { startedEmulator, temporaryFolder } from '../clients.js';

/** A data folder in which a statement was killed once its plan was on disk. */
async function killedFolder(plan: string): Promise<{ readonly dataDir: string; readonly writes: string }> {
  const dataDir = await temporaryFolder();
  const writes = join(dataDir, 'state', 'athena-writes', 'writes');
  // The state of an endpoint that has run.
  await (await startedEmulator({ dataDir })).close();
  await mkdir(join(writes, 'query-1'), { recursive: true });
  await writeFile(join(writes, 'query-1', 'rows.part'), '{"n":1}\n');
  await writeFile(join(writes, 'query-1', 'publish.json'), plan);
  await mkdir(join(writes, '..', 'results'));
  await writeFile(join(writes, '..', 'results', 'query-1.result'), 'half a result');
  // Computers leave files of their own everywhere.
  await writeFile(join(writes, '.DS_Store'), 'x');
  return { dataDir, writes };
}

const moves = [{ from: 'rows.part', to: { bucket: 'lake', key: 'made/a.json' } }];
const announcements = [
  {
    action: 'CreateTable',
    input: {
      DatabaseName: 'dropped',
      TableInput: { Name: 'made', StorageDescriptor: { Columns: [{ Name: 'n', Type: 'int' }] } },
    },
  },
];

test('a plan that the catalog refuses is reported and kept, and the endpoint starts without drafts of before', async () => {
  const { dataDir, writes } = await killedFolder(JSON.stringify({ moves, announcements }));
  const told: EmulatorError[] = [];
  const onTrouble = (error: unknown): void => {
    // What the endpoint reports at its start.
    told.push(error as EmulatorError);
  };
  const first = await startedEmulator({ dataDir, onTrouble });
  expect(told.map(({ code }) => code)).toEqual(['SALVAGED']);
  expect(told[0]?.message).toContain(join(writes, 'query-1.damaged'));
  expect(told[0]?.message).toContain('EntityNotFoundException');
  expect(await readdir(join(first.lakeDir, 'lake', 'made'))).toEqual(['a.json']);
  await expect(readdir(join(writes, '..', 'results'))).rejects.toThrow('ENOENT');
  await first.close();
  await startedEmulator({ dataDir, onTrouble });
  expect(told).toHaveLength(1);
  expect(await readFile(join(writes, 'query-1.damaged', 'publish.json'), 'utf8')).toContain('CreateTable');
});

test.each([
  ['bytes that are no JSON', '{"moves":['],
  ['another value', '{"moves":[{"from":1}],"announcements":[]}'],
  ['another action', JSON.stringify({ moves: [], announcements: [{ action: 'DeleteTable', input: {} }] })],
])('a damaged plan is refused by its file, and salvaged where that is wished: %s', async (_, plan) => {
  const { dataDir, writes } = await killedFolder(plan);
  const path = join(writes, 'query-1', 'publish.json');
  await expect(startedEmulator({ dataDir })).rejects.toMatchObject({
    code: 'CORRUPT_STATE',
    message: expect.stringContaining(path) as unknown,
  });
  expect(await readFile(path, 'utf8')).toBe(plan);
  const told: unknown[] = [];
  await startedEmulator({ dataDir, onDamage: 'salvage', onTrouble: (error) => told.push(error) });
  expect(told).toMatchObject([{ code: 'SALVAGED' }]);
  expect(await readFile(join(writes, 'query-1.damaged', 'publish.json'), 'utf8')).toBe(plan);
});

/** Runs a statement to its end and returns why it failed. */
async function failureOf({ endpoint }: Emulator, sql: string): Promise<string | undefined> {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const athena = new Athena({ endpoint, region: 'us-east-1', credentials });
  onTestFinished(() => {
    athena.destroy();
  });
  const { QueryExecutionId } = await athena.startQueryExecution({
    QueryString: sql,
    QueryExecutionContext: { Database: 'shop' },
    ResultConfiguration: { OutputLocation: 's3://results/out/' },
  });
  for (;;) {
    const { QueryExecution } = await athena.getQueryExecution({ QueryExecutionId });
    const { State: state = '', StateChangeReason: reason } = QueryExecution?.Status ?? {};
    if (state === 'SUCCEEDED' || state === 'FAILED') return reason;
  }
}

test('partitions that the catalog does not take fail the statement that adds them', async () => {
  const emulator = await startedEmulator();
  for (const sql of [
    'CREATE DATABASE shop',
    `CREATE EXTERNAL TABLE parts (n int) PARTITIONED BY (k string) STORED AS PARQUET LOCATION 's3://lake/parts/'`,
  ])
    expect(await failureOf(emulator, sql)).toBeUndefined();
  await fetch(`${emulator.endpoint}/_emulator/faults`, { method: 'PUT', body: '{"diskFull":true}' });
  const whyOf = (journal: string): string =>
    `The log ${join(journal, '000000001.log')} could not be written; nothing of this call was kept. Try again when the disk has room`;
  expect(await failureOf(emulator, `ALTER TABLE parts ADD PARTITION (k = 'a')`)).toBe(
    `FAILED: Execution Error, return code 1 from org.apache.hadoop.hive.ql.exec.DDLTask. InternalServiceException(message:${whyOf('glue.journal')})`,
  );
  expect(await failureOf(emulator, `INSERT INTO parts VALUES (1, 'b')`)).toBe(
    // Its file is recorded before its partition.
    `HIVE_METASTORE_ERROR: ${whyOf('s3.journal')}.`,
  );
});
