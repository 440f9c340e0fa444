import type { InventoryEvent } from '@store/schema';

/** An event with the number of the run that told it; the run and `event_id` together are its key. */
export interface RunEvent extends InventoryEvent {
  readonly run: number;
}

/**
 * Replayed days differ, since other trucks come: each replay is a new run. Its events keep
 * the ids that the world gives them, and continue counting where the store had stopped, so that a shelf that runs
 * low again is another episode, with a request of its own.
 */
export class Runs {
  #run = 1;
  readonly #shift = new Map<string, number>();
  readonly #greatest = new Map<string, number>();

  /** Number of the run, from 1. */
  get run(): number {
    return this.#run;
  }

  /** The event with its place in the sequence of all runs. */
  tell(event: InventoryEvent): InventoryEvent {
    const { store_id } = event;
    const sequence = event.sequence + (this.#shift.get(store_id) ?? 0);
    if (sequence > (this.#greatest.get(store_id) ?? 0)) this.#greatest.set(store_id, sequence);
    return sequence === event.sequence ? event : { ...event, sequence };
  }

  /** The next run begins, from whatever day. */
  next(): void {
    this.#run++;
    for (const [store, greatest] of this.#greatest) this.#shift.set(store, greatest);
  }
}
