import type { InventoryEvent, RestockRequest } from '@store/schema';
import { recoveryMarginOf, stockLevel, type EpisodeOptions } from './episode-options.js';
import type { QuantityOptions } from './order-quantity.js';
import { requestFor } from './request-for.js';

/** How episodes are found and what a request asks for. */
export interface DetectOptions extends EpisodeOptions, QuantityOptions {
  /** `open`: only episodes that have not ended. `all`: every episode of the history. @defaultValue 'all' */
  readonly episodes?: 'all' | 'open';
}

/**
 * The restock requests that a set of events calls for: one for each low-stock episode. An episode begins with
 * the event at which the stock on hand is below the threshold after it was not, and ends with the next event
 * at which it has recovered.
 *
 * Order, duplicates and replays do not matter: events of a store are ordered by `sequence`. The request is
 * made from the event that began the episode, so it is the same however much later it is detected.
 *
 * @returns requests ordered by store, product and episode
 * @throws RestockError `INVALID_OPTION`
 */
export function detectLowStock(
  events: Iterable<InventoryEvent>,
  options: DetectOptions = {},
): readonly RestockRequest[] {
  const margin = recoveryMarginOf(options);
  const openOnly = options.episodes === 'open';
  const requests: RestockRequest[] = [];
  for (const history of histories(events)) {
    let began: InventoryEvent | undefined;
    for (const event of history) {
      const level = stockLevel(event, margin);
      if (level === 'sufficient') began = undefined;
      if (level !== 'low' || began !== undefined) continue;
      began = event;
      if (!openOnly) requests.push(requestFor(event, options));
    }
    if (openOnly && began !== undefined) requests.push(requestFor(began, options));
  }
  return requests;
}

/** Events of each store and product, once each, in the order of their sequences. */
function* histories(events: Iterable<InventoryEvent>): Iterable<readonly InventoryEvent[]> {
  const series = new Map<string, Map<number, InventoryEvent>>();
  for (const event of events) {
    const key = JSON.stringify([event.store_id, event.product_id]);
    let bySequence = series.get(key);
    if (bySequence === undefined) series.set(key, (bySequence = new Map<number, InventoryEvent>()));
    bySequence.set(event.sequence, event);
  }
  for (const key of [...series.keys()].sort()) {
    yield [...(series.get(key)?.values() ?? [])].sort((a, b) => a.sequence - b.sequence);
  }
}
