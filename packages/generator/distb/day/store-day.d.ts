import type { DayParts, ShopDay } from './day-parts.js';
/** A time of day, but not before clocks have changed. */
export declare const morning: (time: number) => number;
/** Units of a stock that spoil in one night, by a random word: each with chance one in so many days. */
export declare function spoiltUnits(word: number, stock: number, days: number): number;
/** One store's local day, as its series see it. */
export declare class StoreDay {
    #private;
    day: number;
    /** Local midnight in the log's time. */
    base: number;
    key0: number;
    key1: number;
    /** Cell of the store's first product. */
    firstCell: number;
    opensAt: number;
    openMs: number;
    closesAt: number;
    prices: Int32Array;
    constructor(parts: DayParts);
    /** Turns to the day of the store at a position in the shard. */
    open(day: number, s: number, base: number, shop: ShopDay): void;
    /** Whether the next product that the store sells today is of the same category, and can stand in. */
    hasNeighbour(p: number): boolean;
    /** Takes the order that is due off the open orders and returns its units on paper. */
    takeDue(i: number): number;
    /** Takes units that came from outside off the open orders, and returns them. */
    takeOff(i: number, units: number): number;
    /** Days that a unit of a product keeps; 0 never spoils. */
    life(p: number): number;
}
//# sourceMappingURL=store-day.d.ts.map