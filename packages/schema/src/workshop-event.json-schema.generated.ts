// Emitted from ./workshop-event.ts by scripts/emit.ts. Change the type, then run `npm run emit`.
import type { JsonSchema } from '@store/glue-schema';

/** JSON Schema (2020-12) of `WorkshopEvent` on the wire. */
export const workshopEventJsonSchema: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'WorkshopEvent',
  description: 'The nine-field record of the workshop that this toolkit grew from.',
  type: 'object',
  properties: {
    store_id: { description: 'Store that reports.', type: 'string' },
    product_id: { description: 'SKU.', type: 'string' },
    product_name: { description: 'Name of that product.', type: 'string' },
    current_stock: { description: 'Stock on hand.', type: 'integer', minimum: -2147483648, maximum: 2147483647 },
    threshold_level: { description: 'Reorder point.', type: 'integer', minimum: -2147483648, maximum: 2147483647 },
    is_stock_low: { description: 'True while the stock on hand is below the reorder point.', type: 'boolean' },
    check_timestamp: {
      description: 'When the shelf was checked, seconds since 1970-01-01 UTC.',
      type: 'number',
      minimum: -9223372036,
      maximum: 9223372036,
    },
    notification_sent: { description: 'True once the low stock was reported.', type: 'boolean' },
    restock_status: { description: 'State of the replenishment: NOT_NEEDED, NEEDED or ORDERED.', type: 'string' },
  },
  required: [
    'store_id',
    'product_id',
    'product_name',
    'current_stock',
    'threshold_level',
    'is_stock_low',
    'check_timestamp',
    'notification_sent',
    'restock_status',
  ],
  additionalProperties: false,
};
