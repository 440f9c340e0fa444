import type { MappingDocument } from '../mapping/document.js';

/** From practice: the item library's export. Each location has its own columns. */
export const squareFile: MappingDocument = {
  version: 1,
  name: 'square',
  description: 'Square Dashboard, Items > Actions > Export library: one row for each variation',
  mode: 'snapshot',
  looseNames: ['*'],
  unpivot: {
    name: 'location',
    columns: { quantity: 'Current Quantity *', alert: 'Stock Alert Count *' },
  },
  // A location that does not count the item.
  skipWhen: { quantity: [''] },
  fields: {
    store_id: { from: 'location' },
    product_id: { from: ['SKU', 'Token'] },
    product_name: { join: ['Item Name', 'Variation Name'], with: ' - ' },
    category: { from: ['Category', 'Categories', 'Reporting Category'], extract: 'last-of-path' },
    unit_price: { from: 'Price', extract: 'amount', default: 0 },
    current_stock: { from: 'quantity' },
    min_threshold: { from: 'alert', default: 0 },
  },
};

/** Names: Square developer documentation, `inventory.count.updated` and `InventoryCount`, read 2026-11; `quantity` is text. */
export const squareWebhook: MappingDocument = {
  version: 1,
  name: 'square-webhook',
  description: 'Square, webhook inventory.count.updated: the counts of one message',
  mode: 'snapshot',
  records: '$.data.object.inventory_counts[*]',
  keepWhen: { state: ['IN_STOCK'] },
  fields: {
    event_time: { from: 'calculated_at' },
    store_id: { from: 'location_id' },
    product_id: { from: 'catalog_object_id' },
    current_stock: { from: 'quantity' },
  },
};
