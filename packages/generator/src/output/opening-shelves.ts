import { reorderPointOf } from '../day/series-state.js';
import type { ShardClock } from '../day/shard-clock.js';
import { DAY_MS } from '../model/calendar.js';
import { offsetMinutes } from '../model/time-zone.js';
import { dayNumber } from '../own/promotions.js';
import { EventBatch } from './event-batch.js';

/** A shelf at the world's start, as the store's system knows it: before its first event. */
export interface OpeningShelf {
  /** Store, as in its events. */
  readonly store_id: string;
  /** SKU, as in its events. */
  readonly product_id: string;
  /** Recorded units on hand. */
  readonly current_stock: number;
  /** Reorder point, units. */
  readonly min_threshold: number;
}

/**
 * Shelves at the start of a fresh clock's world, by store, then by product. East of Greenwich local days begin before the
 * world does, so the days around its start are simulated up to it.
 */
export function* openingShelvesOf(clock: ShardClock, startMs: number): Generator<OpeningShelf, void, void> {
  const { stores, products, state, plan, model } = clock;
  const recorded = state.recorded.slice();
  clock.observe({
    window: [-Infinity, startMs],
    closed(cell, _day, tally) {
      recorded[plan.layout.seriesOf(cell)] = tally.recorded;
    },
    restocked(cell, _came, units, atMs) {
      const series = plan.layout.seriesOf(cell);
      if (atMs < startMs) recorded[series] = (recorded[series] ?? 0) + units;
    },
    shrunk: () => undefined,
    counted: () => undefined,
    ordered: () => undefined,
  });
  clock.fill(new EventBatch(1));
  const { lists, offsets } = plan.layout;
  for (const [s, { store_id, timeZone }] of stores.entries()) {
    const offsetMs = offsetMinutes(timeZone, Math.floor(startMs / DAY_MS)) * 60_000;
    const today = Math.floor((startMs + offsetMs) / DAY_MS);
    for (const [k, p] of (lists[s] ?? []).entries()) {
      const series = (offsets[s] ?? 0) + k;
      // Before its launch a product has the reorder point of that day: 0, where nothing is ordered of it then either.
      const { launched } = products[p] ?? {};
      const day = launched === undefined ? today : Math.max(today, dayNumber(launched));
      yield {
        store_id,
        product_id: products[p]?.product_id ?? '',
        current_stock: recorded[series] ?? 0,
        min_threshold: reorderPointOf({ model, state, lastDays: plan.lastDays }, series, p, day),
      };
    }
  }
}
