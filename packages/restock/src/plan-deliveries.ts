import { checkArgument, checkOptions, satisfying, type OptionRule } from '@store/foundation';
import { checkInput, invalidOption } from './errors.js';
import { arrivalOrder } from './loads/arrival-order.js';
import { checkRequests } from './loads/check-requests.js';
import { deliveryRules, type DeliveryOptions, type TruckCapacity } from './loads/delivery-options.js';
import { packTrucks, type Truck, type TruckLimits } from './loads/pack-trucks.js';
import { distinctRequests, fillOf, fromDepot, loadsOfStore, type StoreLoad } from './loads/store-loads.js';
import type { DeliveryPlan, DeliveryRequest, TruckLoad, TruckStop } from './loads/truck-load.js';
import { restockDefaults } from './options.js';

/**
 * Loads trucks and returns what each carries, what is left waiting and what is short. A truck serves up to `maxStops` stores of one
 * city, never carries more than its capacity, and breaks no case that fits. The load of a store is split only where it
 * exceeds a truck; a request that is no multiple of a case ends with what is left of it. Within a store the emptiest shelf goes
 * first. Requests seen twice count once; requests for nothing need no truck; the order of input does not matter.
 *
 * With `maxStops` of 2 or more, trucks are as few as first fit by falling size and a bounded search find: the fewest for
 * up to about ten stores a city.
 *
 * @example
 * ```ts
 * import { planDeliveries, type RestockRequest } from '@store/restock';
 *
 * export function printLoads(requests: Iterable<RestockRequest>) {
 *   const plan = planDeliveries(requests, { truckCapacity: { units: 800, pallets: 4 }, maxStops: 3 });
 *   for (const { city, units, stops } of plan) console.log(`${units} units to ${stops.length} stores of ${city}`);
 *   console.log(`${plan.waiting.length} loads wait`);
 * }
 * ```
 *
 * @throws RestockError `INVALID_OPTION`, also where a request has no size that `truckCapacity` limits
 */
export function planDeliveries(
  requests: Iterable<DeliveryRequest>,
  options: DeliveryOptions = {},
): DeliveryPlan {
  checkInput('requests', requests, 'objects');
  checkOptions(options, deliveryRules, invalidOption);
  return loadTrucks(requests, options);
}

/** {@link planDeliveries} with options that are checked already; others may be beside them. */
export function loadTrucks(requests: Iterable<DeliveryRequest>, options: DeliveryOptions): DeliveryPlan {
  const {
    truckCapacity = restockDefaults.truckCapacity,
    maxStops = restockDefaults.maxStops,
    minimumLoad = restockDefaults.minimumLoad,
    stopMinutes = restockDefaults.stopMinutes,
    windows,
  } = options;
  const capacity: TruckCapacity =
    typeof truckCapacity === 'number' ? { units: truckCapacity } : truckCapacity;
  const limits: TruckLimits = { capacity, maxStops, windows, stopMinutes };
  const given = checkRequests(requests, capacity);
  for (const [storeId, { from, to }] of Object.entries(windows ?? {}))
    checkArgument(`windows["${storeId}"].to`, to, laterThan(from), invalidOption);

  const { demands, short } = fromDepot(distinctRequests(given), options, capacity);
  const ofStores = groupBy(demands, ({ request }) => request.store_id);
  const loads = [...ofStores].sort(byKey).flatMap(([, ofStore]) => loadsOfStore(ofStore, capacity));
  const places = new Map(loads.map((load, place) => [load, place]));
  const placeOf = (truck: Truck): number => Math.min(...truck.map((load) => places.get(load) ?? Infinity));
  const trucks = [
    ...groupBy(loads, ({ request: { country, city } }) => JSON.stringify([country, city])).values(),
  ]
    .flatMap((ofCity) => (maxStops === 1 ? ofCity.map((load) => [load]) : packTrucks(ofCity, limits)))
    .sort((a, b) => placeOf(a) - placeOf(b))
    .map((truck) => toLoad(truck, limits));
  const leaves = ({ units }: TruckLoad): boolean => units >= minimumLoad;
  return Object.assign(trucks.filter(leaves), {
    waiting: trucks.filter((load) => !leaves(load)),
    short,
  });
}

const laterThan = (from: string): OptionRule =>
  satisfying(`later than \`from\`, ${from}`, (to) => String(to) > from);

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : a > b ? 1 : 0;

/** The id names the first request on board, from which of its units on, and how much there is in all. */
function toLoad(truck: Truck, schedule: TruckLimits): TruckLoad {
  // The emptiest shelf of the truck first, unless windows ask for another order.
  const urgent = [...truck].sort((a, b) => fillOf(a.request) - fillOf(b.request));
  const byStore = groupBy(urgent, ({ request }) => request.store_id);
  const order = arrivalOrder([...byStore.keys()], schedule) ?? [...byStore.keys()];
  const stops = order.flatMap((storeId) => toStop(byStore.get(storeId) ?? []));
  const units = stops.reduce((sum, stop) => sum + stop.units, 0);
  const lines = stops.reduce((sum, { items }) => sum + items.length, 0);
  const [first] = byStore.get(order[0] ?? '') ?? [];
  if (first === undefined) throw new TypeError('A truck without a load was planned.');
  const { request_id, city, country } = first.request;
  return { load_id: `${request_id}@${first.firstUnit}+${lines}x${units}`, city, country, units, stops };
}

function toStop(loads: readonly StoreLoad[]): readonly TruckStop[] {
  const [first] = loads;
  if (first === undefined) return [];
  const { store_id, store_name } = first.request;
  const items = loads.flatMap((load) => load.items);
  return [{ store_id, store_name, units: items.reduce((sum, { quantity }) => sum + quantity, 0), items }];
}
