import { type OwnDemand } from '../day/series-state.js';
import type { SeriesLayout } from '../day/series-layout.js';
import type { Product } from '../model/products.js';
import type { Randomness } from '../model/randomness.js';
import type { Store } from '../model/stores.js';
import type { WorldModel } from '../model/world-model.js';
import type { DemandInput } from './world-file.js';
/**
 * Demand of one's own for each series of a shard: means and dispersions that are given, and, where levels have a memory,
 * dispersions that make room for it, since the variance of a day is to stay what it was.
 */
export declare function ownDemand(demand: DemandInput | undefined, model: WorldModel, stores: readonly Store[], products: readonly Product[], layout: SeriesLayout, randomness: Randomness): OwnDemand | undefined;
/** Groups of one's own dispersions that some series has. */
export declare function usedGroups(demand: OwnDemand | undefined): ReadonlySet<number>;
//# sourceMappingURL=own-demand.d.ts.map