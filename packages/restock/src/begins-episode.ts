import type { InventoryEvent } from '@store/schema';
import { recoveryMarginOf, stockLevel, type EpisodeOptions } from './episode-options.js';

/**
 * True when this one event shows by itself that a low-stock episode begins: the stock is below the threshold
 * and, before `quantity_delta` moved it, was not. For places that see events in any order and remember
 * nothing, such as a Lambda function; ids of such requests are those that {@link detectLowStock} finds.
 *
 * It may miss an episode, never invent one: of a product that is low in its very first event, or that fell
 * from between the threshold and the recovery margin, only the history knows. Stock must be conserved (each
 * event's stock is the one before plus `quantity_delta`) and the threshold stay as it was at the event before.
 *
 * @throws RestockError `INVALID_OPTION`
 */
export function beginsEpisode(
  event: Pick<InventoryEvent, 'current_stock' | 'min_threshold' | 'quantity_delta'>,
  options: EpisodeOptions = {},
): boolean {
  const margin = recoveryMarginOf(options);
  const { current_stock, min_threshold, quantity_delta } = event;
  return (
    stockLevel(event, margin) === 'low' &&
    stockLevel({ current_stock: current_stock - quantity_delta, min_threshold }, margin) === 'sufficient'
  );
}
