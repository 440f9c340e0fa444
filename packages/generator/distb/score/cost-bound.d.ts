import type { ShardClock } from '../day/shard-clock.js';
import type { WorldModel } from '../model/world-model.js';
import type { Costs } from './costs.js';
/**
 * A lower bound of what any policy can make a world cost: what somebody would pay who knows each unit of demand ahead.
 *
 * It holds for `score().costs.total` of every policy in a world of the same options, and for each store and category. It
 * is found series by series as the cheapest set of delivery days (the exact program of Wagner and Whitin, 1958, with sales
 * that may be lost), and leaves out what can only cost more: lead times, whole cases, forgotten orders, late trucks,
 * wrong receipts, thefts, spoilage, buyers who come for a neighbour, and where demand waits, all nights of waiting but the
 * first. What is wanted after a shelf has failed for the day is lost to everybody, and counts. What lies in the stores or is on order at the start may be of any
 * size, and is held at its cost. So no policy reaches it; the distance is the price of not knowing, and of all these.
 */
export interface CostBound {
    /** Lower bound of `score().costs.total`. */
    readonly total: number;
    /** Of each store of this shard. */
    readonly byStore: readonly {
        readonly store_id: string;
        readonly total: number;
    }[];
    /** Of each category. */
    readonly byCategory: readonly {
        readonly category: string;
        readonly total: number;
    }[];
}
/** Simulates a world once and computes the bound. The clock stands at the world's start. */
export declare function costBoundOf(clock: ShardClock, { leadDays, lateDays }: WorldModel, startMs: number, untilMs: number, costs: Costs): CostBound;
//# sourceMappingURL=cost-bound.d.ts.map