import { WorldError, type World } from '@store/generator';
import type { TruckLoad } from '@store/restock';
import type { Arrival } from './shelf-board.js';

/** A truck under way. */
export interface Truck {
  /** World time, milliseconds since 1970. */
  readonly arrivesAtMs: number;
  /** The store of one that left before the first day that is played. */
  readonly storeId?: string;
}

const msPerHour = 3_600_000;
/** A truck is under way for this long at least, and up to as much again. */
const shortestTripMs = 2 * msPerHour;

/**
 * The trucks of a world. What they bring is delivered through the world itself, which tells the restock event
 * when the truck is there: a shelf has one stock, and the fleet only knows who is on the road.
 */
export class TruckFleet {
  #trucks: Truck[] = [];
  #arrived = 0;

  /** Trucks under way, the next to arrive first. */
  get trucks(): readonly Truck[] {
    return this.#trucks;
  }

  /** Trucks that have arrived. */
  get arrived(): number {
    return this.#arrived;
  }

  /** Sends a truck on its way and returns what comes when: when the world says, which may be the next morning. */
  dispatch(load: TruckLoad, worldMs: number, world: Pick<World, 'deliver'>): readonly Arrival[] {
    const arrivals: Arrival[] = [];
    const at = new Date(worldMs + shortestTripMs + (hash(load.load_id) % shortestTripMs));
    let arrivesAtMs = at.getTime();
    for (const { store_id, items } of load.stops) {
      for (const { product_id, quantity } of items) {
        const receipt = deliverInTime(world, { store_id, product_id, quantity, at });
        if (receipt === undefined) continue;
        arrivesAtMs = Math.max(arrivesAtMs, receipt.atMs);
        arrivals.push({ store_id, product_id, quantity, atMs: receipt.atMs });
      }
    }
    this.#join({ arrivesAtMs });
    return arrivals;
  }

  /** Notes that something is on its way to a store since before the first day that is played: one truck brings it all. */
  expect(storeId: string, arrivesAtMs: number): void {
    const known = this.#trucks.some(
      (truck) => truck.storeId === storeId && truck.arrivesAtMs === arrivesAtMs,
    );
    if (!known) this.#join({ storeId, arrivesAtMs });
  }

  #join(truck: Truck): void {
    this.#trucks.push(truck);
    this.#trucks.sort((a, b) => a.arrivesAtMs - b.arrivesAtMs);
  }

  /** Lets go of the trucks that have arrived by now. */
  arrive(worldMs: number): void {
    while ((this.#trucks[0]?.arrivesAtMs ?? Infinity) <= worldMs) {
      this.#trucks.shift();
      this.#arrived++;
    }
  }

  /** Calls all trucks back, since the world was moved, and returns how many. */
  recall(): number {
    const recalled = this.#trucks.length;
    this.#trucks = [];
    this.#arrived = 0;
    return recalled;
  }
}

/** The world ends before, or somebody sent events of a shelf that the world does not have. */
const noDelivery: ReadonlySet<string> = new Set(['OUT_OF_RANGE', 'UNKNOWN_SERIES']);

/** Brings units to a shelf; undefined where the world has no such shelf, or ends before the store can take them. */
export function deliverInTime(
  world: Pick<World, 'deliver'>,
  order: Parameters<World['deliver']>[0],
): ReturnType<World['deliver']> | undefined {
  try {
    return world.deliver(order);
  } catch (error) {
    if (error instanceof WorldError && noDelivery.has(error.code)) return undefined;
    throw error;
  }
}

/** FNV-1a: the same trip for the same load, in every run. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return value;
}
