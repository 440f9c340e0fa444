import { checkOptions, type OptionRules } from '@store/foundation';
import type { InventoryEvent, RestockRequest } from '@store/schema';
import { checkChange, checkEvent } from './check-event.js';
import { checkInput, invalidOption } from './errors.js';
import {
  episodeRules,
  quantityRules,
  restockDefaults,
  type EpisodeOptions,
  type QuantityOptions,
} from './options.js';
import { requestOfEvent } from './restock-request.js';

const noticeRules: OptionRules<EpisodeOptions & QuantityOptions> = { ...episodeRules, ...quantityRules };

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
 * @throws RestockError `INVALID_OPTION`, `INVALID_EVENT`
 */
export function beginsEpisode(event: StockChange, options: EpisodeOptions = {}): boolean {
  checkInput('event', event, 'object');
  checkOptions(options, episodeRules, invalidOption);
  checkChange(event);
  return fallsLow(event, marginOf(options));
}

/** Restock requests of the episodes that begin in events that pass by. */
export interface EarlyRequests {
  /**
   * Takes one event; notices a request if an episode begins with it.
   *
   * @throws RestockError `INVALID_EVENT`
   */
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
  checkOptions(options, noticeRules, invalidOption);
  const margin = marginOf(options);
  const found = new Map<string, RestockRequest>();
  return {
    note(event) {
      checkChange(event);
      if (!fallsLow(event, margin)) return;
      checkEvent(event);
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

/** The recovery margin that options give. */
export const marginOf = ({ recoveryMargin = restockDefaults.recoveryMargin }: EpisodeOptions): number =>
  recoveryMargin;

/** What an event does to an episode: begins one, ends one, or leaves things as they are. */
export function stockLevel(
  shelf: { readonly current_stock: number; readonly min_threshold: number },
  recoveryMargin: number,
): 'low' | 'sufficient' | 'between' {
  if (shelf.current_stock < shelf.min_threshold) return 'low';
  // What is not kept in stock any more, such as a withdrawn product, has no margin to recover to.
  const margin = shelf.min_threshold === 0 ? 0 : recoveryMargin;
  return shelf.current_stock >= shelf.min_threshold + margin ? 'sufficient' : 'between';
}
