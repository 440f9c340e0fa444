import type { Randomness } from '../model/randomness.js';
import { type Plan } from '../own/plan.js';
import type { WorldSettings } from '../world/options.js';
import { type PlannedPromotion, type PolicyDay } from './replenishment-policy.js';
/** The text of a local day, `2026-01-05`. */
export declare const dateText: (day: number) => string;
/** What the stores of a shard plan: their days and promotions for two weeks, each computed once. */
export declare class Outlook {
    #private;
    constructor(settings: WorldSettings, plan: Plan, randomness: Randomness);
    /** The store's calendar from a local day on. */
    calendar(s: number, today: number): PolicyDay[];
    /** Promotions of each product of the store from a local day on; a day on which it is closed interrupts none. */
    promotions(s: number, today: number): ReadonlyMap<number, PlannedPromotion[]>;
}
//# sourceMappingURL=outlook.d.ts.map