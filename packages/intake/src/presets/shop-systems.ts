import type { MappingDocument } from '../mapping/document.js';

/**
 * Names: WooCommerce wiki, "Product CSV Import Schema", read 2026-11. A blank Stock is not managed; a blank SKU leaves the ID.
 */
export const woocommerce: MappingDocument = {
  version: 1,
  name: 'woocommerce',
  description: 'WooCommerce, Products > Export: one row for each product and variation',
  mode: 'snapshot',
  encoding: 'utf-8',
  skipWhen: { Stock: [''] },
  fields: {
    store_id: { const: 'woocommerce' },
    product_id: { from: ['SKU', 'ID'] },
    product_name: { from: 'Name' },
    category: { from: 'Categories', extract: ['first-of-list', 'last-of-path'] },
    unit_price: { from: 'Regular price', default: 0 },
    current_stock: { from: 'Stock' },
    min_threshold: { from: 'Low stock amount', default: 0 },
  },
};

/** Fields of the models stock.quant and product.product: Odoo's source. Their labels are from practice, and translated. */
export const odoo: MappingDocument = {
  version: 1,
  name: 'odoo',
  description:
    'Odoo, Inventory > Reporting > Stock, Export: Product, Location and Quantity, with English labels',
  mode: 'snapshot',
  group: ',',
  looseNames: ['*'],
  fields: {
    store_id: { from: 'Location' },
    product_id: { from: ['Product/Internal Reference', 'Product'], extract: 'code-in-brackets' },
    product_name: { from: 'Product', extract: 'name-after-brackets' },
    category: { from: ['Product Category', 'Product/Product Category'] },
    current_stock: { from: ['Quantity', 'On Hand Quantity', 'Inventoried Quantity'] },
  },
};

/** Names of the import template: Lightspeed Retail (R-Series) help, "Importing items", read 2026-11; of the listing: from practice. */
export const lightspeed: MappingDocument = {
  version: 1,
  name: 'lightspeed',
  description: 'Lightspeed Retail (R-Series), Inventory > Item search > Export',
  mode: 'snapshot',
  group: ',',
  looseNames: ['*'],
  skipWhen: { current_stock: [''] },
  fields: {
    store_id: { const: 'lightspeed' },
    product_id: { from: ['Custom SKU', 'System ID'] },
    product_name: { from: ['Item', 'Description'] },
    category: { from: 'Category' },
    unit_price: { from: ['Price', 'Default Price'], extract: 'amount', default: 0 },
    current_stock: { from: ['Qty.', 'Quantity'] },
    min_threshold: { from: 'Reorder Point', default: 0 },
  },
};

/**
 * Names: Selling Partner API, "FBA inventory reports" (GET_FBA_MYI_UNSUPPRESSED_INVENTORY_DATA), read 2026-11, which says
 * that fields may vary by marketplace: the three inbound ones may be missing.
 */
export const amazonFba: MappingDocument = {
  version: 1,
  name: 'amazon-fba',
  description:
    'Amazon, report GET_FBA_MYI_UNSUPPRESSED_INVENTORY_DATA: one row for each SKU, all warehouses together',
  mode: 'snapshot',
  delimiter: '\t',
  skipWhen: { 'afn-fulfillable-quantity': [''] },
  fields: {
    store_id: { const: 'amazon-fba' },
    product_id: { from: 'sku' },
    product_name: { from: 'product-name' },
    unit_price: { from: 'your-price', default: 0 },
    current_stock: { from: 'afn-fulfillable-quantity' },
    on_order: {
      sum: ['afn-inbound-working-quantity', 'afn-inbound-shipped-quantity', 'afn-inbound-receiving-quantity'],
      default: 0,
    },
  },
};

/** From practice: a saved search has the titles that its owner gave it. These are the labels of its standard columns. */
export const netsuite: MappingDocument = {
  version: 1,
  name: 'netsuite',
  description: 'NetSuite, a saved search of items by location, with the standard labels',
  mode: 'snapshot',
  group: ',',
  looseNames: ['*'],
  skipWhen: { current_stock: [''] },
  fields: {
    store_id: { from: ['Location', 'Inventory Location'] },
    product_id: { from: 'Name' },
    product_name: { from: 'Display Name' },
    current_stock: { from: 'Location On Hand' },
    on_order: { from: 'Location On Order', default: 0 },
    min_threshold: { from: 'Location Reorder Point', default: 0 },
  },
};
