import type { FieldSource, MappingDocument } from '../mapping/document.js';

const place = (field: string): FieldSource => ({
  from: [`location.${field}`, `location_${field}`, `@.location.${field}`],
});

/** Records that have the event's own names: flat, as in CSV, or with the place as an object. */
export const inventoryDocument: MappingDocument = {
  version: 1,
  name: 'inventory',
  description: "Records with the event's own names",
  zone: 'UTC',
  fields: {
    event_id: { from: 'event_id', default: '' },
    event_type: { from: 'event_type' },
    event_time: { from: 'event_time' },
    sequence: { from: 'sequence' },
    store_id: { from: 'store_id' },
    store_name: { from: 'store_name' },
    city: place('city'),
    region: place('region'),
    country: place('country'),
    latitude: place('latitude'),
    longitude: place('longitude'),
    product_id: { from: 'product_id' },
    product_name: { from: 'product_name' },
    category: { from: 'category' },
    unit_price: { from: 'unit_price' },
    quantity_delta: { from: 'quantity_delta' },
    current_stock: { from: 'current_stock' },
    min_threshold: { from: 'min_threshold' },
    on_order: { from: 'on_order' },
  },
};

/** The nine-field record of the workshop: a stock count that changes nothing; its order in time is the time of the check. */
export const workshopDocument: MappingDocument = {
  version: 1,
  name: 'workshop',
  description: 'The nine-field record of the workshop',
  zone: 'UTC',
  fields: {
    event_type: { const: 'stock_count' },
    event_time: { from: 'check_timestamp' },
    store_id: { from: 'store_id' },
    product_id: { from: 'product_id' },
    product_name: { from: 'product_name' },
    current_stock: { from: 'current_stock' },
    min_threshold: { from: 'threshold_level' },
  },
};
