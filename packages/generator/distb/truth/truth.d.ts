import type { ChaosSource, FaultListener } from '../chaos/chaos-source.js';
import type { ShardClock } from '../day/shard-clock.js';
import { type EventSource } from '../output/event-batch.js';
import type { FaultKind, StockoutCause, TruthRecord } from './truth-record.js';
/** Sums over the truth. */
export interface TruthTotals {
    /**
     * Days of all shelves whose closing lies in the world's time: stores times products times days, give or take one for
     * a shelf whose clock changes in between.
     */
    readonly seriesDays: number;
    /** Units wanted, before any substitution. */
    readonly demand: number;
    /** Units sold. */
    readonly sold: number;
    /** Units wanted where the shelf was empty, and not bought there. */
    readonly lost: number;
    /** Units wanted instead of a missing neighbour: `sold + lost = demand + substituted`. */
    readonly substituted: number;
    /** Units stolen or broken, seen or not; what spoils is in `shrinkage` events. */
    readonly shrunk: number;
    /** Series-days that ended with an empty shelf, by cause. */
    readonly stockouts: Readonly<Record<StockoutCause, number>>;
    /** Events that chaos touched, by kind of fault. */
    readonly faults: Readonly<Record<FaultKind, number>>;
}
/** What the events do not say: an iterable of records, and their sums. Each reading simulates the world again. */
export interface Truth extends Iterable<TruthRecord> {
    /** Reads the whole world once and returns the sums over it. */
    totals(): TruthTotals;
}
/** A world to simulate again for its truth, and how far. */
export interface Replay {
    readonly clock: ShardClock;
    readonly source: EventSource | ChaosSource;
    readonly untilMs: number;
}
/** Opens a replay that calls a listener with each fault. */
export type OpenReplay = (onFault: FaultListener) => Replay;
/** Makes the truth of a world: nothing is kept while the world runs, since simulating it again gives the same. */
export declare function truthOf(open: OpenReplay, fingerprint: string): Truth;
//# sourceMappingURL=truth.d.ts.map