import { checkInteger } from './check-integer.js';

/** When a low-stock episode is over. */
export interface EpisodeOptions {
  /**
   * Units above the reorder point that the stock must reach before an episode ends: hysteresis, so that a
   * shelf that hovers around its threshold makes one request, not ten. 0 or more.
   *
   * @defaultValue 0
   */
  readonly recoveryMargin?: number;
}

/** The stock of one product in one store, as an event tells it. */
export interface ShelfState {
  readonly current_stock: number;
  readonly min_threshold: number;
}

/** The margin, checked. */
export function recoveryMarginOf({ recoveryMargin = 0 }: EpisodeOptions): number {
  checkInteger('recoveryMargin', recoveryMargin, 0);
  return recoveryMargin;
}

/** What an event does to an episode: begins one, ends one, or leaves things as they are. */
export function stockLevel(shelf: ShelfState, recoveryMargin: number): 'low' | 'sufficient' | 'between' {
  if (shelf.current_stock < shelf.min_threshold) return 'low';
  return shelf.current_stock >= shelf.min_threshold + recoveryMargin ? 'sufficient' : 'between';
}
