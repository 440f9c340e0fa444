/** Days that a promotion may last: a price that holds on longer is the everyday one. */
export declare const PROMOTION_DAYS = 56;
/**
 * Steps of a price ratio's logarithm: reductions are whole thousandths, and so an index. The least is a price at a
 * twentieth of the everyday one.
 */
export declare const STEPS = 1000;
export declare const LEAST_STEP = -3000;
/** Everyday prices of one series, day by day: buffers that are used again for each series. */
export declare class EverydayPrices {
    #private;
    /** Price of each day, filled in where no row says it; 0 where none does. */
    paid: Float64Array;
    everyday: Float64Array;
    /** Logarithm of paid over everyday, thousandths, 0 to `LEAST_STEP`. */
    step: Int16Array;
    /** Makes room for a series of so many days, with no price known. */
    open(days: number): void;
    /** Finds the everyday prices behind the prices paid: the lower of the highest of eight weeks before, and after. */
    find(days: number): void;
}
//# sourceMappingURL=everyday-price.d.ts.map