import { arrivalOrder, type Schedule } from './arrival-order.js';
import { loadLimits, type TruckCapacity } from './delivery-options.js';
import type { StoreLoad } from './store-loads.js';
import { filledPart, fits, inPlaces, noSize, sumOf, type LoadSize } from './truck-room.js';

/** What limits a truck that serves several stores. */
export interface TruckLimits extends Schedule {
  readonly capacity: TruckCapacity;
  readonly maxStops: number;
}

/** The loads that one truck carries. */
export type Truck = readonly StoreLoad[];

/**
 * Shares trucks among the loads of a city and returns as few of them as it finds: the largest load goes first into the first truck with
 * room (first fit by falling size: at most 11/9 of the fewest and 6/9, Dósa 2007, where units are the only limit), and where that
 * is not proven to be the fewest, branch and bound looks for fewer within `loadLimits`.
 */
export function packTrucks(loads: readonly StoreLoad[], limits: TruckLimits): readonly Truck[] {
  const { capacity } = limits;
  const parts = new Map(loads.map((load) => [load, filledPart(inPlaces(load.size), capacity)]));
  const falling = [...loads].sort((a, b) => (parts.get(b) ?? 0) - (parts.get(a) ?? 0));
  const trucks: Truck[] = [];
  for (const load of falling) {
    const at = trucks.findIndex((truck) => canTake(truck, load, limits));
    if (at < 0) trucks.push([load]);
    else trucks[at] = [...(trucks[at] ?? []), load];
  }
  const tooMany = falling.length > loadLimits.searchedLoads;
  return tooMany || trucks.length <= leastTrucks(falling, limits) ? trucks : search(falling, limits, trucks);
}

function canTake(truck: Truck, load: StoreLoad, limits: TruckLimits): boolean {
  const together = [...truck, load];
  const stores = new Set(together.map(({ request }) => request.store_id));
  return (
    stores.size <= limits.maxStops &&
    fits(sizeOnTruck(together), limits.capacity) &&
    arrivalOrder([...stores], limits) !== undefined
  );
}

/** Loads of one store share its pallets. */
function sizeOnTruck(truck: Truck): LoadSize {
  const byStore = new Map<string, LoadSize>();
  for (const { request, size } of truck)
    byStore.set(request.store_id, sumOf(byStore.get(request.store_id) ?? noSize, size));
  return [...byStore.values()].reduce((sum, size) => sumOf(sum, inPlaces(size)), noSize);
}

/** No plan has fewer trucks: the demand fills this many, and this many stops are needed. */
function leastTrucks(loads: readonly StoreLoad[], { capacity, maxStops }: TruckLimits): number {
  const size = loads.reduce((sum, load) => sumOf(sum, load.size), noSize);
  const stores = new Set(loads.map(({ request }) => request.store_id)).size;
  return Math.max(Math.ceil(filledPart(size, capacity) - 1e-6), Math.ceil(stores / maxStops));
}

function search(loads: readonly StoreLoad[], limits: TruckLimits, found: readonly Truck[]): readonly Truck[] {
  const least = leastTrucks(loads, limits);
  let best = found;
  let steps = 0;
  const place = (at: number, trucks: readonly Truck[]): void => {
    const load = loads[at];
    if (load === undefined) {
      best = trucks;
      return;
    }
    for (const [index, truck] of trucks.entries()) {
      if (best.length === least || ++steps > loadLimits.searchSteps) return;
      if (canTake(truck, load, limits)) place(at + 1, trucks.with(index, [...truck, load]));
    }
    if (trucks.length + 1 < best.length) place(at + 1, [...trucks, [load]]);
  };
  place(0, []);
  return best;
}
