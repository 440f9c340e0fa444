/** A trend needs two of each month, or it is the months. */
export declare const TREND_DAYS = 700;
/** A chain's trend: the logarithm of demand on a line that ends in 0 on the last day of the history. */
export declare class Trend {
    #private;
    /** Logarithm of each day's factor. */
    readonly effect: Float64Array;
    constructor(width: number, days: number);
    /** Logarithm of growth a day. */
    get slope(): number;
    get found(): boolean;
    /** Moves the slope; with `searching` decides first whether there is one. Returns what levels are to be moved by. */
    move(score: Float64Array, information: Float64Array, searching: boolean): number;
}
//# sourceMappingURL=trend.d.ts.map