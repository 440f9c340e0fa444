import { systemClock } from '@store/foundation';
import { expect, onTestFinished, test } from 'vitest';
import { createDynamoDbService } from '../../src/dynamodb/dynamodb-service.js';
import { answerCall } from '../../src/wire/service-entry.js';
import { requestContext } from '../service-context.js';

async function tableNamed(TableName: string): Promise<(action: string, input?: object) => Promise<unknown>> {
  const service = await createDynamoDbService({ clock: systemClock });
  onTestFinished(() => service.close());
  const call = (action: string, input: object = {}): Promise<unknown> =>
    answerCall(service, action, input, requestContext());
  await call('CreateTable', {
    TableName,
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
  });
  return call;
}

test('a number of hundreds of thousands of zeros is refused like any other that is too long', async () => {
  const call = await tableNamed('shelves');
  const Item = { id: { S: 'a' }, n: { N: `1${'0'.repeat(300_000)}1` } };
  await expect(call('PutItem', { TableName: 'shelves', Item })).rejects.toThrow('Number overflow');
  await call('PutItem', {
    TableName: 'shelves',
    Item: { id: { S: 'a' }, n: { N: `1${'0'.repeat(300)}e-300` } },
  });
  expect(await call('GetItem', { TableName: 'shelves', Key: { id: { S: 'a' } } })).toEqual({
    Item: { id: { S: 'a' }, n: { N: '1' } },
  });
});

test('a table may be called __proto__', async () => {
  const call = await tableNamed('__proto__');
  const Item = { id: { S: 'a' } };
  await call('PutItem', { TableName: '__proto__', Item });
  const answer = await call('BatchGetItem', {
    RequestItems: Object.fromEntries([['__proto__', { Keys: [Item] }]]),
  });
  expect(JSON.stringify(answer)).toBe('{"Responses":{"__proto__":[{"id":{"S":"a"}}]},"UnprocessedKeys":{}}');
});
