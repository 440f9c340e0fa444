// Emitted from ./restock-request.ts by scripts/emit.ts. Change the type, then run `npm run emit`.
import type { ColumnsOf, GlueColumn, TableSchema } from '@store/glue-schema';
import type { RestockRequest } from './restock-request.js';

const columns = {
  request_id: {
    name: 'request_id',
    type: { kind: 'string' },
    comment: 'Derived from store, product and episode: the same however often the episode is seen.',
  },
  episode_sequence: {
    name: 'episode_sequence',
    type: { kind: 'bigint', wire: 'number' },
    comment: "Sequence of the store's event at which the stock fell below the threshold.",
  },
  episode_started_at: {
    name: 'episode_started_at',
    type: { kind: 'timestamp', wire: 'iso' },
    comment: 'Time of that event, UTC.',
  },
  store_id: { name: 'store_id', type: { kind: 'string' }, comment: 'Store whose shelf is low.' },
  store_name: { name: 'store_name', type: { kind: 'string' }, comment: 'Name of that store.' },
  city: { name: 'city', type: { kind: 'string' }, comment: 'City of that store.' },
  country: {
    name: 'country',
    type: { kind: 'string' },
    comment: 'Country of that store, ISO 3166-1 alpha-2 code.',
  },
  product_id: { name: 'product_id', type: { kind: 'string' }, comment: 'SKU that is low.' },
  product_name: { name: 'product_name', type: { kind: 'string' }, comment: 'Name of that product.' },
  category: { name: 'category', type: { kind: 'string' }, comment: 'Department that the product belongs to.' },
  current_stock: { name: 'current_stock', type: { kind: 'int' }, comment: 'Stock on hand after that event.' },
  min_threshold: { name: 'min_threshold', type: { kind: 'int' }, comment: 'Reorder point.' },
  on_order: {
    name: 'on_order',
    type: { kind: 'int' },
    comment: 'Units already ordered then and not yet delivered.',
  },
  quantity: { name: 'quantity', type: { kind: 'int' }, comment: 'Units to deliver.' },
} as const satisfies ColumnsOf<RestockRequest>;

/** Manifest of {@link RestockRequest}: columns in their committed order. */
export const restockRequestSchema: TableSchema = {
  name: 'RestockRequest',
  comment: 'What a store needs from the delivery trucks: one request for each low-stock episode.',
  columns: [
    columns.request_id,
    columns.episode_sequence,
    columns.episode_started_at,
    columns.store_id,
    columns.store_name,
    columns.city,
    columns.country,
    columns.product_id,
    columns.product_name,
    columns.category,
    columns.current_stock,
    columns.min_threshold,
    columns.on_order,
    columns.quantity,
  ],
};

/** Glue columns of {@link RestockRequest}, as the AWS console, CLI and API take them. */
export const restockRequestColumns: readonly GlueColumn[] = [
  {
    Name: 'request_id',
    Type: 'string',
    Comment: 'Derived from store, product and episode: the same however often the episode is seen.',
  },
  {
    Name: 'episode_sequence',
    Type: 'bigint',
    Comment: "Sequence of the store's event at which the stock fell below the threshold.",
  },
  { Name: 'episode_started_at', Type: 'timestamp', Comment: 'Time of that event, UTC.' },
  { Name: 'store_id', Type: 'string', Comment: 'Store whose shelf is low.' },
  { Name: 'store_name', Type: 'string', Comment: 'Name of that store.' },
  { Name: 'city', Type: 'string', Comment: 'City of that store.' },
  { Name: 'country', Type: 'string', Comment: 'Country of that store, ISO 3166-1 alpha-2 code.' },
  { Name: 'product_id', Type: 'string', Comment: 'SKU that is low.' },
  { Name: 'product_name', Type: 'string', Comment: 'Name of that product.' },
  { Name: 'category', Type: 'string', Comment: 'Department that the product belongs to.' },
  { Name: 'current_stock', Type: 'int', Comment: 'Stock on hand after that event.' },
  { Name: 'min_threshold', Type: 'int', Comment: 'Reorder point.' },
  { Name: 'on_order', Type: 'int', Comment: 'Units already ordered then and not yet delivered.' },
  { Name: 'quantity', Type: 'int', Comment: 'Units to deliver.' },
];
