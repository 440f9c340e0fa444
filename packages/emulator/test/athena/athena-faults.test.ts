import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Athena } from '@aws-sdk/client-athena';
import { expect, onTestFinished, test, vi } from 'vitest';
import { ResultStore } from '../../src/athena/result-store.js';
import type { Emulator } from '../../src/index.js';
import { startedEmulator, temporaryFolder } from '../clients.js';

function athenaOf({ endpoint }: Emulator): Athena {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const athena = new Athena({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
  onTestFinished(() => {
    athena.destroy();
  });
  return athena;
}

async function begun(athena: Athena, QueryString: string): Promise<string> {
  const ResultConfiguration = { OutputLocation: 's3://results/out/' };
  const { QueryExecutionId = '' } = await athena.startQueryExecution({ QueryString, ResultConfiguration });
  return QueryExecutionId;
}

async function ended(
  athena: Athena,
  QueryExecutionId: string,
): Promise<readonly [state: string, reason: string | undefined]> {
  for (;;) {
    const { QueryExecution } = await athena.getQueryExecution({ QueryExecutionId });
    const { State: state = '', StateChangeReason: reason } = QueryExecution?.Status ?? {};
    if (state !== 'QUEUED' && state !== 'RUNNING') return [state, reason];
  }
}

test('a fault of the endpoint itself fails the query by no text of its own, and is reported', async () => {
  const dataDir = await temporaryFolder();
  const told: unknown[] = [];
  const emulator = await startedEmulator({ dataDir, onTrouble: (error) => told.push(error) });
  const athena = athenaOf(emulator);
  const results = join(dataDir, 'state', 'athena-results');
  await rm(results, { recursive: true });
  await writeFile(results, 'in the place of the folder');
  const id = await begun(athena, 'SELECT x FROM UNNEST(sequence(1, 9000)) AS t(x)');
  expect(await ended(athena, id)).toEqual([
    'FAILED',
    'GENERIC_INTERNAL_ERROR: The statement failed by a fault of the endpoint itself',
  ]);
  expect(told).toHaveLength(1);
  expect(String(told[0])).toContain(results);
});

test('an older result that cannot be removed fails no query, and is reported', async () => {
  const told: unknown[] = [];
  const emulator = await startedEmulator({ onTrouble: (error) => told.push(error) });
  const athena = athenaOf(emulator);
  const failure = new Error('The disk refuses.');
  const makeRoom = vi.spyOn(ResultStore.prototype, 'makeRoom').mockRejectedValueOnce(failure);
  onTestFinished(() => {
    makeRoom.mockRestore();
  });
  const QueryExecutionId = await begun(athena, 'SHOW DATABASES');
  expect(await ended(athena, QueryExecutionId)).toEqual(['SUCCEEDED', undefined]);
  expect(told).toEqual([failure]);
  const { ResultSet } = await athena.getQueryResults({ QueryExecutionId });
  expect(ResultSet?.ResultSetMetadata?.ColumnInfo).toHaveLength(1);
});
