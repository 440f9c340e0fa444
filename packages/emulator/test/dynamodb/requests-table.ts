import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';

/** A table with an index by state and time. */
export function requestTable(TableName: string): CreateTableCommandInput {
  return {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['request_id', 'state', 'asked_at'].map((AttributeName) => ({
      AttributeName,
      AttributeType: 'S',
    })),
    KeySchema: [{ AttributeName: 'request_id', KeyType: 'HASH' }],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'by_state',
        KeySchema: [
          { AttributeName: 'state', KeyType: 'HASH' },
          { AttributeName: 'asked_at', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  };
}

const Key = { request_id: { S: 'a' } };
const invalid = 'ValidationException';
const state = { ExpressionAttributeNames: { '#s': 'state' } };
const one = { ExpressionAttributeValues: { ':v': { N: '1' } } };
const put = (Item: object, more: object = {}): object => ({ Item: { ...Key, ...Item }, ...more });
const when = (ConditionExpression: string, more: object = {}): object =>
  put({}, { ConditionExpression, ...more });
const set = (UpdateExpression: string, more: object = {}): object => ({ Key, UpdateExpression, ...more });
const query = (KeyConditionExpression: string, more: object = {}): object => ({
  KeyConditionExpression,
  ...one,
  ...more,
});

/** What DynamoDB refuses, and in which words (API references and answers of the service, as its clients show them). */
export const refusals: readonly {
  readonly action: string;
  readonly input: object;
  readonly name: string;
  readonly says: string;
}[] = (
  [
    [
      'putItem',
      { TableName: 'nobody', Item: Key },
      'ResourceNotFoundException',
      'Requested resource not found',
    ],
    [
      'describeTable',
      { TableName: 'nobody' },
      'ResourceNotFoundException',
      'Requested resource not found: Table: nobody not found',
    ],
    [
      'putItem',
      { Item: { a: { S: 'b' } } },
      invalid,
      'One or more parameter values were invalid: Missing the key request_id in the item',
    ],
    [
      'putItem',
      { Item: { request_id: { N: '1' } } },
      invalid,
      'One or more parameter values were invalid: Type mismatch for key request_id expected: S actual: N',
    ],
    [
      'putItem',
      { Item: { request_id: { S: '' } } },
      invalid,
      'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: request_id',
    ],
    [
      'putItem',
      put({ state: { N: '1' } }),
      invalid,
      'One or more parameter values were invalid: Type mismatch for Index Key state Expected: S Actual: N IndexName: by_state',
    ],
    [
      'getItem',
      { Key: { other: { S: 'a' } } },
      invalid,
      'The provided key element does not match the schema',
    ],
    [
      'putItem',
      put({ text: { S: 'x'.repeat(400 * 1024) } }),
      invalid,
      'Item size has exceeded the maximum allowed size',
    ],
    [
      'putItem',
      put({ n: { N: '123456789012345678901234567890123456789' } }),
      invalid,
      'Attempting to store more than 38 significant digits in a Number',
    ],
    [
      'putItem',
      put({ n: { N: 'ten' } }),
      invalid,
      'The parameter cannot be converted to a numeric value: ten',
    ],
    [
      'putItem',
      put({ n: { N: '1E126' } }),
      invalid,
      'Number overflow. Attempting to store a number with magnitude larger than supported range',
    ],
    [
      'putItem',
      put({ s: { SS: [] } }),
      invalid,
      'One or more parameter values were invalid: An string set  may not be empty',
    ],
    [
      'putItem',
      when('attribute_not_exists(state)'),
      invalid,
      'Invalid ConditionExpression: Attribute name is a reserved keyword; reserved keyword: state',
    ],
    [
      'putItem',
      when('a = :v AND', one),
      invalid,
      'Invalid ConditionExpression: Syntax error; token: "<EOF>", near: "AND"',
    ],
    [
      'putItem',
      when('a = :other', one),
      invalid,
      'Invalid ConditionExpression: An expression attribute value used in expression is not defined; attribute value: :other',
    ],
    [
      'putItem',
      when('#other = :v', { ...one, ...state }),
      invalid,
      'Invalid ConditionExpression: An expression attribute name used in the document path is not defined; attribute name: #other',
    ],
    [
      'putItem',
      when('a = :v', { ...one, ...state }),
      invalid,
      'Value provided in ExpressionAttributeNames unused in expressions: keys: {#s}',
    ],
    [
      'putItem',
      put({}, state),
      invalid,
      'ExpressionAttributeNames can only be specified when using expressions',
    ],
    ['putItem', put({}, { ReturnValues: 'ALL_NEW' }), invalid, 'Return values set to invalid value: ALL_NEW'],
    [
      'putItem',
      put({}, { Expected: { a: { Exists: false } } }),
      invalid,
      'The parameter Expected is not served here: write a ConditionExpression',
    ],
    [
      'updateItem',
      set('SET request_id = :v', one),
      invalid,
      'One or more parameter values were invalid: Cannot update attribute request_id. This attribute is part of the key',
    ],
    [
      'updateItem',
      set('SET a = :v, a = :v', one),
      invalid,
      'Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a]',
    ],
    [
      'updateItem',
      set('SET a = absentee + :v', one),
      invalid,
      'The provided expression refers to an attribute that does not exist in the item',
    ],
    [
      'updateItem',
      set('SET a = :v SET b = :v', one),
      invalid,
      'Invalid UpdateExpression: The "SET" section can only be used once in an update expression;',
    ],
    [
      'updateItem',
      set('ADD labels :s', { ExpressionAttributeValues: { ':s': { SS: ['a'] } } }),
      invalid,
      'ADD to a set is not served here: SET the whole set',
    ],
    ['query', query('elsewhere = :v'), invalid, 'Query condition missed key schema element: request_id'],
    ['query', query('request_id > :v'), invalid, 'Query key condition not supported'],
    [
      'query',
      query('request_id = :v'),
      invalid,
      'One or more parameter values were invalid: Condition parameter type does not match schema type',
    ],
    [
      'query',
      query('a = :v', { IndexName: 'nothing' }),
      invalid,
      'The table does not have the specified index: nothing',
    ],
    [
      'query',
      query('a = :v', { IndexName: 'by_state', ConsistentRead: true }),
      invalid,
      'Consistent reads are not supported on global secondary indexes',
    ],
    ['scan', {}, 'UnknownOperationException', "DynamoDB's Scan is not served here"],
    [
      'transactWriteItems',
      { TransactItems: [] },
      'UnknownOperationException',
      "DynamoDB's TransactWriteItems is not served here",
    ],
  ] as const
).map(([action, input, name, says]) => ({ action, input, name, says }));
