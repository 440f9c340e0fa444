/**
 * Inverse of the cumulative arrivals, 257 knots in 1/65,536 of the opening hours: a uniform word becomes a time of
 * day by one interpolation in integers.
 */
export declare function diurnalKnots(): Int32Array;
/** A time of day by the upper 28 bits of a word, along the curve of arrivals; milliseconds, as the hours are given. */
export declare function arrivalTime(opensAt: number, openMs: number, word: number): number;
//# sourceMappingURL=arrivals.d.ts.map