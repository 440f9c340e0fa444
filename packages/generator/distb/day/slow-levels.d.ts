import type { SeriesLayout } from './series-layout.js';
/**
 * Slow levels of the series: busy weeks follow busy weeks. A level is the mean of four weekly normals, each at its
 * address, and so a function of the week: seek and shards need no memory of it. It is kept for the week, one byte each.
 */
export declare class SlowLevels {
    #private;
    /** Rate classes to add to each series' own. */
    readonly steps: Int8Array;
    /** @param deviation - standard deviation of the level's logarithm */
    constructor(layout: SeriesLayout, deviation: number);
    /** Turns a store's series to the week of a day. */
    turnTo(s: number, day: number): void;
}
//# sourceMappingURL=slow-levels.d.ts.map