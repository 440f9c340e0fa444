import { checkOptions, type OptionRules } from '@store/foundation';
import { invalidOption } from '../errors.js';
import { nameFields } from './stock-now-columns.js';
import { stateOf, stockNowName, type StockNowOptions } from './stock-now-options.js';

/** Which state is read. */
export type StockNowLowQueryOptions = Pick<StockNowOptions, 'stockNow'>;

const lowRules: OptionRules<StockNowLowQueryOptions> = { stockNow: stockNowName };

/**
 * Returns SQL that finds every open low-stock episode in the state: the rows that `lowStockQuery` finds in the events, which
 * `toRestockRequest` reads, and `rules`, by which they were found. Shelves that are `unsettled` are among them, with
 * nothing but the shelf and a `history_complete` that is false. It reads the state alone: tens of megabytes for a million shelves.
 *
 * @example
 * ```ts
 * import { stockNowLowQuery, toRestockRequest } from '@store/restock';
 *
 * export async function openRequests(query: (sql: string) => Promise<Record<string, unknown>[]>) {
 *   const rows = await query(stockNowLowQuery({ stockNow: 'store.stock_now' }));
 *   return rows.map((row) => toRestockRequest(row));
 * }
 * ```
 *
 * @throws RestockError `INVALID_OPTION`
 */
export function stockNowLowQuery(options: StockNowLowQueryOptions = {}): string {
  checkOptions(options, lowRules, invalidOption);
  return `select store_id, product_id,
       ${nameFields.map((name) => `asked_names.${name} as ${name}`).join(', ')},
       began.sequence as episode_sequence, began.event_time as episode_started_at,
       asked.current_stock as current_stock, asked.min_threshold as min_threshold, asked.on_order as on_order,
       not unsettled as history_complete, rules
from ${stateOf(options)}
where began is not null or unsettled
order by store_id, product_id`;
}
