import type { ShardClock } from '../day/shard-clock.js';
import type { CountedSource } from '../output/bounded-source.js';
import { EventBatch } from '../output/event-batch.js';
import type { FaultKind } from '../truth/truth-record.js';
import type { Chaos } from './chaos-options.js';
/** Is called with each fault; `atMs` is when the event happened. */
export type FaultListener = (store: number, sequence: number, fault: FaultKind, milliseconds: number, atMs: number) => void;
/**
 * Mixes faults into a clock's events. What happens to an event is written at an address made of its store and its
 * sequence, so that every shard layout has the same faults, and truth can repeat them.
 */
export declare class ChaosSource implements CountedSource {
    #private;
    constructor(clock: ShardClock, chaos: Chaos, onFault?: FaultListener);
    /** Right in a world that was read from its start on, or sought with `counting`. */
    get handed(): number;
    /** Goes to the first event that comes out at or after an instant; to count what it passes over takes all days before. */
    skipTo(ms: number, startMs: number, counting: boolean): void;
    /** What is on its way, for a snapshot. */
    get waiting(): unknown;
    /** Takes what a snapshot held. */
    resume(waiting: unknown): void;
    fill(batch: EventBatch): boolean;
    unfill(batch: EventBatch, from: number): void;
}
//# sourceMappingURL=chaos-source.d.ts.map