import { checkOptions } from '@store/foundation';
import type { RestockRequest } from '@store/schema';
import { checkInput, invalidOption } from './errors.js';
import { quantityRules, restockDefaults, type QuantityOptions } from './options.js';

/** The stock that a quantity is computed from. */
export interface StockPosition {
  /** Stock on hand, units. */
  readonly current_stock: number;
  /** Reorder point, units. */
  readonly min_threshold: number;
  /** Units ordered and not yet delivered. */
  readonly on_order: number;
}

/**
 * Returns the units that lift the inventory position (on hand and on order) to the order-up-to level S, in whole
 * packs: the quantity of an (s, S) policy with s the reorder point (Silver, Pyke and Thomas, "Inventory and
 * Production Management in Supply Chains", 2016, chapter 6). 0 when the position is there already.
 *
 * @example
 * ```ts
 * import { orderQuantity } from '@store/restock';
 *
 * console.log(orderQuantity({ current_stock: 3, min_threshold: 10, on_order: 0 }, { packSize: 6 })); // 18
 * ```
 *
 * @throws RestockError `INVALID_OPTION`
 */
export function orderQuantity(stock: StockPosition, options: QuantityOptions = {}): number {
  checkInput('stock', stock, 'stock');
  checkOptions(options, quantityRules, invalidOption);
  return missingUnits(stock, options);
}

/** {@link orderQuantity} with options that are checked already. */
export function missingUnits(stock: StockPosition, options: QuantityOptions): number {
  const { orderUpToFactor = restockDefaults.orderUpToFactor, packSize = restockDefaults.packSize } = options;
  const orderUpTo = Math.ceil(Math.max(stock.min_threshold, 1) * orderUpToFactor);
  const missing = orderUpTo - stock.current_stock - stock.on_order;
  return missing <= 0 ? 0 : Math.ceil(missing / packSize) * packSize;
}

/** Units in a case of the requests that were made in this process: the wire's request does not say. */
const cases = new WeakMap<RestockRequest, number>();

/** Remembers in which cases a request is counted, and returns it. */
export function inCases(request: RestockRequest, { packSize }: QuantityOptions): RestockRequest {
  if (packSize !== undefined) cases.set(request, packSize);
  return request;
}

/** Units in a case of a request; a copy of one, such as out of JSON, is in single units. */
export function caseOf(request: RestockRequest): number {
  return cases.get(request) ?? restockDefaults.packSize;
}
