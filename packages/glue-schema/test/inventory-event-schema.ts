import type { TableSchema } from '../src/index.js';

/** The inventory event's manifest, as the compiler emits it. */
export const inventoryEvent: TableSchema = {
  name: 'InventoryEvent',
  comment: 'One report of one store about one product.',
  columns: [
    { name: 'event_id', type: { kind: 'string' } },
    {
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
    },
    { name: 'event_time', type: { kind: 'timestamp', wire: 'iso' } },
    { name: 'sequence', type: { kind: 'bigint', wire: 'number' } },
    { name: 'store_id', type: { kind: 'string' } },
    { name: 'store_name', type: { kind: 'string' } },
    {
      name: 'location',
      comment: 'Where the store stands.',
      type: {
        kind: 'struct',
        fields: [
          { name: 'city', type: { kind: 'string' } },
          { name: 'region', type: { kind: 'string' } },
          { name: 'country', type: { kind: 'string' } },
          { name: 'latitude', type: { kind: 'double' } },
          { name: 'longitude', type: { kind: 'double' } },
        ],
      },
    },
    { name: 'product_id', type: { kind: 'string' } },
    { name: 'product_name', type: { kind: 'string' } },
    { name: 'category', type: { kind: 'string' } },
    { name: 'unit_price', type: { kind: 'decimal', precision: 10, scale: 2 } },
    { name: 'quantity_delta', type: { kind: 'int' } },
    { name: 'current_stock', type: { kind: 'int' } },
    { name: 'min_threshold', type: { kind: 'int' } },
    { name: 'on_order', type: { kind: 'int' } },
    { name: 'is_low_stock', type: { kind: 'boolean' } },
  ],
};

/** An event of that type. */
export const sampleEvent = {
  event_id: 'store-0001-000123',
  event_type: 'sale',
  event_time: '2026-01-05T08:30:00.000Z',
  sequence: 12345,
  store_id: 'store-0001',
  store_name: 'Springfield Market',
  location: {
    city: 'Springfield',
    region: 'Illinois',
    country: 'US',
    latitude: 39.7817,
    longitude: -89.6501,
  },
  product_id: 'sku-000123',
  product_name: 'Organic Whole Milk 1 L',
  category: 'Dairy',
  unit_price: '12.50',
  quantity_delta: -3,
  current_stock: 17,
  min_threshold: 20,
  on_order: 40,
  is_low_stock: true,
};
