import type { CalendarEffects } from './calendar-effects.js';
/** A fitted model. */
export interface Fit {
    /** Logarithm of each series' mean at the end of the history, at the everyday price, with all factors 1. */
    readonly level: Float64Array;
    readonly dispersion: Float64Array;
    /** 1 where a dispersion is at an end of its range. */
    readonly bounded: Uint8Array;
    readonly effects: CalendarEffects;
    elasticity: number;
    /** Logarithm of what a promotion sells beyond its price. */
    lift: number;
    /** Days of the panel that were fitted, from its first. */
    readonly days: number;
}
/** Factors of reduced prices: by promotion and step. */
export declare function priceFactors({ elasticity, lift }: Fit): Float64Array;
/** Index of a cell in `priceFactors`. */
export declare const priceIndex: (step: number, promoted: number) => number;
//# sourceMappingURL=fitted.d.ts.map