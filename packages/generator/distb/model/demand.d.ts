/** Ratio between neighbouring rate classes: seasonality and price effects are integer steps of 3 %. */
export declare const RATE_RATIO = 1.03;
/** Number of rate classes, 0.008 to 99 units a day. */
export declare const RATE_CLASSES = 320;
/** Dispersion groups of a model. */
export declare const GROUPS = 8;
/** Dispersion groups with those of one's own demand: a fixed grid, so that appending changes no older series. */
export declare const ALL_GROUPS = 32;
/** Logarithm of the ratio. */
export declare const RATE_STEP: number;
/** Rate class of a demand whose mean has this logarithm. */
export declare function rateClassOf(logMean: number): number;
/** How many rate classes a factor is worth. */
export declare function shiftOf(logFactor: number): number;
/** Mean units a day of each rate class. */
export declare function rateMeans(): Float64Array;
/**
 * Probabilities of 0 to 255 units of a negative binomial demand; an infinite dispersion is Poisson. A shorter array takes
 * the first of them.
 */
export declare function demandProbabilities(mean: number, dispersion: number, pmf?: Float64Array): Float64Array;
/** Outcomes that lie in the head of a row: one cache line holds two heads. */
export declare const HEAD = 8;
/** Outcomes that lie in its tail. */
export declare const TAIL: number;
/**
 * Cumulative probabilities of demand in units of 2^-32, one row for each distribution, `group * RATE_CLASSES + class`. The
 * first eight outcomes of every row lie together, 80 kB in all, and are enough for most draws: a table of whole rows (an
 * alias table, 2.6 MB) does not fit a core's cache, and cost four times as much per series-day.
 *
 * A row is computed when it is drawn from first: all rows took a third of the CPU of a process' first 20,000 events
 * (bench/first-event.bench.ts). The head of a row that is not known yet is all 0, so that every draw of it falls through to
 * `units`, as a draw of the tail does.
 */
export declare class DemandTable {
    #private;
    readonly heads: Uint32Array;
    /** @param dispersions - of each group; infinite is Poisson, and nobody draws from a group of 0 */
    constructor(means: Float64Array, dispersions: Float64Array);
    /** Units of a draw that no outcome of the head covers, as far as the head is known. */
    units(row: number, word: number): number;
}
/** The grid of one's own dispersions, 0.05 to 100 in 24 equal ratios of 1.39: groups 8 to 31. */
export declare function ownDispersions(): Float64Array;
/** Least and greatest dispersion of one's own. */
export declare const ownDispersionRange: readonly [least: number, most: number];
/** The group of the grid that is next to a dispersion, by its logarithm. */
export declare function ownGroupOf(dispersion: number): number;
//# sourceMappingURL=demand.d.ts.map