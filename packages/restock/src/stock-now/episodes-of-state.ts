import type { RestockRequest } from '@store/schema';
import { RestockError } from '../errors.js';
import type { QuantityOptions } from '../options.js';
import { requestOfRow, type QueryRow } from '../restock-request.js';
import { rulesWord, type StockNowOptions } from './stock-now-options.js';

/** The open episodes in rows of `stockNowLowQuery`: with `from`, those that began at or after it. */
export function episodesOfState(
  rows: Iterable<QueryRow>,
  options: StockNowOptions & QuantityOptions,
): readonly RestockRequest[] {
  // With milliseconds, as the rows' times are read, so that both compare as text.
  const from = options.from === undefined ? '' : new Date(options.from).toISOString();
  const episodes: RestockRequest[] = [];
  for (const row of rows) {
    checkStateRow(row, options);
    const request = requestOfRow(row, options);
    if (request.episode_started_at >= from) episodes.push(request);
  }
  return episodes;
}

/** Throws where a row of `stockNowLowQuery` was found by other rules, or is not decided. */
function checkStateRow(row: QueryRow, options: StockNowOptions): void {
  const wanted = rulesWord(options);
  const shelf = `${String(row.store_id)}/${String(row.product_id)}`;
  if (row.rules !== wanted) {
    throw new RestockError(
      'INVALID_ROW',
      `Expected the state to be made by the rules ${wanted} (recoveryMargin/orderUpToFactor), got ${String(row.rules)} at ${shelf}. Rebuild it: call refreshStockNow with the same options.`,
      { field: 'rules' },
    );
  }
  if (row.history_complete !== true && row.history_complete !== 'true') {
    throw new RestockError(
      'INVALID_ROW',
      `The shelf ${shelf} is not settled: a sufficient event came late. Call refreshStockNow, or run stockNowMerge with shelves 'unsettled'.`,
      { field: 'history_complete' },
    );
  }
}
