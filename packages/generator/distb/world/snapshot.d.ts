import type { ClockMoment } from '../day/day-parts.js';
import type { ShardClock } from '../day/shard-clock.js';
import type { Delivery } from '../day/deliveries.js';
import type { DeskMoment } from '../policy/policy-desk.js';
/** A snapshot taken apart. */
export interface OpenedSnapshot {
    readonly moment: ClockMoment;
    readonly deliveries: readonly Delivery[];
    readonly waiting: unknown;
    readonly desk: DeskMoment | undefined;
    readonly arrays: readonly Uint8Array[];
}
/**
 * Packs where a clock stands: magic, checksum, length of the header, the header in JSON padded to whole words, then the
 * arrays as they lie in memory (little-endian), padded as well.
 */
export declare function packSnapshot(clock: ShardClock, identity: string, waiting: unknown): Uint8Array;
/**
 * Takes a snapshot apart. It may come in any view of bytes, of any realm and at any offset, or as a whole buffer: it is
 * copied first, since `slice` of a Node `Buffer` is a view of the same memory.
 *
 * @throws WorldError `SNAPSHOT_MISMATCH`
 */
export declare function openSnapshot(given: unknown, identity: string): OpenedSnapshot;
/** Puts a clock where a snapshot was taken. */
export declare function resumeFrom(clock: ShardClock, opened: OpenedSnapshot): void;
//# sourceMappingURL=snapshot.d.ts.map