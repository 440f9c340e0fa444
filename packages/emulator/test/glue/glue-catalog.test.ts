import { type Clock, systemClock } from '@store/foundation';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateDatabaseCommand, GetTableCommand, GlueClient } from '@aws-sdk/client-glue';
import { type GlueTableInput, toTableInput } from '@store/glue-schema';
import { listTableVersions, pushTable, rollbackTable } from '@store/glue-schema/catalog';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../src/index.js';
import { CatalogUnderTest, foreign, ours } from './catalog-under-test.js';

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

/** A clock on which every wait is over immediately. */
const impatient: Clock = {
  ...systemClock,
  schedule(callback) {
    queueMicrotask(callback);
    return () => undefined;
  },
};

test('two pushes at the same time never lose a column: the one that came late reads again', async () => {
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

const partitionKeys = [{ name: 'day', type: 'string' }];
const projection = {
  keys: { day: { type: 'date', format: 'yyyy-MM-dd', range: ['2026-01-01', 'NOW'] } },
} as const;
let tables = 0;

// moto does not look at VersionId: nothing there keeps one update from undoing another.
test('two pushes at the same time lose no column of a table or of a partition, on any kind of table', async () => {
  const catalog = new CatalogUnderTest({ endpoint: emulator.endpoint, close: () => undefined });
  await catalog.push(ours('first'), { createDatabase: true });
  const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { minLength: 1, maxLength: 3 });
  const kinds = fc.constantFrom('parquet', 'json', 'projected', 'registered');
  const property = fc.asyncProperty(kinds, names, names, async (kind, left, right) => {
    const name = `raced_${(tables += 1)}`;
    const options = {
      ...(kind === 'json' ? { format: kind } : {}),
      ...(kind === 'projected' ? { partitionKeys, projection } : {}),
      ...(kind === 'registered' ? { partitionKeys } : {}),
    } as const;
    const { StorageDescriptor: storage, ...base } = ours(name, [], options);
    const Columns = [...storage.Columns, ...foreign];
    await catalog.create({ ...base, StorageDescriptor: { ...storage, Columns } });
    const days = kind === 'registered' ? ['d0', 'd1', 'd2'] : [];
    await catalog.register(name, days, [{ Name: 'id', Type: 'int' }]);
    const pushes = [left, right].map((more) =>
      catalog.push(ours(name, more, options), { cascade: true, allowConditional: true, clock: impatient }),
    );
    await Promise.all(pushes);
    const wanted = [...new Set([...Columns.map((column) => column.Name), ...left, ...right])].sort();
    const found = await catalog.columnsOf(name);
    expect(found.map((column) => column.Name).sort()).toEqual(wanted);
    expect(found).toEqual(expect.arrayContaining([...foreign]));
    const partitions = await catalog.partitionsOf(name);
    expect(partitions).toHaveLength(days.length);
    for (const { StorageDescriptor } of partitions)
      expect((StorageDescriptor?.Columns ?? []).map((column) => column.Name).sort()).toEqual(wanted);
  });
  await fc.assert(property, { numRuns: 20 });
  catalog.glue.destroy();
});
