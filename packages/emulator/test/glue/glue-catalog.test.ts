import { type Clock, systemClock } from '@store/foundation';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateDatabaseCommand, GetTableCommand, GlueClient } from '@aws-sdk/client-glue';
import { type GlueTableInput, toTableInput } from '@store/glue-schema';
import { listTableVersions, pushTable, rollbackTable } from '@store/glue-schema/catalog';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../src/index.js';

let folder = '';
let emulator: Emulator;
let glue: GlueClient;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'glue-catalog-'));
  emulator = await startEmulator({ dataDir: folder });
  glue = new GlueClient({
    endpoint: emulator.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: 'inventory' } }));
});
afterAll(async () => {
  glue.destroy();
  await emulator.close();
  await rm(folder, { recursive: true });
});

const tableOf = (columns: readonly string[]): GlueTableInput =>
  toTableInput(
    {
      name: 'Event',
      columns: columns.map((name) => ({ name, type: { kind: 'int' }, optional: true })),
    },
    { tableName: 'events', location: 's3://lake/events/' },
  );

const columnNames = async (): Promise<readonly (string | undefined)[]> => {
  const { Table } = await glue.send(new GetTableCommand({ DatabaseName: 'inventory', Name: 'events' }));
  return (Table?.StorageDescriptor?.Columns ?? []).map(({ Name }) => Name);
};

/** A clock on which every wait is over at once. */
const impatient: Clock = {
  ...systemClock,
  schedule(callback) {
    queueMicrotask(callback);
    return () => undefined;
  },
};

test('two pushes at once never lose a column: the one that came late reads again', async () => {
  const databaseName = 'inventory';
  await pushTable(glue, { databaseName, table: tableOf(['base']) });
  const kept = ['base'];
  let attempts = 0;
  for (let round = 0; round < 10; round += 1) {
    const added = [`left_${round}`, `right_${round}`];
    const pushes = added.map((name) =>
      pushTable(glue, { databaseName, table: tableOf(['base', name]), clock: impatient }),
    );
    for (const push of await Promise.all(pushes)) attempts += push.attempts;
    kept.push(...added);
    expect([...(await columnNames())].sort()).toEqual([...kept].sort());
  }
  // Otherwise nothing raced, and the test said nothing.
  expect(attempts).toBeGreaterThan(20);
});

test('versions are listed and rolled back to, as on AWS', async () => {
  const address = { databaseName: 'inventory', tableName: 'events' };
  const versions = await listTableVersions(glue, address);
  expect(versions).toHaveLength(21);
  await rollbackTable(glue, { ...address, versionId: '0' });
  expect(await columnNames()).toEqual(['base']);
});
