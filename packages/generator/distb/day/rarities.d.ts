import type { WorldModel } from '../model/world-model.js';
import type { DemandRows } from './series-state.js';
/**
 * What happens to a series at most once a day and seldom: one random word decides which, if any. Limits are
 * cumulative in units of 2^-32, one entry for each rate class, since losses and returns grow with sales.
 */
export interface Rarities {
    readonly theft: Uint32Array;
    readonly damage: Uint32Array;
    readonly bringBack: Uint32Array;
    readonly anything: Uint32Array;
    /** Units lost at once, by rate class. */
    readonly lossUnits: Uint16Array;
    readonly missedOrder: number;
    readonly lateTruck: number;
    readonly wrongReceipt: number;
    readonly substitution: number;
}
/** Computes the limits of a model. */
export declare function rarities(model: WorldModel, { means }: DemandRows): Rarities;
/** What the stock must be below for an order: the reorder point, or the level itself. */
export declare function orderTrigger({ policy }: WorldModel): 'threshold' | 'upTo';
//# sourceMappingURL=rarities.d.ts.map