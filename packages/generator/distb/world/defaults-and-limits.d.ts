/** What a world is made of when nothing else is given. */
export declare const worldDefaults: {
    readonly seed: number;
    readonly stores: number;
    readonly products: number;
    readonly start: string;
    readonly days: number;
    readonly preset: 'm5';
};
/** Sizes that one world may have. */
export declare const worldLimits: {
    readonly stores: number;
    readonly products: number;
    /** Stores times products. */
    readonly series: number;
    readonly days: number;
};
/** Ranges of the numbers that data of one's own may have. */
export declare const ownLimits: {
    /** Units a day of a series' demand at all factors 1; the classes of demand end there. */
    readonly mean: readonly [least: number, most: number];
    /** k of the negative binomial demand. */
    readonly dispersion: readonly [least: number, most: number];
    /** Price of a unit. */
    readonly price: readonly [least: number, most: number];
};
//# sourceMappingURL=defaults-and-limits.d.ts.map