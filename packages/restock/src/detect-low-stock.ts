import { checkOptions, oneOf, type OptionRules } from '@store/foundation';
import type { InventoryEvent, RestockRequest } from '@store/schema';
import { checkInput, invalidOption } from './errors.js';
import {
  episodeRules,
  quantityRules,
  restockDefaults,
  type EpisodeOptions,
  type QuantityOptions,
} from './options.js';
import { requestOfEvent } from './restock-request.js';

/** How episodes are found and what a request asks for. */
export interface DetectOptions extends EpisodeOptions, QuantityOptions {
  /** `open`: only episodes that have not ended. `all`: every episode of the history. @defaultValue 'all' */
  readonly episodes?: 'all' | 'open';
}

const liveRules: OptionRules<EpisodeOptions & QuantityOptions> = { ...episodeRules, ...quantityRules };
const detectRules: OptionRules<DetectOptions> = { ...liveRules, episodes: oneOf('all', 'open') };

/**
 * Returns the restock requests that a set of events calls for: one for each low-stock episode, ordered by store,
 * product and episode. An episode begins with the event at which the stock on hand is below the threshold after it
 * was not, and ends with the next event at which it has recovered.
 *
 * Order, duplicates and replays do not matter: events of a store are ordered by `sequence`, then `event_time`, then
 * `event_id`. The request is made from the event that began the episode, so it is the same however much later it is
 * detected.
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
 * @throws RestockError `INVALID_OPTION`
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
    for (const event of history) {
      const level = stockLevel(event, margin);
      if (level === 'sufficient') began = undefined;
      if (level !== 'low' || began !== undefined) continue;
      began = event;
      if (!openOnly) requests.push(requestOfEvent(event, options));
    }
    if (openOnly && began !== undefined) requests.push(requestOfEvent(began, options));
  }
  return requests;
}

/** Events of each store and product in their order. A duplicate is beside its double, and changes nothing there. */
function* histories(events: Iterable<InventoryEvent>): Iterable<readonly InventoryEvent[]> {
  const series = new Map<string, InventoryEvent[]>();
  for (const event of events) {
    const key = JSON.stringify([event.store_id, event.product_id]);
    const history = series.get(key);
    if (history === undefined) series.set(key, [event]);
    else history.push(event);
  }
  for (const key of [...series.keys()].sort()) yield [...(series.get(key) ?? [])].sort(compareEvents);
}

const compare = <Value extends string | number>(a: Value, b: Value): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * The order of a shelf's events. A store gives each event a sequence of its own; where two have one all the same, time and
 * id decide, and of two that have one id what they say does: never which came first.
 */
function compareEvents(a: Place, b: Place): number {
  return (
    compare(a.sequence, b.sequence) ||
    compare(a.event_time, b.event_time) ||
    compare(a.event_id, b.event_id) ||
    compare(a.current_stock, b.current_stock) ||
    compare(a.min_threshold, b.min_threshold) ||
    compare(a.on_order, b.on_order)
  );
}

type Place = Pick<
  InventoryEvent,
  'sequence' | 'event_time' | 'event_id' | 'current_stock' | 'min_threshold' | 'on_order'
>;

/** Finds low-stock episodes in events as they come. */
export interface LowStockDetector {
  /**
   * Takes one event and returns the request of the episode that begins with it, if one does. Events of a
   * store must come in the order of `sequence`, `event_time` and `event_id`; one that is not newer than the last of its
   * store and product is a duplicate, and ignored.
   */
  add(event: InventoryEvent): RestockRequest | undefined;
  /** Requests of the episodes that have not ended, in the order in which they began. */
  open(): readonly RestockRequest[];
}

interface Shelf {
  last: Place | undefined;
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
      shelf = { last: undefined, request: undefined };
      products.set(event.product_id, shelf);
    }
    return shelf;
  };

  return {
    add(event) {
      const shelf = shelfOf(event);
      if (shelf.last !== undefined && compareEvents(event, shelf.last) <= 0) return undefined;
      const { sequence, event_time, event_id, current_stock, min_threshold, on_order } = event;
      shelf.last = { sequence, event_time, event_id, current_stock, min_threshold, on_order };
      const level = stockLevel(event, margin);
      if (level === 'sufficient' && shelf.request !== undefined) {
        openRequests.delete(shelf.request.request_id);
        shelf.request = undefined;
      }
      if (level !== 'low' || shelf.request !== undefined) return undefined;
      shelf.request = requestOfEvent(event, options);
      openRequests.set(shelf.request.request_id, shelf.request);
      return shelf.request;
    },
    open: () => [...openRequests.values()],
  };
}

/** What {@link beginsEpisode} looks at. */
export type StockChange = Pick<InventoryEvent, 'current_stock' | 'min_threshold' | 'quantity_delta'>;

/**
 * Says whether this one event shows by itself that a low-stock episode begins: the stock is below the threshold
 * and, before `quantity_delta` moved it, was not. For places that see events in any order and remember
 * nothing, such as a Lambda function; ids of such requests are those that {@link detectLowStock} finds.
 *
 * It may miss an episode, never invent one: of a product that is low in its very first event, or that fell
 * from between the threshold and the recovery margin, only the history knows. Stock must be conserved (each
 * event's stock is the one before plus `quantity_delta`) and the threshold stay as it was at the event before.
 *
 * @example
 * ```ts
 * import { beginsEpisode } from '@store/restock';
 *
 * console.log(beginsEpisode({ current_stock: 9, min_threshold: 10, quantity_delta: -3 })); // true
 * ```
 *
 * @throws RestockError `INVALID_OPTION`
 */
export function beginsEpisode(event: StockChange, options: EpisodeOptions = {}): boolean {
  checkInput('event', event, 'object');
  checkOptions(options, episodeRules, invalidOption);
  return fallsLow(event, marginOf(options));
}

/** Restock requests of the episodes that begin in events that pass by. */
export interface EarlyRequests {
  /** Takes one event; notices a request if an episode begins with it. */
  note(event: InventoryEvent): void;
  /** How many requests were noticed. */
  count(): number;
  /** What was noticed, once each, and only what asks for units. */
  requests(): readonly RestockRequest[];
}

/**
 * Creates a collector that notices low stock event by event, by {@link beginsEpisode}. Each request has the id that
 * the planner gives it later, so no second truck is sent.
 *
 * @example
 * ```ts
 * import { noticeEpisodes } from '@store/restock';
 * import type { InventoryEvent } from '@store/schema';
 *
 * export function earlyRequests(batch: Iterable<InventoryEvent>) {
 *   const early = noticeEpisodes({ packSize: 6 });
 *   for (const event of batch) early.note(event);
 *   return early.requests();
 * }
 * ```
 *
 * @throws RestockError `INVALID_OPTION`
 */
export function noticeEpisodes(options: EpisodeOptions & QuantityOptions = {}): EarlyRequests {
  checkOptions(options, liveRules, invalidOption);
  const margin = marginOf(options);
  const found = new Map<string, RestockRequest>();
  return {
    note(event) {
      if (!fallsLow(event, margin)) return;
      const request = requestOfEvent(event, options);
      if (request.quantity > 0) found.set(request.request_id, request);
    },
    count: () => found.size,
    requests: () => [...found.values()],
  };
}

/** {@link beginsEpisode} with a margin that is checked already: it runs for every event that passes by. */
function fallsLow({ current_stock, min_threshold, quantity_delta }: StockChange, margin: number): boolean {
  return (
    stockLevel({ current_stock, min_threshold }, margin) === 'low' &&
    stockLevel({ current_stock: current_stock - quantity_delta, min_threshold }, margin) === 'sufficient'
  );
}

const marginOf = ({ recoveryMargin = restockDefaults.recoveryMargin }: EpisodeOptions): number =>
  recoveryMargin;

/** What an event does to an episode: begins one, ends one, or leaves things as they are. */
function stockLevel(
  shelf: { readonly current_stock: number; readonly min_threshold: number },
  recoveryMargin: number,
): 'low' | 'sufficient' | 'between' {
  if (shelf.current_stock < shelf.min_threshold) return 'low';
  return shelf.current_stock >= shelf.min_threshold + recoveryMargin ? 'sufficient' : 'between';
}
