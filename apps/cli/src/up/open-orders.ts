import type { TruckLoad } from '@store/restock';
import type { InventoryEvent } from '@store/schema';

interface Order {
  /** Missing for what was ordered on the days before the first that is played: no ledger knows of it. */
  readonly requestId?: string;
  readonly quantity: number;
}

type ShelfId = Pick<InventoryEvent, 'store_id' | 'product_id'>;

/**
 * What trucks are to bring to each shelf of a world whose shelves only trucks fill: the world itself knows of a delivery
 * on the day of its arrival, and its events say from the order on what is on order.
 */
export class OpenOrders {
  readonly #orders = new Map<string, readonly Order[]>();
  /** The last event of each shelf that was told. */
  readonly #last = new Map<string, InventoryEvent>();
  /** Events that orders have added to each store's, and the last sequence that was told: a store counts on. */
  readonly #added = new Map<string, number>();
  readonly #sequences = new Map<string, number>();
  /** Requests whose units are on the shelf, until somebody takes them. */
  #delivered: string[] = [];

  /** Notes a load that leaves, and returns the event of each of its orders. */
  place({ stops }: TruckLoad, at: string): readonly InventoryEvent[] {
    return stops.flatMap(({ store_id, items }) =>
      items.flatMap(({ product_id, quantity, request_id: requestId }) => {
        const shelf = keyOf({ store_id, product_id });
        this.#add(shelf, { requestId, quantity });
        const last = this.#last.get(shelf);
        if (last === undefined) return [];
        const event: InventoryEvent = {
          ...last,
          event_id: `${requestId}/order_placed`,
          event_type: 'order_placed',
          event_time: at > last.event_time ? at : last.event_time,
          sequence: (this.#sequences.get(store_id) ?? 0) + 1,
          quantity_delta: 0,
        };
        this.#added.set(store_id, (this.#added.get(store_id) ?? 0) + 1);
        return [this.#told(event)];
      }),
    );
  }

  /** Notes what was ordered on the days before the first that is played, and returns the shelf's event as it is from then on. */
  before(event: InventoryEvent, quantity: number): InventoryEvent {
    this.expect(event, quantity);
    return this.#told({ ...event, event_type: 'order_placed', quantity_delta: 0 });
  }

  /** Notes what was ordered before the world begins for a shelf that has no event yet. */
  expect(shelf: ShelfId, quantity: number): void {
    this.#add(keyOf(shelf), { quantity });
  }

  #add(shelf: string, order: Order): void {
    this.#orders.set(shelf, [...(this.#orders.get(shelf) ?? []), order]);
  }

  /** The event as it is told: with what is on order; what a restock brings is on order no more. */
  tell(event: InventoryEvent): InventoryEvent {
    if (event.event_type === 'restock') this.#arrive(keyOf(event), event.quantity_delta);
    return this.#told({ ...event, sequence: event.sequence + (this.#added.get(event.store_id) ?? 0) });
  }

  #told(event: InventoryEvent): InventoryEvent {
    const shelf = keyOf(event);
    const ordered = (this.#orders.get(shelf) ?? []).reduce((sum, { quantity }) => sum + quantity, 0);
    const told = ordered > event.on_order ? { ...event, on_order: ordered } : event;
    this.#last.set(shelf, told);
    this.#sequences.set(told.store_id, told.sequence);
    return told;
  }

  #arrive(shelf: string, units: number): void {
    let left = units;
    const open = (this.#orders.get(shelf) ?? []).filter(({ requestId, quantity }) => {
      const arrives = left >= quantity;
      if (arrives) {
        left -= quantity;
        if (requestId !== undefined) this.#delivered.push(requestId);
      }
      return !arrives;
    });
    if (open.length === 0) this.#orders.delete(shelf);
    else this.#orders.set(shelf, open);
  }

  /** Requests that were delivered since the last call. */
  takeDelivered(): readonly string[] {
    const delivered = this.#delivered;
    this.#delivered = [];
    return delivered;
  }

  /** The world was moved: nobody is on the road. */
  clear(): void {
    this.#orders.clear();
    this.#last.clear();
  }
}

const keyOf = ({ store_id, product_id }: ShelfId): string => JSON.stringify([store_id, product_id]);
