/**
 * Expected demand of a day that sold `sold` units and then ran out, D negative binomial with this mean and dispersion k:
 * E[D | D >= s] = mean * P(D' >= s - 1) / P(D >= s), where D' has dispersion k + 1 and the same p.
 */
export declare function censoredMean(mean: number, dispersion: number, sold: number): number;
/** P(D < n) and P(D = n). */
export declare function cumulative(mean: number, dispersion: number, n: number): readonly [below: number, at: number];
/** The least n with P(D <= n) above u, 0 <= u < 1; at most `most`. */
export declare function quantile(mean: number, dispersion: number, u: number, most: number): number;
//# sourceMappingURL=negative-binomial.d.ts.map