import { checkOptions, oneOf, type OptionRules } from '@store/foundation';
import type { InventoryEvent, RestockRequest } from '@store/schema';
import { checkEvent } from './check-event.js';
import { checkInput, invalidOption } from './errors.js';
import { missingUnits } from './order-quantity.js';
import { episodeRules, quantityRules, type EpisodeOptions, type QuantityOptions } from './options.js';
import { requestOfEvent } from './restock-request.js';
import { marginOf, stockLevel } from './notice-episodes.js';

/** How episodes are found and what a request asks for. */
export interface DetectOptions extends EpisodeOptions, QuantityOptions {
  /** `open`: only episodes that have not ended. `all`: every episode of the history. @defaultValue 'all' */
  readonly episodes?: 'all' | 'open';
}

const liveRules: OptionRules<EpisodeOptions & QuantityOptions> = { ...episodeRules, ...quantityRules };
const detectRules: OptionRules<DetectOptions> = { ...liveRules, episodes: oneOf('all', 'open') };

/**
 * Returns the restock requests that a set of events calls for: one for each low-stock episode that needs units, ordered
 * by store, product and episode. An episode begins with the event at which the stock on hand is below the threshold
 * after it was not, and ends with the next event at which it has recovered. While it is covered by what is on order it
 * asks for nothing; when the cover goes, it asks. An event of a shelf whose threshold is 0, such as the last
 * of a withdrawn product, ends it.
 *
 * Order, duplicates and replays do not matter: events are ordered by `event_time`, then `sequence`, then `event_id`, so
 * that a store whose sequence starts again continues. The request is made from the first event of the episode
 * that calls for units, so it is the same however much later it is detected.
 *
 * @example
 * ```ts
 * import { detectLowStock } from '@store/restock';
 * import type { InventoryEvent } from '@store/schema';
 *
 * export function printOpenRequests(events: Iterable<InventoryEvent>) {
 *   for (const { request_id, quantity } of detectLowStock(events, { episodes: 'open', packSize: 6 })) {
 *     console.log(`${request_id}: ${quantity} units`);
 *   }
 * }
 * ```
 *
 * @throws RestockError `INVALID_OPTION`, `INVALID_EVENT`
 */
export function detectLowStock(
  events: Iterable<InventoryEvent>,
  options: DetectOptions = {},
): readonly RestockRequest[] {
  checkInput('events', events, 'objects');
  checkOptions(options, detectRules, invalidOption);
  const margin = marginOf(options);
  const openOnly = options.episodes === 'open';
  const requests: RestockRequest[] = [];
  for (const history of histories(events)) {
    let began: InventoryEvent | undefined;
    let request: RestockRequest | undefined;
    for (const event of history) {
      const level = stockLevel(event, margin);
      if (level === 'sufficient') began = request = undefined;
      if (level !== 'low') continue;
      began ??= event;
      if (request !== undefined || missingUnits(event, options) === 0) continue;
      request = requestOfEvent(event, options, began);
      if (!openOnly) requests.push(request);
    }
    if (openOnly && request !== undefined) requests.push(request);
  }
  return requests;
}

/** Events of each store and product in their order. A duplicate is beside its double, and changes nothing there. */
function* histories(events: Iterable<InventoryEvent>): Iterable<readonly InventoryEvent[]> {
  const series = new Map<string, InventoryEvent[]>();
  for (const event of events) {
    checkInput('events', event, 'object');
    checkEvent(event);
    const key = JSON.stringify([event.store_id, event.product_id]);
    const history = series.get(key);
    if (history === undefined) series.set(key, [event]);
    else history.push(event);
  }
  for (const key of [...series.keys()].sort()) yield [...(series.get(key) ?? [])].sort(compareEvents);
}

const compare = <Value extends string | number>(a: Value, b: Value): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * The order of a shelf's events: by time, since a store's sequence may start again; at one time by sequence,
 * then by id, and of two that have one id by what they say: never by which came first.
 */
function compareEvents(a: Place, b: Place): number {
  return (
    compareTimes(a.event_time, b.event_time) ||
    compare(a.sequence, b.sequence) ||
    compare(a.event_id, b.event_id) ||
    compare(a.current_stock, b.current_stock) ||
    compare(a.min_threshold, b.min_threshold) ||
    compare(a.on_order, b.on_order)
  );
}

/** Instants of one form compare as text; `08:00:00Z` and `08:00:00.500Z` do not. */
function compareTimes(a: string, b: string): number {
  return a.length === b.length ? compare(a, b) : compare(Date.parse(a), Date.parse(b));
}

type Place = Pick<
  InventoryEvent,
  'sequence' | 'event_time' | 'event_id' | 'current_stock' | 'min_threshold' | 'on_order'
>;

/** Finds low-stock episodes in events as they come. */
export interface LowStockDetector {
  /**
   * Takes one event and returns the request that an episode calls for with it, if one does. Events of a
   * store must come in the order of `event_time`, `sequence` and `event_id`; one that is not newer than the last of its
   * store and product is a duplicate, and ignored.
   *
   * @throws RestockError `INVALID_EVENT`
   */
  add(event: InventoryEvent): RestockRequest | undefined;
  /** Requests of the episodes that have not ended, in the order in which they were called for. */
  open(): readonly RestockRequest[];
}

interface Shelf {
  last: Place | undefined;
  began: InventoryEvent | undefined;
  request: RestockRequest | undefined;
}

/**
 * Creates a detector for live use. It holds one entry for each store and product that it has seen, and finds
 * exactly what {@link detectLowStock} finds in the same events.
 *
 * @example
 * ```ts
 * import { createLowStockDetector } from '@store/restock';
 * import type { InventoryEvent } from '@store/schema';
 *
 * const detector = createLowStockDetector({ recoveryMargin: 2 });
 * export function onEvent(event: InventoryEvent) {
 *   const request = detector.add(event);
 *   if (request !== undefined) console.log(`${request.request_id}: ${request.quantity} units`);
 * }
 * ```
 *
 * @throws RestockError `INVALID_OPTION`
 */
export function createLowStockDetector(options: EpisodeOptions & QuantityOptions = {}): LowStockDetector {
  checkOptions(options, liveRules, invalidOption);
  const margin = marginOf(options);
  const stores = new Map<string, Map<string, Shelf>>();
  const openRequests = new Map<string, RestockRequest>();

  const shelfOf = (event: InventoryEvent): Shelf => {
    let products = stores.get(event.store_id);
    if (products === undefined) stores.set(event.store_id, (products = new Map<string, Shelf>()));
    let shelf = products.get(event.product_id);
    if (shelf === undefined) {
      shelf = { last: undefined, began: undefined, request: undefined };
      products.set(event.product_id, shelf);
    }
    return shelf;
  };

  return {
    add(event) {
      checkInput('event', event, 'object');
      checkEvent(event);
      const shelf = shelfOf(event);
      if (shelf.last !== undefined && compareEvents(event, shelf.last) <= 0) return undefined;
      const { sequence, event_time, event_id, current_stock, min_threshold, on_order } = event;
      shelf.last = { sequence, event_time, event_id, current_stock, min_threshold, on_order };
      const level = stockLevel(event, margin);
      if (level === 'sufficient') {
        if (shelf.request !== undefined) openRequests.delete(shelf.request.request_id);
        shelf.began = shelf.request = undefined;
      }
      if (level !== 'low') return undefined;
      shelf.began ??= event;
      if (shelf.request !== undefined || missingUnits(event, options) === 0) return undefined;
      shelf.request = requestOfEvent(event, options, shelf.began);
      openRequests.set(shelf.request.request_id, shelf.request);
      return shelf.request;
    },
    open: () => [...openRequests.values()],
  };
}
