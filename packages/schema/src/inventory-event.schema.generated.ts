// Emitted from ./inventory-event.ts by scripts/emit.ts. Change the type, then run `npm run emit`.
import type { ColumnsOf, GlueColumn, SameValues, TableSchema } from '@store/glue-schema';
import type { InventoryEvent } from './inventory-event.js';

const locationFields = {
  city: { name: 'city', type: { kind: 'string' }, comment: 'City, as its people write it.' },
  region: { name: 'region', type: { kind: 'string' }, comment: 'State, province or county.' },
  country: { name: 'country', type: { kind: 'string' }, comment: 'ISO 3166-1 alpha-2 code.' },
  latitude: { name: 'latitude', type: { kind: 'double' }, comment: 'Degrees north, WGS 84.' },
  longitude: { name: 'longitude', type: { kind: 'double' }, comment: 'Degrees east, WGS 84.' },
} as const satisfies ColumnsOf<NonNullable<InventoryEvent['location']>>;

const columns = {
  event_id: {
    name: 'event_id',
    type: { kind: 'string' },
    comment: 'Unique; the same for every retry and every shard layout.',
  },
  event_type: {
    name: 'event_type',
    type: {
      kind: 'string',
      values: [
        'adjustment',
        'order_placed',
        'price_change',
        'restock',
        'return',
        'sale',
        'shrinkage',
        'stock_count',
      ],
    },
    comment: 'What happened.',
  },
  event_time: {
    name: 'event_time',
    type: { kind: 'timestamp', wire: 'iso' },
    comment: 'When it happened, UTC, in milliseconds.',
  },
  sequence: {
    name: 'sequence',
    type: { kind: 'bigint', wire: 'number' },
    comment: 'Rises by one for each event of a store; breaks ties in time.',
  },
  store_id: { name: 'store_id', type: { kind: 'string' }, comment: 'Store that reports.' },
  store_name: { name: 'store_name', type: { kind: 'string' }, comment: 'Name of that store.' },
  location: {
    name: 'location',
    type: {
      kind: 'struct',
      fields: [
        locationFields.city,
        locationFields.region,
        locationFields.country,
        locationFields.latitude,
        locationFields.longitude,
      ],
    },
    comment: 'Where the store stands.',
  },
  product_id: { name: 'product_id', type: { kind: 'string' }, comment: 'SKU.' },
  product_name: { name: 'product_name', type: { kind: 'string' }, comment: 'Name of that product.' },
  category: { name: 'category', type: { kind: 'string' }, comment: 'Department that the product belongs to.' },
  unit_price: {
    name: 'unit_price',
    type: { kind: 'decimal', precision: 10, scale: 2 },
    comment: "Selling price of one unit in the store's currency.",
  },
  quantity_delta: {
    name: 'quantity_delta',
    type: { kind: 'int' },
    comment: 'Signed change of the stock on hand; 0 where nothing moved.',
  },
  current_stock: { name: 'current_stock', type: { kind: 'int' }, comment: 'Stock on hand after the event.' },
  min_threshold: { name: 'min_threshold', type: { kind: 'int' }, comment: 'Reorder point.' },
  on_order: { name: 'on_order', type: { kind: 'int' }, comment: 'Units ordered and not yet delivered.' },
  is_low_stock: {
    name: 'is_low_stock',
    type: { kind: 'boolean' },
    comment: 'True while the stock on hand is below the threshold.',
  },
} as const satisfies ColumnsOf<InventoryEvent>;

true satisfies SameValues<NonNullable<InventoryEvent['event_type']>, 'adjustment' | 'order_placed' | 'price_change' | 'restock' | 'return' | 'sale' | 'shrinkage' | 'stock_count'>;

/** Manifest of {@link InventoryEvent}: columns in their committed order. */
export const inventoryEventSchema: TableSchema = {
  name: 'InventoryEvent',
  comment: 'One report of one store about one product: what moved, what is on the shelf, what the threshold is.',
  columns: [
    columns.event_id,
    columns.event_type,
    columns.event_time,
    columns.sequence,
    columns.store_id,
    columns.store_name,
    columns.location,
    columns.product_id,
    columns.product_name,
    columns.category,
    columns.unit_price,
    columns.quantity_delta,
    columns.current_stock,
    columns.min_threshold,
    columns.on_order,
    columns.is_low_stock,
  ],
};

/** Glue columns of {@link InventoryEvent}, as the AWS console, CLI and API take them. */
export const inventoryEventColumns: readonly GlueColumn[] = [
  {
    Name: 'event_id',
    Type: 'string',
    Comment: 'Unique; the same for every retry and every shard layout.',
  },
  { Name: 'event_type', Type: 'string', Comment: 'What happened.' },
  { Name: 'event_time', Type: 'timestamp', Comment: 'When it happened, UTC, in milliseconds.' },
  {
    Name: 'sequence',
    Type: 'bigint',
    Comment: 'Rises by one for each event of a store; breaks ties in time.',
  },
  { Name: 'store_id', Type: 'string', Comment: 'Store that reports.' },
  { Name: 'store_name', Type: 'string', Comment: 'Name of that store.' },
  {
    Name: 'location',
    Type: 'struct<city:string,region:string,country:string,latitude:double,longitude:double>',
    Comment: 'Where the store stands.',
  },
  { Name: 'product_id', Type: 'string', Comment: 'SKU.' },
  { Name: 'product_name', Type: 'string', Comment: 'Name of that product.' },
  { Name: 'category', Type: 'string', Comment: 'Department that the product belongs to.' },
  {
    Name: 'unit_price',
    Type: 'decimal(10,2)',
    Comment: "Selling price of one unit in the store's currency.",
  },
  {
    Name: 'quantity_delta',
    Type: 'int',
    Comment: 'Signed change of the stock on hand; 0 where nothing moved.',
  },
  { Name: 'current_stock', Type: 'int', Comment: 'Stock on hand after the event.' },
  { Name: 'min_threshold', Type: 'int', Comment: 'Reorder point.' },
  { Name: 'on_order', Type: 'int', Comment: 'Units ordered and not yet delivered.' },
  {
    Name: 'is_low_stock',
    Type: 'boolean',
    Comment: 'True while the stock on hand is below the threshold.',
  },
];
