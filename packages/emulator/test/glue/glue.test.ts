import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { answerCall } from '../../src/wire/service-entry.js';
import { createGlueService, type GlueService } from '../../src/glue/glue-service.js';
import { requestContext, turnedClock } from '../service-context.js';

type Answer = Readonly<Record<string, unknown>>;

async function call(service: GlueService, action: string, input: unknown): Promise<Answer> {
  // Every answer of this service is an object.
  return (await answerCall(service, action, input, requestContext())) as Answer;
}

const columns = [
  { Name: 'event_id', Type: 'string' },
  { Name: 'current_stock', Type: 'int' },
  { Name: 'location', Type: 'struct<city:string,latitude:double>' },
];
const tableInput = {
  Name: 'Events',
  StorageDescriptor: { Columns: columns, Location: 's3://lake/events/' },
  PartitionKeys: [{ Name: 'datehour', Type: 'string' }],
  Parameters: { classification: 'parquet' },
};

async function withTable(journal?: string): Promise<GlueService> {
  const service = await createGlueService({
    clock: turnedClock(),
    ...(journal === undefined ? {} : { journal }),
  });
  await call(service, 'CreateDatabase', { DatabaseInput: { Name: 'Inventory' } });
  await call(service, 'CreateTable', { DatabaseName: 'inventory', TableInput: tableInput });
  return service;
}

test('a table is found under any case of its name, with version 0', async () => {
  const service = await withTable();
  const { Table } = await call(service, 'GetTable', { DatabaseName: 'INVENTORY', Name: 'EVENTS' });
  expect(Table).toMatchObject({ Name: 'events', DatabaseName: 'inventory', VersionId: '0' });
  expect(service.catalog.getTable('Inventory', 'Events')).toEqual({
    databaseName: 'inventory',
    name: 'events',
    versionId: '0',
    columns,
    partitionKeys: [{ Name: 'datehour', Type: 'string' }],
    sortColumns: [],
    location: 's3://lake/events/',
    parameters: { classification: 'parquet' },
    partitions: expect.any(Function) as unknown,
  });
});

test('of two updates with the same version one is refused, as AWS words it', async () => {
  const service = await withTable();
  const update = (): Promise<Answer> =>
    call(service, 'UpdateTable', {
      DatabaseName: 'inventory',
      TableInput: tableInput,
      VersionId: '0',
    });
  const outcomes = await Promise.allSettled([update(), update()]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  await expect(update()).rejects.toMatchObject({
    code: 'ConcurrentModificationException',
    message: 'Update table failed due to concurrent modifications.',
  });
});

test('versions are archived unless asked not to, and can be read and dropped', async () => {
  const service = await withTable();
  const table = { DatabaseName: 'inventory', TableName: 'events' };
  const change = (SkipArchive: boolean): Promise<Answer> =>
    call(service, 'UpdateTable', { DatabaseName: 'inventory', TableInput: tableInput, SkipArchive });
  await change(false);
  await change(true);
  await change(false);
  const versions = async (): Promise<unknown> => {
    const { TableVersions } = await call(service, 'GetTableVersions', table);
    return (TableVersions as readonly Answer[]).map(({ VersionId }) => VersionId);
  };
  expect(await versions()).toEqual(['3', '2', '0']);
  await call(service, 'DeleteTableVersion', { ...table, VersionId: '0' });
  expect(await versions()).toEqual(['3', '2']);
  const old = await call(service, 'GetTableVersion', { ...table, VersionId: '2' });
  expect(old.TableVersion).toMatchObject({ VersionId: '2', Table: { VersionId: '2' } });
  await expect(call(service, 'DeleteTableVersion', { ...table, VersionId: '3' })).rejects.toMatchObject({
    code: 'InvalidInputException',
  });
});

test('names that Athena and Firehose could not read are refused', async () => {
  const service = await withTable();
  const create = (Columns: unknown, more: object = {}): Promise<Answer> =>
    call(service, 'CreateTable', {
      DatabaseName: 'inventory',
      TableInput: { Name: 't', StorageDescriptor: { Columns }, ...more },
    });
  for (const [bad, message] of [
    [
      [
        { Name: 'a', Type: 'int' },
        { Name: 'A', Type: 'int' },
      ],
      'Column "a" appears twice',
    ],
    [[{ Name: 'a\nb', Type: 'int' }], 'regular expression pattern'],
    [[{ Name: '', Type: 'int' }], 'greater than or equal to 1'],
    [[{ Name: 'é'.repeat(200), Type: 'int' }], '255 bytes'],
  ] as const) {
    await expect(create(bad), message).rejects.toThrow(message);
  }
  await expect(
    create([{ Name: 'a', Type: 'int' }], { PartitionKeys: [{ Name: 'a', Type: 'string' }] }),
  ).rejects.toThrow('appears twice');
  await expect(create([], { PartitionKeys: [{ Name: 'k', Type: 'array<int>' }] })).rejects.toThrow(
    'primitive',
  );
  await expect(create([], { VersionId: '1' })).rejects.toThrow('Unknown parameter');
});

test('what is missing or there already is said with AWS’s codes', async () => {
  const service = await withTable();
  const missing = { code: 'EntityNotFoundException' };
  const there = { code: 'AlreadyExistsException' };
  const table = { DatabaseName: 'inventory', TableInput: tableInput };
  await expect(call(service, 'GetDatabase', { Name: 'x' })).rejects.toMatchObject(missing);
  await expect(call(service, 'GetTable', { DatabaseName: 'inventory', Name: 'x' })).rejects.toMatchObject({
    ...missing,
    message: 'Table x not found.',
  });
  await expect(call(service, 'CreateTable', table)).rejects.toMatchObject(there);
  await expect(
    call(service, 'CreateDatabase', { DatabaseInput: { Name: 'inventory' } }),
  ).rejects.toMatchObject(there);
  await expect(call(service, 'Nonsense', {})).rejects.toMatchObject({
    code: 'UnknownOperationException',
  });
});

test('partitions are put, found by expression, moved and dropped', async () => {
  const service = await withTable();
  const table = { DatabaseName: 'inventory', TableName: 'events' };
  const { Errors } = await call(service, 'BatchCreatePartition', {
    ...table,
    PartitionInputList: [
      { Values: ['2026-11-23-04'] },
      { Values: ['2026-11-23-05'] },
      { Values: ['2026-11-23-04'] },
      { Values: [] },
    ],
  });
  expect(Errors).toMatchObject([
    { ErrorDetail: { ErrorCode: 'AlreadyExistsException' } },
    { ErrorDetail: { ErrorCode: 'InvalidInputException' } },
  ]);
  const found = async (Expression?: string): Promise<unknown> => {
    const { Partitions } = await call(service, 'GetPartitions', { ...table, Expression });
    return (Partitions as readonly Answer[]).flatMap(({ Values }) => Values);
  };
  expect(await found()).toEqual(['2026-11-23-04', '2026-11-23-05']);
  expect(await found(`datehour > '2026-11-23-04' and datehour in ('2026-11-23-05')`)).toEqual([
    '2026-11-23-05',
  ]);
  await call(service, 'UpdatePartition', {
    ...table,
    PartitionValueList: ['2026-11-23-05'],
    PartitionInput: { Values: ['2026-11-23-06'] },
  });
  await call(service, 'DeletePartition', { ...table, PartitionValues: ['2026-11-23-04'] });
  expect(await found()).toEqual(['2026-11-23-06']);
  await expect(found('datehour likes 5')).rejects.toMatchObject({ code: 'InvalidInputException' });
});

test('lists come in pages', async () => {
  const service = await withTable();
  for (const name of ['a', 'b', 'c']) {
    await call(service, 'CreateTable', { DatabaseName: 'inventory', TableInput: { Name: name } });
  }
  const names: unknown[] = [];
  let token: unknown;
  do {
    const page = await call(service, 'GetTables', {
      DatabaseName: 'inventory',
      MaxResults: 2,
      NextToken: token,
    });
    names.push((page.TableList as readonly Answer[]).map(({ Name }) => Name));
    token = page.NextToken;
  } while (token !== undefined);
  expect(names).toEqual([
    ['events', 'a'],
    ['b', 'c'],
  ]);
});

test('the catalog outlives the process', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'glue-'));
  const journal = join(folder, 'glue.journal');
  const first = await withTable(journal);
  await call(first, 'UpdateTable', { DatabaseName: 'inventory', TableInput: tableInput });
  await first.close();
  const second = await createGlueService({ clock: turnedClock(), journal });
  expect(second.catalog.getTable('inventory', 'events')?.versionId).toBe('1');
  expect(second.catalog.getTable('inventory', 'events', '0')?.versionId).toBe('0');
  await second.close();
  await rm(folder, { recursive: true });
});
