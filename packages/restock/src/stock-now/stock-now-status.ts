import { checkOptions, type OptionRules } from '@store/foundation';
import { checkInput, invalidOption } from '../errors.js';
import { episodeRules, quantityRules } from '../options.js';
import type { RunQuery } from '../plan-restock.js';
import { instant, integer, type QueryRow } from '../restock-request.js';
import { rulesWord, stateOf, stockNowName, type StockNowOptions } from './stock-now-options.js';

/** Which state is asked, and which rules it should be made by. */
export type StockNowStatusOptions = Pick<StockNowOptions, 'stockNow' | 'recoveryMargin' | 'orderUpToFactor'>;

/** What a state says of itself. */
export interface StockNowStatus {
  /** Stores and products that it holds. */
  readonly shelves: number;
  /**
   * Time of its latest event, ISO 8601 in UTC; undefined where it holds none. It is the watermark: there is no other, so
   * that none can disagree with the rows.
   */
  readonly latest: string | undefined;
  /** Whether all rows were made with the margin and the order-up-to factor of the options. */
  readonly byTheseRules: boolean;
  /** Shelves that a late event left undecided. */
  readonly unsettled: number;
  /** Events from this instant on decide these shelves; undefined where there are none. */
  readonly unsettledFrom: string | undefined;
}

const statusRules: OptionRules<StockNowStatusOptions> = {
  ...episodeRules,
  orderUpToFactor: quantityRules.orderUpToFactor,
  stockNow: stockNowName,
};

/**
 * Reads how far a state reaches and what it leaves undecided, and returns that. For those who keep a state by themselves:
 * `refreshStockNow` asks by itself.
 *
 * @example
 * ```ts
 * import { stockNowMerge, stockNowStatus, type RunQuery } from '@store/restock';
 *
 * export async function settle(query: RunQuery) {
 *   const { unsettledFrom } = await stockNowStatus(query);
 *   if (unsettledFrom === undefined) return;
 *   await query(stockNowMerge({ table: 'inventory_events', from: unsettledFrom, shelves: 'unsettled' }));
 * }
 * ```
 *
 * @throws RestockError `INVALID_OPTION`, `INVALID_ROW`, and what the query throws
 */
export async function stockNowStatus(
  query: RunQuery,
  options: StockNowStatusOptions = {},
): Promise<StockNowStatus> {
  checkInput('query', query, 'query');
  checkOptions(options, statusRules, invalidOption);
  return readStatus(query, options);
}

/** {@link stockNowStatus} with options that are checked already. */
export async function readStatus(query: RunQuery, options: StockNowStatusOptions): Promise<StockNowStatus> {
  const [row = {}] = await query(`select count(*) as shelves, max(event_time) as latest,
       count(*) filter (where rules <> '${rulesWord(options)}') as other_rules,
       count(*) filter (where unsettled) as unsettled,
       min(last_sufficient.event_time) filter (where unsettled) as unsettled_from
from ${stateOf(options)}`);
  return {
    shelves: integer(row, 'shelves'),
    latest: maybeInstant(row, 'latest'),
    byTheseRules: integer(row, 'other_rules') === 0,
    unsettled: integer(row, 'unsettled'),
    unsettledFrom: maybeInstant(row, 'unsettled_from'),
  };
}

/** No event: nothing, or what a client makes of NULL. */
const maybeInstant = (row: QueryRow, column: string): string | undefined =>
  (row[column] ?? '') === '' ? undefined : instant(row, column);
