import { oneOf, text, type OptionRule, type OptionRules } from '@store/foundation';
import { windowRules, type LowStockQueryOptions } from '../low-stock-query.js';
import { restockDefaults } from '../options.js';

/** Which events a state of the shelves is made from, and where it lies. */
export interface StockNowOptions extends LowStockQueryOptions {
  /** Table of the state, with its database where needed. @defaultValue 'stock_now' */
  readonly stockNow?: string;
}

/** What an increment of the state takes in. */
export interface StockNowMergeOptions extends StockNowOptions {
  /**
   * `seen`: every shelf with events in the window. `unsettled`: only shelves that a late event left undecided; the
   * window must then reach from their last sufficient event to the end of what the state holds.
   *
   * @defaultValue 'seen'
   */
  readonly shelves?: 'seen' | 'unsettled';
}

/** What is taken for an option that is not given. */
export const stockNowDefaults: {
  readonly stockNow: string;
  readonly shelves: 'seen';
  readonly lateHours: number;
} = Object.freeze({ stockNow: 'stock_now', shelves: 'seen', lateHours: 3 });

const tableName = /^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?$/i;

/** The name of the state's table. */
export const stockNowName: OptionRule = text('a table name, with or without its database', tableName);

export const stockNowRules: OptionRules<StockNowOptions> = {
  ...windowRules,
  stockNow: stockNowName,
};

export const mergeRules: OptionRules<StockNowMergeOptions> = {
  ...stockNowRules,
  shelves: oneOf('seen', 'unsettled'),
};

/** Name of the state's table. */
export const stateOf = ({ stockNow = stockNowDefaults.stockNow }: { readonly stockNow?: string }): string =>
  stockNow;

/**
 * Margin and order-up-to factor in one word: a state is made by one pair, and serves no other, since both decide where an
 * episode begins and which of its events calls for units.
 */
export function rulesWord({
  recoveryMargin = restockDefaults.recoveryMargin,
  orderUpToFactor = restockDefaults.orderUpToFactor,
}: Pick<StockNowOptions, 'recoveryMargin' | 'orderUpToFactor'>): string {
  return `${recoveryMargin}/${orderUpToFactor}`;
}
