import { aws_dynamodb as dynamodb, type RemovalPolicy } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { named } from './construct-props.js';

/**
 * The table that remembers restock requests, as `@store/restock/dynamodb` reads it: keyed by `request_id`, with an
 * index by state and time. It is billed by call, can be put back to any second of the last 35 days, and nothing in it
 * expires: an episode has no term.
 */
export function createLedger(
  scope: Construct,
  namePrefix: string | undefined,
  removalPolicy: RemovalPolicy,
): dynamodb.Table {
  const text = (name: string): dynamodb.Attribute => ({ name, type: dynamodb.AttributeType.STRING });
  const table = new dynamodb.Table(scope, 'Ledger', {
    ...named('tableName', namePrefix, 'restock'),
    partitionKey: text('request_id'),
    billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    removalPolicy,
  });
  table.addGlobalSecondaryIndex({
    indexName: 'by_state',
    partitionKey: text('state'),
    sortKey: text('asked_at'),
  });
  return table;
}
