export {
  createDynamoDbLedger,
  type ConditionalCall,
  type DynamoDbClient,
  type DynamoDbLedgerOptions,
} from './dynamodb-ledger.js';
export type { AttributeValue, Item } from './ledger-item.js';
export { ledgerTable, type LedgerTable } from './ledger-table.js';
