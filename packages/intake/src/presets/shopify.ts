import type { MappingDocument } from '../mapping/document.js';

// Quantities, both forms and "not stocked": Shopify Help Center, "Inventory CSV file format", read 2026-11. The suffix
// " (not editable)" and the order of columns: from exported files. A Title is on the first variant only.
const fixed = [
  'Handle',
  'Title',
  'Option1 Name',
  'Option1 Value',
  'Option2 Name',
  'Option2 Value',
  'Option3 Name',
  'Option3 Value',
  'SKU',
  'HS Code',
  'COO',
];

const product = {
  product_id: { from: 'SKU', join: ['Handle', 'Option1 Value', 'Option2 Value', 'Option3 Value'], with: '/' },
  product_name: { from: 'Title', carry: true },
} as const;
const stocked = { current_stock: ['not stocked', 'Not stocked', ''] };

/** Inventory of all quantity types: one row for each product and location. */
export const shopifyInventory: MappingDocument = {
  version: 1,
  name: 'shopify-inventory',
  description:
    'Shopify admin, Products > Inventory > Export, all quantity types: one row for each variant and location',
  mode: 'snapshot',
  looseNames: ['*'],
  skipWhen: stocked,
  fields: {
    ...product,
    store_id: { from: 'Location' },
    current_stock: { from: ['On hand (current)', 'On hand (current) (not editable)', 'On hand'] },
    on_order: { from: ['Incoming', 'Incoming (not editable)'], default: 0 },
  },
};

/** Inventory of available quantities: one column for each location. */
export const shopifyInventoryAvailable: MappingDocument = {
  version: 1,
  name: 'shopify-inventory-available',
  description:
    'Shopify admin, Products > Inventory > Export, only available quantities: one column for each location',
  mode: 'snapshot',
  absentColumns: ['Location'],
  unpivot: { name: 'location', columns: { available: '*' }, except: fixed },
  skipWhen: stocked,
  fields: { ...product, store_id: { from: 'location' }, current_stock: { from: 'available' } },
};

/**
 * Products of a shop with one location. The names of both generations: Shopify Help Center, "Product CSV file columns",
 * read 2026-11; `Price` of the second from exported files.
 */
export const shopifyProducts: MappingDocument = {
  version: 1,
  name: 'shopify-products',
  description: 'Shopify admin, Products > Export; only of shops with one location, whose quantity is in it',
  mode: 'snapshot',
  looseNames: ['Price'],
  // Rows of further pictures have no variant.
  skipWhen: { current_stock: [''] },
  fields: {
    store_id: { const: 'shopify' },
    product_id: {
      from: ['Variant SKU', 'SKU'],
      join: [
        'Handle',
        'URL handle',
        'Option1 Value',
        'Option1 value',
        'Option2 Value',
        'Option2 value',
        'Option3 Value',
        'Option3 value',
      ],
      with: '/',
    },
    product_name: { from: 'Title', carry: true },
    category: {
      from: ['Product Category', 'Product category', 'Type'],
      extract: 'last-of-path',
      carry: true,
    },
    unit_price: { from: ['Variant Price', 'Price'], default: 0 },
    current_stock: { from: ['Variant Inventory Qty', 'Inventory quantity'] },
  },
};
