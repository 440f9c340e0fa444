import type { TruckLoad } from '@store/restock';
import type { InventoryEvent } from '@store/schema';

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
 * Lets dispatched trucks fill the shelves of a world that does not know of them: what a truck brought stands on
 * top of the world's own stock, in every later event of that shelf. Each event keeps the law that the stock is
 * the stock before it plus its change, and sequences of a store rise by one.
 */
export class ClosedLoop {
  /** Units brought by trucks, by store and product. */
  readonly #brought = new Map<string, number>();
  readonly #sequence = new Map<string, number>();
  readonly #latest = new Map<string, InventoryEvent>();
  #trucks: Truck[] = [];
  #arrived = 0;
  #epoch = 0;

  /** Trucks under way, the next to arrive first. */
  get trucks(): readonly Truck[] {
    return this.#trucks;
  }

  /** Trucks that have arrived. */
  get arrived(): number {
    return this.#arrived;
  }

  /** The event as it looks with what the trucks brought. */
  apply(event: InventoryEvent): InventoryEvent {
    const current_stock = event.current_stock + (this.#brought.get(shelfOf(event)) ?? 0);
    const seen = {
      ...event,
      event_id: this.#epoch === 0 ? event.event_id : `${event.event_id}~${this.#epoch}`,
      sequence: this.#nextSequence(event.store_id),
      current_stock,
      is_low_stock: current_stock < event.min_threshold,
    };
    this.#latest.set(shelfOf(seen), seen);
    return seen;
  }

  /** Takes note of an event that is not sent, from before the instant to which the world was moved. */
  remember(event: InventoryEvent): void {
    this.#latest.set(shelfOf(event), event);
  }

  /** Sends a truck on its way. */
  dispatch(load: TruckLoad, worldMs: number): void {
    const tripMs = shortestTripMs + (hash(load.load_id) % shortestTripMs);
    this.#trucks.push({ load, leftAtMs: worldMs, arrivesAtMs: worldMs + tripMs });
    this.#trucks.sort((a, b) => a.arrivesAtMs - b.arrivesAtMs);
  }

  /** The restock events of the trucks that have arrived by now. */
  arrivals(worldMs: number): InventoryEvent[] {
    const events: InventoryEvent[] = [];
    while (this.#trucks[0] !== undefined && this.#trucks[0].arrivesAtMs <= worldMs) {
      const [truck] = this.#trucks.splice(0, 1);
      if (truck === undefined) break;
      this.#arrived++;
      for (const item of truck.load.items) {
        const shelf = shelfOf({ store_id: truck.load.store_id, product_id: item.product_id });
        const before = this.#latest.get(shelf);
        if (before === undefined) continue;
        this.#brought.set(shelf, (this.#brought.get(shelf) ?? 0) + item.quantity);
        const current_stock = before.current_stock + item.quantity;
        const event: InventoryEvent = {
          ...before,
          event_id: `truck/${truck.load.load_id}/${item.product_id}`,
          event_type: 'restock',
          event_time: new Date(worldMs).toISOString(),
          sequence: this.#nextSequence(truck.load.store_id),
          quantity_delta: item.quantity,
          current_stock,
          is_low_stock: current_stock < before.min_threshold,
        };
        this.#latest.set(shelf, event);
        events.push(event);
      }
    }
    return events;
  }

  /** The world was moved: trucks under way are gone, shelves hold the world's own stock, sequences go on rising. */
  reset(): void {
    this.#epoch++;
    this.#brought.clear();
    this.#latest.clear();
    this.#trucks = [];
  }

  #nextSequence(storeId: string): number {
    const next = (this.#sequence.get(storeId) ?? 0) + 1;
    this.#sequence.set(storeId, next);
    return next;
  }
}

const shelfOf = ({ store_id, product_id }: Pick<InventoryEvent, 'store_id' | 'product_id'>): string =>
  `${store_id}/${product_id}`;

/** FNV-1a: the same trip for the same load, in every run. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return value;
}
