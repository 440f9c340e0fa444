import { checkOptions, flag, required, wholeNumber, type OptionRules } from '@store/foundation';
import { checkInput, invalidOption } from '../errors.js';
import { hoursBefore } from '../low-stock-query.js';
import type { RunQuery } from '../plan-restock.js';
import { stockNowDefaults, stockNowRules, type StockNowOptions } from './stock-now-options.js';
import { stockNowMerge, stockNowRebuild } from './stock-now-sql.js';
import { readStatus } from './stock-now-status.js';

/** How the state is brought up to date. */
export interface RefreshOptions extends Omit<StockNowOptions, 'from'> {
  /**
   * Take in events before this instant, ISO 8601 in UTC: now, or the end of the last hour that is closed. What is dated
   * after it, as by a clock that is wrong, waits until its time has come.
   */
  readonly to: string;
  /**
   * How far before the latest event of the state its renewal begins, hours, 0 or more: events that come later than this
   * count from the next rebuild on. Each run reads these hours again.
   *
   * @defaultValue 3
   */
  readonly lateHours?: number;
  /** Rebuild the state from every event. @defaultValue only where it is empty, or made by other rules */
  readonly rebuild?: boolean;
}

/** What a refresh has done. */
export interface StockNowRefresh {
  /** `rebuilt` from every event, or `merged` from those of a window. */
  readonly how: 'rebuilt' | 'merged';
  /** Where the window began. Null where every event was read. */
  readonly from: string | null;
  /** Stores and products that the state holds. */
  readonly shelves: number;
  /** How many of them a late event had left undecided, so that their events were read again. */
  readonly settled: number;
}

const refreshRules: OptionRules<RefreshOptions> = {
  ...stockNowRules,
  to: required(stockNowRules.to),
  lateHours: wholeNumber(0),
  rebuild: flag(),
};

/**
 * Brings the state up to date and returns what it did: it merges the hours since the latest event that the state holds, and
 * those before it in which events may come late; where the state is empty, or was made with another margin or
 * order-up-to factor, it is rebuilt. The table must exist (`stockNowTable`). Running it again changes
 * nothing, and one that failed is made good by the next.
 *
 * @example
 * ```ts
 * import { planRestock, refreshStockNow, type RunQuery } from '@store/restock';
 * import { eventHourPartitioning as partitioning } from '@store/schema';
 *
 * export async function planHour(query: RunQuery, hour: string) {
 *   const [table, stockNow] = ['store.inventory_events', 'store.stock_now'];
 *   await refreshStockNow(query, { table, stockNow, partitioning, to: hour });
 *   return planRestock(query, { table, stockNow });
 * }
 * ```
 *
 * @throws RestockError `INVALID_OPTION`, `INVALID_ROW`, and what the query throws
 */
export async function refreshStockNow(query: RunQuery, options: RefreshOptions): Promise<StockNowRefresh> {
  checkInput('query', query, 'query');
  checkOptions(options, refreshRules, invalidOption);
  const { lateHours = stockNowDefaults.lateHours, rebuild = false, ...events } = options;
  const before = await readStatus(query, options);
  const from =
    rebuild || before.latest === undefined || !before.byTheseRules
      ? undefined
      : hoursBefore(before.latest, lateHours);
  const statements = from === undefined ? stockNowRebuild(events) : [stockNowMerge({ ...events, from })];
  for (const statement of statements) await query(statement);
  const { shelves, unsettled, unsettledFrom } = await readStatus(query, options);
  if (unsettledFrom !== undefined) {
    await query(stockNowMerge({ ...events, from: unsettledFrom, shelves: 'unsettled' }));
  }
  return { how: from === undefined ? 'rebuilt' : 'merged', from: from ?? null, shelves, settled: unsettled };
}
