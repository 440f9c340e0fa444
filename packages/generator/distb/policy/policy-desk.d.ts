import type { OrderDesk, ShopDay } from '../day/day-parts.js';
import { type EventLog } from '../day/event-log.js';
import type { SeriesState } from '../day/series-state.js';
import type { Randomness } from '../model/randomness.js';
import type { Plan } from '../own/plan.js';
import type { WorldSettings } from '../world/options.js';
import { OpenOrders, type PendingOrder } from './open-orders.js';
import { type ReplenishmentPolicy } from './replenishment-policy.js';
/** What a desk remembers from one evening to the next, beside `sales`: a JSON value, for snapshots. */
export interface DeskMoment {
    readonly memos: readonly (string | null)[];
    readonly lastDays: readonly number[];
    readonly orders: readonly (readonly [i: number, orders: readonly PendingOrder[]])[];
}
/** Opens the desk of a world whose stores order by a function; undefined where they do not. */
export declare function openDesk(settings: WorldSettings, plan: Plan, state: SeriesState, randomness: Randomness, log: EventLog): PolicyDesk | undefined;
/** Calls a policy in the evening of each store's open days, with what a retailer knows, and checks its answer. */
export declare class PolicyDesk implements OrderDesk {
    #private;
    readonly orders: OpenOrders;
    /** Units that each series sold on each of the last days, at the day's place in turn. */
    readonly sales: Int16Array;
    constructor(policy: ReplenishmentPolicy, settings: WorldSettings, plan: Plan, state: SeriesState, randomness: Randomness, log: EventLog);
    /** Throws what a policy failed with before: its world stands within a day. */
    check(): void;
    /**
     * Asks the policy for a store's orders, whole cases, by product; `from` is where the store's day begins in the log.
     *
     * @throws WorldError `POLICY_FAILED`
     */
    review(s: number, day: number, shop: ShopDay, from: number): ReadonlyMap<number, number>;
    /** What to remember; none of a world that stands within a day. */
    moment(): DeskMoment;
    /** Goes back to a moment; the series and `sales` are restored beside it. */
    resume({ memos, lastDays, orders }: DeskMoment): void;
}
//# sourceMappingURL=policy-desk.d.ts.map