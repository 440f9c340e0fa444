import { type OptionRules } from '@store/foundation';
/** What stock, orders, empty shelves and waste cost. */
export interface Costs {
    /** Of a unit that lies in the store at closing, for that night, as a share of its everyday price; 0 to 1,000. */
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
export declare const costDefaults: Costs;
/** Rules of the costs, for `checkOptions`. */
export declare const costRules: OptionRules<Costs>;
/** Fills in the defaults of costs. */
export declare const settleCosts: ({ holding, ordering, lostMargin, waste, }?: Partial<Costs>) => Costs;
//# sourceMappingURL=costs.d.ts.map