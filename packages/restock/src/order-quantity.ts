import { checkInteger } from './check-integer.js';
import { RestockError } from './errors.js';

/** How much a restock request asks for. */
export interface QuantityOptions {
  /** Order-up-to level as a multiple of the reorder point, 1 to 1000. @defaultValue 2 */
  readonly orderUpToFactor?: number;
  /** Units come in packs of this many. @defaultValue 1 */
  readonly packSize?: number;
}

/** The stock that a quantity is computed from. */
export interface StockPosition {
  readonly current_stock: number;
  readonly min_threshold: number;
  readonly on_order: number;
}

/**
 * Units that lift the inventory position (on hand and on order) to the order-up-to level S, in whole packs:
 * the quantity of an (s, S) policy with s the reorder point (Silver, Pyke and Thomas, "Inventory and
 * Production Management in Supply Chains", 2016, chapter 6). 0 when the position is there already.
 */
export function orderQuantity(stock: StockPosition, options: QuantityOptions = {}): number {
  const { orderUpToFactor = 2, packSize = 1 } = options;
  checkInteger('packSize', packSize, 1);
  if (!(orderUpToFactor >= 1 && orderUpToFactor <= 1000)) {
    throw new RestockError(
      'INVALID_OPTION',
      'orderUpToFactor',
      `Expected \`orderUpToFactor\` to be 1 to 1000, got ${orderUpToFactor}.`,
    );
  }
  const orderUpTo = Math.ceil(Math.max(stock.min_threshold, 1) * orderUpToFactor);
  const missing = orderUpTo - stock.current_stock - stock.on_order;
  return missing <= 0 ? 0 : Math.ceil(missing / packSize) * packSize;
}
