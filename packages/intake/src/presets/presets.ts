import type { MappingDocument } from '../mapping/document.js';
import { inventoryDocument, workshopDocument } from './own-records.js';
import { favorita, m5Sales, uciOnlineRetail } from './sales-histories.js';
import { amazonFba, lightspeed, netsuite, odoo, woocommerce } from './shop-systems.js';
import { shopifyInventory, shopifyInventoryAvailable, shopifyProducts } from './shopify.js';
import { squareFile, squareWebhook } from './square.js';

/** Name of a preset. */
export type PresetName =
  | 'amazon-fba'
  | 'favorita'
  | 'inventory'
  | 'lightspeed'
  | 'm5-sales'
  | 'netsuite'
  | 'odoo'
  | 'shopify-inventory'
  | 'shopify-products'
  | 'square'
  | 'uci-online-retail'
  | 'woocommerce'
  | 'workshop';

/**
 * The mappings of what shops export, by name. A preset of several documents has one for each form of the source; the first
 * that fits a file's header reads it.
 *
 * @example
 * ```ts
 * import { compileMapping, presets } from '@store/intake';
 *
 * const mapping = compileMapping(presets.woocommerce);
 * console.log(mapping.checkHeader(['ID', 'SKU', 'Name'])[0]?.path); // fields.current_stock.from
 * ```
 */
export const presets: Readonly<Record<PresetName, readonly MappingDocument[]>> = Object.freeze({
  'amazon-fba': [amazonFba],
  favorita: [favorita],
  inventory: [inventoryDocument],
  lightspeed: [lightspeed],
  'm5-sales': [m5Sales],
  netsuite: [netsuite],
  odoo: [odoo],
  'shopify-inventory': [shopifyInventory, shopifyInventoryAvailable],
  'shopify-products': [shopifyProducts],
  square: [squareFile, squareWebhook],
  'uci-online-retail': [uciOnlineRetail],
  woocommerce: [woocommerce],
  workshop: [workshopDocument],
});
