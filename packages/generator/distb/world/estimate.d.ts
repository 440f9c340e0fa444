import { ShardClock } from '../day/shard-clock.js';
import type { Delivery } from '../day/deliveries.js';
import { EventBatch } from '../output/event-batch.js';
import type { WorldSettings } from './options.js';
/** How much a world still has to tell. */
export interface WorldEstimate {
    /** Events from where the world stands to its end. */
    readonly events: number;
    /** Bytes of their lines as NDJSON. */
    readonly bytes: number;
    /** Whether the events were counted, all of them, rather than estimated from a part; bytes are always estimated. */
    readonly exact: boolean;
}
/** What an estimate is made from. */
export interface EstimateInput {
    readonly settings: WorldSettings;
    /** Where the world stands. */
    readonly clock: ShardClock;
    /** Opens a clock of the whole shard at its start. */
    readonly open: (settings: WorldSettings, deliveries: readonly Delivery[]) => ShardClock;
    readonly eventAt: (batch: EventBatch, n: number) => unknown;
}
/** Estimates what lies ahead of a clock, without its bound. */
export declare function estimateOf(input: EstimateInput): WorldEstimate;
//# sourceMappingURL=estimate.d.ts.map