import {
  ConditionalCheckFailedException,
  DynamoDB,
  ResourceInUseException,
  ResourceNotFoundException,
  waitUntilTableExists,
  type AttributeValue,
} from '@aws-sdk/client-dynamodb';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEmulator, type Emulator } from '../../src/index.js';
import { refusals, requestTable } from './requests-table.js';

let dataDir: string;
let emulator: Emulator;
let dynamodb: DynamoDB;

const clientOf = ({ endpoint }: Emulator): DynamoDB =>
  new DynamoDB({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret' },
    maxAttempts: 1,
  });

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'dynamodb-'));
  emulator = await startEmulator({ dataDir });
  dynamodb = clientOf(emulator);
  await dynamodb.createTable(requestTable('requests'));
});

afterAll(async () => {
  dynamodb.destroy();
  await emulator.close();
  await rm(dataDir, { recursive: true, force: true });
});

const TableName = 'requests';
const key = (id: string): Record<string, AttributeValue> => ({ request_id: { S: id } });
const itemOf = async (id: string): Promise<Record<string, AttributeValue> | undefined> =>
  (await dynamodb.getItem({ TableName, Key: key(id), ConsistentRead: true })).Item;

test('a table is made, found, listed and deleted, and one name names one table', async () => {
  const { TableDescription } = await dynamodb.createTable(requestTable('another'));
  expect(TableDescription).toMatchObject({
    TableStatus: 'ACTIVE',
    TableArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/another',
    BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
    GlobalSecondaryIndexes: [{ IndexName: 'by_state', IndexStatus: 'ACTIVE', ItemCount: 0 }],
  });
  expect(TableDescription?.CreationDateTime).toBeInstanceOf(Date);
  await waitUntilTableExists({ client: dynamodb, maxWaitTime: 60 }, { TableName: 'another' });
  await expect(dynamodb.createTable(requestTable('another'))).rejects.toThrow(ResourceInUseException);
  expect((await dynamodb.listTables({ Limit: 1 })).TableNames).toEqual(['another']);
  expect(await dynamodb.listTables({ ExclusiveStartTableName: 'another' })).toMatchObject({
    TableNames: ['requests'],
  });
  await dynamodb.deleteTable({ TableName: 'another' });
  await expect(dynamodb.describeTable({ TableName: 'another' })).rejects.toThrow(ResourceNotFoundException);
});

test('of twenty puts of one item on condition that it is not there, one wins and the others are told', async () => {
  const outcomes = await Promise.allSettled(
    Array.from({ length: 20 }, async (_, n) =>
      dynamodb.putItem({
        TableName,
        Item: { ...key('race'), planner: { N: String(n) } },
        ConditionExpression: 'attribute_not_exists(request_id)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    ),
  );
  const won = outcomes.flatMap(({ status }, n) => (status === 'fulfilled' ? [n] : []));
  expect(won).toHaveLength(1);
  const item = await itemOf('race');
  expect(item).toEqual({ ...key('race'), planner: { N: String(won[0]) } });
  for (const outcome of outcomes) {
    if (outcome.status === 'fulfilled') continue;
    expect(outcome.reason).toBeInstanceOf(ConditionalCheckFailedException);
    expect(outcome.reason).toMatchObject({ message: 'The conditional request failed', Item: item });
  }
});

test('racing additions all count, and a move on condition of the state before is made once', async () => {
  await Promise.all(
    Array.from({ length: 20 }, async () =>
      dynamodb.updateItem({
        TableName,
        Key: key('sum'),
        UpdateExpression: 'ADD tally :one SET #state = if_not_exists(#state, :asked)',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: { ':one': { N: '1' }, ':asked': { S: 'asked' } },
      }),
    ),
  );
  expect(await itemOf('sum')).toEqual({ ...key('sum'), tally: { N: '20' }, state: { S: 'asked' } });
  const move = async (): Promise<unknown> =>
    dynamodb.updateItem({
      TableName,
      Key: key('sum'),
      UpdateExpression: 'SET #state = :next, tally = tally - :one REMOVE gone',
      ConditionExpression:
        '#state = :before AND (NOT tally BETWEEN :low AND :one OR attribute_exists(nothing))',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: {
        ':before': { S: 'asked' },
        ':next': { S: 'acknowledged' },
        ':one': { N: '1' },
        ':low': { N: '0' },
      },
      ReturnValues: 'UPDATED_NEW',
    });
  const outcomes = await Promise.allSettled([move(), move(), move()]);
  const answers = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  expect(answers).toEqual([
    expect.objectContaining({ Attributes: { state: { S: 'acknowledged' }, tally: { N: '19' } } }),
  ]);
});

test('numbers keep 38 digits, and every type comes back as it was put', async () => {
  const Item: Record<string, AttributeValue> = {
    ...key('types'),
    exact: { N: '12345678901234567890123456789.012345678' },
    small: { N: '1E-130' },
    rounded: { N: '-0.50E1' },
    zero: { N: '-0' },
    bytes: { B: new Uint8Array([1, 2, 255]) },
    flag: { BOOL: true },
    none: { NULL: true },
    names: { SS: ['b', 'a'] },
    sizes: { NS: ['1.0', '2'] },
    list: { L: [{ S: '' }, { M: { deeper: { N: '7' } } }] },
    ['__proto__']: { S: 'an attribute like any other' },
  };
  Object.defineProperty(Item, '__proto__', { value: { S: 'own' }, enumerable: true });
  await dynamodb.putItem({ TableName, Item });
  const found = await itemOf('types');
  expect(found).toMatchObject({
    exact: Item.exact,
    small: { N: `0.${'0'.repeat(129)}1` },
    rounded: { N: '-5' },
    zero: { N: '0' },
    bytes: { B: new Uint8Array([1, 2, 255]) },
    sizes: { NS: ['1', '2'] },
    list: Item.list,
  });
  const { Item: part } = await dynamodb.getItem({
    TableName,
    Key: key('types'),
    ProjectionExpression: '#list[1].deeper, flag, absentee',
    ExpressionAttributeNames: { '#list': 'list' },
  });
  expect(part).toEqual({ list: { L: [{ M: { deeper: { N: '7' } } }] }, flag: { BOOL: true } });
});

test('an index gives what is under a key, in order and by pages, and follows each change', async () => {
  for (let n = 0; n < 7; n++) {
    await dynamodb.putItem({
      TableName,
      Item: { ...key(`q${n}`), state: { S: 'open' }, asked_at: { S: `2026-01-0${n + 1}` } },
    });
  }
  // Without the index's key it is not in the index.
  await dynamodb.putItem({ TableName, Item: { ...key('q9'), state: { S: 'open' } } });
  const pages: (string | undefined)[][] = [];
  let from: Record<string, AttributeValue> | undefined;
  do {
    const page = await dynamodb.query({
      TableName,
      IndexName: 'by_state',
      KeyConditionExpression: '#state = :open AND asked_at >= :from',
      FilterExpression: 'attribute_exists(request_id)',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: { ':open': { S: 'open' }, ':from': { S: '2026-01-02' } },
      ScanIndexForward: false,
      Limit: 4,
      ...(from === undefined ? {} : { ExclusiveStartKey: from }),
    });
    pages.push((page.Items ?? []).map((item) => item.request_id?.S));
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  expect(pages).toEqual([
    ['q6', 'q5', 'q4', 'q3'],
    ['q2', 'q1'],
  ]);
  await dynamodb.deleteItem({ TableName, Key: key('q6') });
  const { Count } = await dynamodb.query({
    TableName,
    IndexName: 'by_state',
    Select: 'COUNT',
    KeyConditionExpression: '#state = :open',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: { ':open': { S: 'open' } },
  });
  expect(Count).toBe(6);
  const { Responses } = await dynamodb.batchGetItem({
    RequestItems: { [TableName]: { Keys: [key('q0'), key('nobody')], ConsistentRead: true } },
  });
  expect(Responses?.[TableName]?.map((item) => item.request_id?.S)).toEqual(['q0']);
});

test.each(refusals)('$says', async ({ action, input, name, says }) => {
  const call = (dynamodb as unknown as Record<string, (input: unknown) => Promise<unknown>>)[action];
  await expect(call?.call(dynamodb, { TableName, ...input })).rejects.toMatchObject({ name, message: says });
});

test('what was answered is there after a restart, and a reset leaves nothing', async () => {
  const before = await itemOf('sum');
  await emulator.close();
  emulator = await startEmulator({ dataDir });
  dynamodb = clientOf(emulator);
  expect(await itemOf('sum')).toEqual(before);
  expect((await dynamodb.describeTable({ TableName })).Table).toMatchObject({ ItemCount: 10 });
  await emulator.reset();
  expect((await dynamodb.listTables({})).TableNames).toEqual([]);
});
