import { DemandTable } from '../model/demand.js';
import type { Product } from '../model/products.js';
import type { Randomness } from '../model/randomness.js';
import type { Store } from '../model/stores.js';
import type { WorldModel } from '../model/world-model.js';
import type { SeriesLayout } from './series-layout.js';
/** What `OwnDemand` holds where a series' demand is drawn. */
export declare const DRAWN = 65535;
export declare const DRAWN_GROUP = 255;
/** A due day that never comes. */
export declare const NEVER = 2147483647;
/** Bit of `traits`: the open order is on a late truck. */
export declare const LATE_BIT = 128;
/**
 * The series of one shard, side by side: 23 bytes each. `traits` holds the dispersion group (bits 0 to 2, 5 and 6), the
 * lead days over the least (bits 3 and 4) and `LATE_BIT`.
 */
export interface SeriesState {
    readonly length: number;
    /** What lies on the shelf. */
    readonly physical: Int32Array;
    /** What the system believes lies there: `current_stock`. */
    readonly recorded: Int32Array;
    readonly onOrder: Int32Array;
    /** Local day on which the open order arrives, or `NEVER`. */
    readonly dueDay: Int32Array;
    readonly rateClass: Uint16Array;
    readonly threshold: Uint16Array;
    readonly upTo: Uint16Array;
    readonly traits: Uint8Array;
}
/** Demand rows of a model, with the highest row that a group has. */
export interface DemandRows {
    readonly table: DemandTable;
    readonly dispersions: Float64Array;
    readonly means: Float64Array;
    readonly topClass: number;
}
/**
 * The demand rows of a model, and of the groups of one's own dispersions that are used; the last ones are kept, with what
 * was computed of them, since they take 2.6 MB.
 */
export declare function demandRows(model: WorldModel, ownGroups?: ReadonlySet<number>): DemandRows;
/** Groups of a model: means of equal parts of its distribution of ln(k). */
export declare function modelDispersions(model: WorldModel): Float64Array;
/** The group of a series' dispersion, out of its traits. */
export declare const groupOf: (traits: number) => number;
/** Demand of one's own: the rate class and dispersion group of each series, 0xffff and 0xff where they are drawn. */
export interface OwnDemand {
    readonly rateClass: Uint16Array;
    readonly group: Uint8Array;
}
/** Draws what is fixed about each series of a shard, and what lies on its shelf at first. */
export declare function createSeries(input: {
    readonly model: WorldModel;
    readonly rows: DemandRows;
    readonly randomness: Randomness;
    readonly stores: readonly Store[];
    readonly products: readonly Product[];
    readonly layout: SeriesLayout;
    readonly demand: OwnDemand | undefined;
    readonly day: number;
    readonly ordered: boolean;
}): SeriesState;
/** Rate classes by which a price ratio moves demand: elasticity times its logarithm. */
export declare function priceShift(elasticity: number, ratio: number): number;
//# sourceMappingURL=series-state.d.ts.map