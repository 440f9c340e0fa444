import type { InventoryEvent, RestockRequest } from '@store/schema';
import { orderQuantity, type QuantityOptions } from './order-quantity.js';
import { requestId } from './request-id.js';

/**
 * The restock requests that a set of events calls for: one for each low-stock episode, whether it is still
 * open or not. An episode begins with the event at which the stock on hand is below the threshold after it
 * was not, and ends with the next event at which it is not.
 *
 * Order, duplicates and replays do not matter: events of a store are ordered by `sequence`. The request is
 * made from the event that began the episode, so it is the same however much later it is detected.
 *
 * @returns requests ordered by store, product and episode
 */
export function detectLowStock(
  events: Iterable<InventoryEvent>,
  options: QuantityOptions = {},
): readonly RestockRequest[] {
  const series = new Map<string, Map<number, InventoryEvent>>();
  for (const event of events) {
    const key = JSON.stringify([event.store_id, event.product_id]);
    let bySequence = series.get(key);
    if (bySequence === undefined) series.set(key, (bySequence = new Map<number, InventoryEvent>()));
    bySequence.set(event.sequence, event);
  }
  const requests: RestockRequest[] = [];
  for (const key of [...series.keys()].sort()) {
    const ordered = [...(series.get(key)?.values() ?? [])].sort((a, b) => a.sequence - b.sequence);
    let wasLow = false;
    for (const event of ordered) {
      if (event.is_low_stock && !wasLow) requests.push(requestFor(event, options));
      wasLow = event.is_low_stock;
    }
  }
  return requests;
}

/** The request of the episode that begins with this event. */
export function requestFor(event: InventoryEvent, options: QuantityOptions = {}): RestockRequest {
  return {
    request_id: requestId({
      store_id: event.store_id,
      product_id: event.product_id,
      episode_sequence: event.sequence,
    }),
    episode_sequence: event.sequence,
    episode_started_at: event.event_time,
    store_id: event.store_id,
    store_name: event.store_name,
    city: event.location.city,
    country: event.location.country,
    product_id: event.product_id,
    product_name: event.product_name,
    category: event.category,
    current_stock: event.current_stock,
    min_threshold: event.min_threshold,
    on_order: event.on_order,
    quantity: orderQuantity(event, options),
  };
}
