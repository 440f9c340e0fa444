import type { Product } from '../model/products.js';
import { Randomness } from '../model/randomness.js';
import type { Store } from '../model/stores.js';
import type { CountedSource } from '../output/bounded-source.js';
import type { EventBatch } from '../output/event-batch.js';
import { type Plan } from '../own/plan.js';
import { type PolicyDesk } from '../policy/policy-desk.js';
import type { WorldSettings } from '../world/options.js';
import type { ClockMoment, DayObserver, ShopDays } from './day-parts.js';
import { Deliveries } from './deliveries.js';
import { type SeriesState } from './series-state.js';
/**
 * Simulates a shard's local days one after the other and gives out their events in the order of time. Stores lie in
 * many time zones, so a local day's last events wait in the log until no store can have an earlier one.
 */
export declare class ShardClock implements CountedSource {
    #private;
    readonly stores: readonly Store[];
    readonly products: readonly Product[];
    readonly randomness: Randomness;
    readonly deliveries: Deliveries;
    /** The next local day to simulate. */
    day: number;
    /** Time of the latest event handed out, or the instant sought. */
    reachedMs: number;
    /** End of what was handed out or passed over: all before this instant, and nothing from it on. */
    untilMs: number;
    state: SeriesState;
    readonly plan: Plan;
    readonly shops: ShopDays;
    /** Where the stores' own policy is asked; undefined under a built-in one. */
    desk: PolicyDesk | undefined;
    constructor(settings: WorldSettings, given?: Plan);
    /** Sets who is called with what the events do not say. */
    observe(observer: DayObserver): void;
    /** Puts the world back to its start; deliveries stay, and will come again on their days. */
    rewind(): void;
    /** Instant before which everything is simulated. */
    get simulatedUntilMs(): number;
    get handed(): number;
    fill(batch: EventBatch): boolean;
    unfill(batch: EventBatch, from: number): void;
    /** Goes on to the first event at or after an instant; days whose events all lie before are only counted. */
    skipTo(ms: number): void;
    /** What a snapshot must hold, beside the series. */
    moment(): ClockMoment;
    /** Goes back to a moment; the series are restored beside it. */
    resume(moment: ClockMoment): void;
}
//# sourceMappingURL=shard-clock.d.ts.map