import type { Store } from '../model/stores.js';
import type { DayObserver, DayParts, ShopDay } from './day-parts.js';
import type { Delivery } from './deliveries.js';
import type { Rarities } from './rarities.js';
/** Simulates one series on one day on which something happens. */
export declare class SeriesDay {
    #private;
    /** Buyers whom the product before could not serve, for this one to serve. */
    spilled: number;
    constructor(parts: DayParts, rare: Rarities);
    /** Turns to a store's day; `base` is local midnight in the log's time. */
    open(day: number, store: Store, s: number, base: number, shop: ShopDay, observer: DayObserver | undefined): void;
    /** A series to which nothing happened, for the observer. */
    quiet(i: number, p: number): void;
    /** Gathers what happens to a series in the order of time, then applies it. */
    run(i: number, p: number, g: number, rate: number, units: number, chance: number, due: boolean, counted: boolean, priced: boolean, arrivals: readonly Delivery[] | undefined): void;
}
//# sourceMappingURL=series-day.d.ts.map