/**
 * exp, log and the normal quantile from + - * / and sqrt alone. IEEE 754 fixes those to the last bit; it does
 * not fix Math.exp or Math.log, whose last bits differ between engines, and one bit would be another world.
 */
/** e to the power of x. */
export declare function exp(x: number): number;
/** Natural logarithm of a positive x. */
export declare function log(x: number): number;
/** Density of the standard normal distribution. */
export declare function normalDensity(z: number): number;
/** Distribution function of the standard normal distribution, by its everywhere-convergent series. */
export declare function normalCumulative(z: number): number;
/** The z below which a standard normal variable falls with probability p, 0 < p < 1, by bisection and Newton. */
export declare function normalQuantile(p: number): number;
/** 4,096 normal quantiles at the midpoints: drawing a normal variable is one look-up. */
export declare function normalTable(): Float64Array;
//# sourceMappingURL=exact-math.d.ts.map