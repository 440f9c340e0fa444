import { checkInput } from '../errors.js';

/** Index of the entries by state and time. */
export const stateIndex = 'by_state';

/** A table as CreateTable takes it. */
export interface LedgerTable {
  /** Its name. */
  readonly TableName: string;
  /** Billed by call. */
  readonly BillingMode: 'PAY_PER_REQUEST';
  /** Attributes of the keys: all of them text. */
  readonly AttributeDefinitions: { AttributeName: string; AttributeType: 'S' }[];
  /** The request's id. */
  readonly KeySchema: { AttributeName: string; KeyType: 'HASH' }[];
  /** The index by state and time. */
  readonly GlobalSecondaryIndexes: {
    IndexName: string;
    KeySchema: { AttributeName: string; KeyType: 'HASH' | 'RANGE' }[];
    Projection: { ProjectionType: 'ALL' };
  }[];
}

/**
 * Returns the table of a ledger, as CreateTable takes it: keyed by `request_id`, with an index by state and time.
 *
 * @example
 * ```ts
 * import { ledgerTable } from '@store/restock/dynamodb';
 *
 * console.log(ledgerTable('restock').KeySchema); // [ { AttributeName: 'request_id', KeyType: 'HASH' } ]
 * ```
 *
 * @throws RestockError `INVALID_OPTION`
 */
export function ledgerTable(tableName: string): LedgerTable {
  checkInput('tableName', tableName, 'text');
  return {
    TableName: tableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['request_id', 'state', 'asked_at'].map((AttributeName) => ({
      AttributeName,
      AttributeType: 'S',
    })),
    KeySchema: [{ AttributeName: 'request_id', KeyType: 'HASH' }],
    GlobalSecondaryIndexes: [
      {
        IndexName: stateIndex,
        KeySchema: [
          { AttributeName: 'state', KeyType: 'HASH' },
          { AttributeName: 'asked_at', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  };
}
