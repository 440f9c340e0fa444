import { numberBetween, type OptionRules } from '@store/foundation';

/** What stock, orders, empty shelves and waste cost. */
export interface Costs {
  /** Of a unit that is in the store at closing, for that night, as a share of its everyday price; 0 to 1,000. */
  readonly holding: number;
  /** Of an order of one product, in the store's currency; 0 to 1,000,000. */
  readonly ordering: number;
  /**
   * Of a unit that was wanted and not there, as a share of its everyday price; 0 to 1,000. Where demand waits, of each unit
   * that waits at closing, for that night.
   */
  readonly lostMargin: number;
  /** Of a unit that spoils, as a share of its everyday price; 0 to 1,000. */
  readonly waste: number;
}

/**
 * Costs of a world that gives none. Margin: 32 % of sales in United States retail trade (Statistical Abstract 2000, table
 * 1277, year 1998); what spoils costs the other 68 %. Holding: 30 % of that purchase value a year (20 to 40 % is usual:
 * sig.org/inventory-holding-carrying-cost, read 2026-11-29). Ordering is an assumption: 20 nights of holding a unit of
 * 4.50, as the presets' `orderCostRatio` has it.
 */
export const costDefaults: Costs = Object.freeze({
  holding: 0.00056,
  ordering: 0.05,
  lostMargin: 0.32,
  waste: 0.68,
});

/** Rules of the costs, for `checkOptions`. */
export const costRules: OptionRules<Costs> = {
  holding: numberBetween(0, 1000),
  ordering: numberBetween(0, 1_000_000),
  lostMargin: numberBetween(0, 1000),
  waste: numberBetween(0, 1000),
};

/** Fills in the defaults of costs. */
export const settleCosts = ({
  holding = costDefaults.holding,
  ordering = costDefaults.ordering,
  lostMargin = costDefaults.lostMargin,
  waste = costDefaults.waste,
}: Partial<Costs> = {}): Costs => ({ holding, ordering, lostMargin, waste });
