import type { InventoryEvent, RestockRequest } from '@store/schema';
import { orderQuantity, type QuantityOptions } from './order-quantity.js';
import { requestId } from './request-id.js';

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
