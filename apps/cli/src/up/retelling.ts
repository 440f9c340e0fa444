import type { InventoryEvent } from '@store/schema';

/**
 * A world that was moved tells some days again, and not the same: other trucks come. Its events get other ids
 * and go on counting where the store had stopped, so that the lake's newest row of a shelf is the one told last.
 */
export class Retelling {
  #times = 0;
  readonly #shift = new Map<string, number>();
  readonly #greatest = new Map<string, number>();

  /** The event as it is sent: unchanged, until the world is moved for the first time. */
  tell(event: InventoryEvent): InventoryEvent {
    const { store_id } = event;
    const sequence = event.sequence + (this.#shift.get(store_id) ?? 0);
    if (sequence > (this.#greatest.get(store_id) ?? 0)) this.#greatest.set(store_id, sequence);
    return this.#times === 0 ? event : { ...event, sequence, event_id: `${event.event_id}~${this.#times}` };
  }

  /** The world starts to tell again, from whatever day. */
  again(): void {
    this.#times++;
    for (const [store, greatest] of this.#greatest) this.#shift.set(store, greatest);
  }
}
