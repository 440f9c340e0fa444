import { checkOptions, wholeNumber, type OptionRules } from '@store/foundation';
import type { RestockRequest } from '@store/schema';
import { checkInput, invalidOption } from './errors.js';
import { restockDefaults } from './options.js';
import { caseOf } from './order-quantity.js';

/** What one truck brings to one store: the message that the truck management system receives. */
export interface TruckLoad {
  /** Derived from the requests on board: the same plan gives the same id. */
  readonly load_id: string;
  /** Store that the truck drives to. */
  readonly store_id: string;
  /** The store's name. */
  readonly store_name: string;
  /** The store's city. */
  readonly city: string;
  /** The store's country, ISO 3166-1 alpha-2. */
  readonly country: string;
  /** Units on board, at most the truck's capacity. */
  readonly units: number;
  /** What is on board, in loading order: the emptiest shelf first. */
  readonly items: readonly TruckItem[];
}

/** Units of one product on one truck, for one request; a request larger than a truck has several. */
export interface TruckItem {
  /** Request that the units answer. */
  readonly request_id: string;
  /** SKU of the units. */
  readonly product_id: string;
  /** The product's name on the shelf label. */
  readonly product_name: string;
  /** Units on board, 1 or more. */
  readonly quantity: number;
}

/** How trucks are loaded. */
export interface DeliveryOptions {
  /** Units that one truck carries. @defaultValue 500 */
  readonly truckCapacity?: number;
  /**
   * Units in a case: trucks carry whole cases, unless not one fits.
   *
   * @defaultValue the `packSize` with which each request was made in this process, else 1
   */
  readonly packSize?: number;
}

export const deliveryRules: OptionRules<DeliveryOptions> = {
  truckCapacity: wholeNumber(1),
  packSize: wholeNumber(1),
};

/**
 * Loads trucks and returns what each carries: each truck serves one store, never carries more than its capacity, and breaks
 * no case that fits. A request that is no multiple of a case ends with what is left of it. The emptiest shelves go first. Requests seen twice count once; requests for nothing need no truck; order of input does not matter.
 *
 * @example
 * ```ts
 * import { planDeliveries, type RestockRequest } from '@store/restock';
 *
 * export function printLoads(requests: Iterable<RestockRequest>) {
 *   for (const { city, units } of planDeliveries(requests, { truckCapacity: 200 })) {
 *     console.log(`a truck to ${city} with ${units} units`);
 *   }
 * }
 * ```
 *
 * @throws RestockError `INVALID_OPTION`
 */
export function planDeliveries(
  requests: Iterable<RestockRequest>,
  options: DeliveryOptions = {},
): readonly TruckLoad[] {
  checkInput('requests', requests, 'objects');
  checkOptions(options, deliveryRules, invalidOption);
  const { truckCapacity = restockDefaults.truckCapacity, packSize } = options;
  const loads: TruckLoad[] = [];
  for (const ofStore of byStore(requests)) {
    let items: TruckItem[] = [];
    let units = 0;
    let firstUnit = 0;
    const drive = (): void => {
      const [first] = ofStore;
      if (first !== undefined && items.length > 0) loads.push(toLoad(first, items, firstUnit, units));
      items = [];
      units = 0;
    };
    for (const request of ofStore) {
      const given = packSize ?? caseOf(request);
      const unitsInCase = given > truckCapacity ? 1 : given;
      for (let left = request.quantity; left > 0;) {
        const free = truckCapacity - units;
        const quantity = left <= free ? left : free - (free % unitsInCase);
        if (quantity === 0) {
          drive();
          continue;
        }
        const { request_id, product_id, product_name } = request;
        if (items.length === 0) firstUnit = request.quantity - left;
        items.push({ request_id, product_id, product_name, quantity });
        units += quantity;
        left -= quantity;
        if (units === truckCapacity) drive();
      }
    }
    drive();
  }
  return loads;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Distinct requests that need units, by store; in a store the emptiest shelf first. */
function byStore(requests: Iterable<RestockRequest>): readonly (readonly RestockRequest[])[] {
  const distinct = new Map<string, RestockRequest>();
  for (const request of requests) if (request.quantity > 0) distinct.set(request.request_id, request);
  const ordered = [...distinct.values()].sort(
    (a, b) =>
      compare(a.store_id, b.store_id) ||
      a.current_stock * b.min_threshold - b.current_stock * a.min_threshold ||
      compare(a.request_id, b.request_id),
  );
  const stores: RestockRequest[][] = [];
  for (const request of ordered) {
    const open = stores.at(-1);
    if (open?.[0]?.store_id === request.store_id) open.push(request);
    else stores.push([request]);
  }
  return stores;
}

/** The id names the first request on board, from which of its units on, and how much there is in all. */
function toLoad(
  request: RestockRequest,
  items: readonly TruckItem[],
  firstUnit: number,
  units: number,
): TruckLoad {
  const { store_id, store_name, city, country } = request;
  const [first] = items;
  const load_id = `${first?.request_id ?? ''}@${firstUnit}+${items.length}x${units}`;
  return { load_id, store_id, store_name, city, country, units, items };
}
