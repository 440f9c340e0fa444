import { WorldError, type World } from '@store/generator';
import type { TruckLoad } from '@store/restock';

/** A truck under way; times are the world's, milliseconds since 1970. */
export interface Truck {
  readonly load: TruckLoad;
  readonly leftAtMs: number;
  readonly arrivesAtMs: number;
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

  /** Sends a truck on its way; it is there when the world says, which may be the next morning. */
  dispatch(load: TruckLoad, worldMs: number, world: Pick<World, 'deliver'>): void {
    const at = new Date(worldMs + shortestTripMs + (hash(load.load_id) % shortestTripMs));
    let arrivesAtMs = at.getTime();
    for (const { product_id, quantity } of load.items) {
      const receipt = deliverInTime(world, { store_id: load.store_id, product_id, quantity, at });
      arrivesAtMs = Math.max(arrivesAtMs, receipt?.atMs ?? arrivesAtMs);
    }
    this.#trucks.push({ load, leftAtMs: worldMs, arrivesAtMs });
    this.#trucks.sort((a, b) => a.arrivesAtMs - b.arrivesAtMs);
  }

  /** Lets go of the trucks that have arrived by now. */
  arrive(worldMs: number): void {
    while ((this.#trucks[0]?.arrivesAtMs ?? Infinity) <= worldMs) {
      this.#trucks.shift();
      this.#arrived++;
    }
  }

  /** The world was moved: nobody is on the road. */
  clear(): void {
    this.#trucks = [];
  }
}

/** Brings units to a shelf; undefined where the world ends before the store can take them. */
export function deliverInTime(
  world: Pick<World, 'deliver'>,
  order: Parameters<World['deliver']>[0],
): ReturnType<World['deliver']> | undefined {
  try {
    return world.deliver(order);
  } catch (error) {
    if (error instanceof WorldError && error.code === 'OUT_OF_RANGE') return undefined;
    throw error;
  }
}

/** FNV-1a: the same trip for the same load, in every run. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return value;
}
