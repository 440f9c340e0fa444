import {
  BatchGetItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Clock } from '@store/foundation';
import type { RestockLedger } from '@store/restock';
import { createDynamoDbLedger, type DynamoDbClient } from '@store/restock/dynamodb';
import { calling, clientSettings } from './aws/clients.js';
import { requiredText, wholeNumber, type Environment } from './environment.js';

/**
 * Opens the ledger that the environment names: `RESTOCK_TABLE`, a table of `ledgerTable`, and `LEASE_MS`, the time that one
 * invocation may need to tell the trucks; it ends before the queue gives the message to another one.
 *
 * @throws HandlerError `INVALID_CONFIG`
 */
export function openRequestLedger(env: Environment, clock: Clock): RestockLedger {
  const tableName = requiredText(env, 'RESTOCK_TABLE');
  const leaseMs = wholeNumber(env, 'LEASE_MS', { least: 1000, most: 86_400_000, otherwise: 300_000 });
  return createDynamoDbLedger(dynamodbClient(env), { tableName, leaseMs, clock });
}

/** DynamoDB as `@store/restock` calls it. */
function dynamodbClient(env: Environment): DynamoDbClient {
  const client = new DynamoDBClient(clientSettings('DYNAMODB', env));
  return {
    putItem: async (input) => calling('dynamodb:PutItem', client.send(new PutItemCommand(input))),
    updateItem: async (input) => calling('dynamodb:UpdateItem', client.send(new UpdateItemCommand(input))),
    getItem: async (input) => calling('dynamodb:GetItem', client.send(new GetItemCommand(input))),
    batchGetItem: async (input) =>
      calling('dynamodb:BatchGetItem', client.send(new BatchGetItemCommand(input))),
    query: async (input) => calling('dynamodb:Query', client.send(new QueryCommand(input))),
  };
}
