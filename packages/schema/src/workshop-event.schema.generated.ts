// Emitted from ./workshop-event.ts by scripts/emit.ts. Change the type, then run `npm run emit`.
import type { ColumnsOf, GlueColumn, TableSchema } from '@store/glue-schema';
import type { WorkshopEvent } from './workshop-event.js';

const columns = {
  store_id: { name: 'store_id', type: { kind: 'string' }, comment: 'Store that reports.' },
  product_id: { name: 'product_id', type: { kind: 'string' }, comment: 'SKU.' },
  product_name: { name: 'product_name', type: { kind: 'string' }, comment: 'Name of that product.' },
  current_stock: { name: 'current_stock', type: { kind: 'int' }, comment: 'Stock on hand.' },
  threshold_level: { name: 'threshold_level', type: { kind: 'int' }, comment: 'Reorder point.' },
  is_stock_low: {
    name: 'is_stock_low',
    type: { kind: 'boolean' },
    comment: 'True while the stock on hand is below the reorder point.',
  },
  check_timestamp: {
    name: 'check_timestamp',
    type: { kind: 'timestamp', wire: 'epoch-seconds' },
    comment: 'When the shelf was checked, seconds since 1970-01-01 UTC.',
  },
  notification_sent: {
    name: 'notification_sent',
    type: { kind: 'boolean' },
    comment: 'True once the low stock was reported.',
  },
  restock_status: {
    name: 'restock_status',
    type: { kind: 'string' },
    comment: 'State of the replenishment: NOT_NEEDED, NEEDED or ORDERED.',
  },
} as const satisfies ColumnsOf<WorkshopEvent>;

/** Manifest of {@link WorkshopEvent}: columns in their committed order. */
export const workshopEventSchema: TableSchema = {
  name: 'WorkshopEvent',
  comment: 'The nine-field record of the workshop that this toolkit grew from.',
  columns: [
    columns.store_id,
    columns.product_id,
    columns.product_name,
    columns.current_stock,
    columns.threshold_level,
    columns.is_stock_low,
    columns.check_timestamp,
    columns.notification_sent,
    columns.restock_status,
  ],
};

/** Glue columns of {@link WorkshopEvent}, as the AWS console, CLI and API take them. */
export const workshopEventColumns: readonly GlueColumn[] = [
  { Name: 'store_id', Type: 'string', Comment: 'Store that reports.' },
  { Name: 'product_id', Type: 'string', Comment: 'SKU.' },
  { Name: 'product_name', Type: 'string', Comment: 'Name of that product.' },
  { Name: 'current_stock', Type: 'int', Comment: 'Stock on hand.' },
  { Name: 'threshold_level', Type: 'int', Comment: 'Reorder point.' },
  {
    Name: 'is_stock_low',
    Type: 'boolean',
    Comment: 'True while the stock on hand is below the reorder point.',
  },
  {
    Name: 'check_timestamp',
    Type: 'timestamp',
    Comment: 'When the shelf was checked, seconds since 1970-01-01 UTC.',
  },
  { Name: 'notification_sent', Type: 'boolean', Comment: 'True once the low stock was reported.' },
  {
    Name: 'restock_status',
    Type: 'string',
    Comment: 'State of the replenishment: NOT_NEEDED, NEEDED or ORDERED.',
  },
];
