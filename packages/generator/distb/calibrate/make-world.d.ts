import type { ProductInput, StoreInput, WorldFile } from '../own/world-file.js';
import type { Fit } from './fitted.js';
import type { Groups } from './groups.js';
import type { Panel } from './panel.js';
/** Means of a fit, with weekdays and months whose mean is 1. */
export interface Season {
    readonly weekdays: readonly (readonly number[])[];
    readonly months: readonly (readonly number[])[];
    /** Mean of each series. */
    readonly means: Float64Array;
}
/** Puts the factors of weekdays and months around 1, and what they had in common into the means. */
export declare function seasonOf(panel: Panel, groups: Groups, fit: Fit): Season;
/** Writes a fit down as a world file. */
export declare function makeWorld(panel: Panel, groups: Groups, fit: Fit, season: Season, base: WorldFile | undefined, stores: ReadonlyMap<string, StoreInput>, products: ReadonlyMap<string, ProductInput>): WorldFile;
/** Growth a year of a slope a day. */
export declare const yearlyGrowth: (slope: number) => number;
//# sourceMappingURL=make-world.d.ts.map