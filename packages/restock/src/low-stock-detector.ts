import type { InventoryEvent, RestockRequest } from '@store/schema';
import { recoveryMarginOf, stockLevel, type EpisodeOptions } from './episode-options.js';
import type { QuantityOptions } from './order-quantity.js';
import { requestFor } from './request-for.js';

/** Finds low-stock episodes in events as they come. */
export interface LowStockDetector {
  /**
   * Takes one event and returns the request of the episode that begins with it, if one does. Events of a
   * store must come in the order of their sequences; one that is not newer than the last of its store and
   * product is a duplicate, and ignored.
   */
  add(event: InventoryEvent): RestockRequest | undefined;
  /** Requests of the episodes that have not ended, in the order in which they began. */
  open(): readonly RestockRequest[];
}

interface Shelf {
  sequence: number;
  request: RestockRequest | undefined;
}

/**
 * Creates a detector for live use. It holds one entry for each store and product that it has seen, and finds
 * exactly what {@link detectLowStock} finds in the same events.
 *
 * @throws RestockError `INVALID_OPTION`
 */
export function createLowStockDetector(options: EpisodeOptions & QuantityOptions = {}): LowStockDetector {
  const margin = recoveryMarginOf(options);
  const stores = new Map<string, Map<string, Shelf>>();
  const openRequests = new Map<string, RestockRequest>();

  const shelfOf = (event: InventoryEvent): Shelf => {
    let products = stores.get(event.store_id);
    if (products === undefined) stores.set(event.store_id, (products = new Map<string, Shelf>()));
    let shelf = products.get(event.product_id);
    if (shelf === undefined) {
      shelf = { sequence: -Infinity, request: undefined };
      products.set(event.product_id, shelf);
    }
    return shelf;
  };

  return {
    add(event) {
      const shelf = shelfOf(event);
      if (event.sequence <= shelf.sequence) return undefined;
      shelf.sequence = event.sequence;
      const level = stockLevel(event, margin);
      if (level === 'sufficient' && shelf.request !== undefined) {
        openRequests.delete(shelf.request.request_id);
        shelf.request = undefined;
      }
      if (level !== 'low' || shelf.request !== undefined) return undefined;
      shelf.request = requestFor(event, options);
      openRequests.set(shelf.request.request_id, shelf.request);
      return shelf.request;
    },
    open: () => [...openRequests.values()],
  };
}
