// Emitted from ./restock-request.ts by scripts/emit.ts. Change the type, then run `npm run emit`.
import type { JsonSchema } from '@store/glue-schema';

/** JSON Schema (2020-12) of `RestockRequest` on the wire. */
export const restockRequestJsonSchema: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'RestockRequest',
  description: 'What a store needs from the delivery trucks: one request for each low-stock episode.',
  type: 'object',
  properties: {
    request_id: {
      description: 'Derived from store, product and episode: the same however often the episode is seen.',
      type: 'string',
    },
    episode_sequence: {
      description: "Sequence of the store's event at which the stock fell below the threshold.",
      type: 'integer',
      minimum: -9007199254740991,
      maximum: 9007199254740991,
    },
    episode_started_at: {
      description: 'Time of that event, UTC.',
      type: 'string',
      format: 'date-time',
      pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?Z$',
    },
    store_id: { description: 'Store whose shelf is low.', type: 'string' },
    store_name: { description: 'Name of that store.', type: 'string' },
    city: { description: 'City of that store.', type: 'string' },
    country: { description: 'Country of that store, ISO 3166-1 alpha-2 code.', type: 'string' },
    product_id: { description: 'SKU that is low.', type: 'string' },
    product_name: { description: 'Name of that product.', type: 'string' },
    category: { description: 'Department that the product belongs to.', type: 'string' },
    current_stock: {
      description: 'Stock on hand after that event.',
      type: 'integer',
      minimum: -2147483648,
      maximum: 2147483647,
    },
    min_threshold: { description: 'Reorder point.', type: 'integer', minimum: -2147483648, maximum: 2147483647 },
    on_order: {
      description: 'Units already ordered then and not yet delivered.',
      type: 'integer',
      minimum: -2147483648,
      maximum: 2147483647,
    },
    quantity: { description: 'Units to deliver.', type: 'integer', minimum: -2147483648, maximum: 2147483647 },
  },
  required: [
    'request_id',
    'episode_sequence',
    'episode_started_at',
    'store_id',
    'store_name',
    'city',
    'country',
    'product_id',
    'product_name',
    'category',
    'current_stock',
    'min_threshold',
    'on_order',
    'quantity',
  ],
  additionalProperties: false,
};
