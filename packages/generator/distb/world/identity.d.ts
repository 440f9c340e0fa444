import type { Store } from '../model/stores.js';
import type { WorldModel } from '../model/world-model.js';
/**
 * Version of what a seed means. It rises whenever any world's events change, with the golden hash in the tests:
 * same version, same seed, same options: same bytes, on every engine.
 */
export declare const MODEL_VERSION = 1;
/** Everything that decides what happens in a world. */
export interface WorldIdentity {
    readonly seed: number;
    readonly stores: number;
    readonly products: number;
    readonly startMs: number;
    /** Name of the format. */
    readonly format: string;
    readonly model: WorldModel;
    readonly replenishment: 'policy' | 'deliveries';
    /** Of the data of one's own; undefined without. */
    readonly ownDigest?: string | undefined;
}
/**
 * Eight hexadecimal digits of everything that decides what happens, so that events of two worlds do not share an
 * `event_id`. Length, shard and chaos do not count: they choose among the same events.
 */
export declare function fingerprintOf(world: WorldIdentity): string;
/** What the identifiers of a store's events begin with: the world's fingerprint and the store's number. */
export declare function eventIdPrefix(fingerprint: string, { index }: Store): string;
/** Identifier of an event: its prefix and the store's sequence, all of fixed width. */
export declare function eventId(fingerprint: string, store: Store, sequence: number): string;
//# sourceMappingURL=identity.d.ts.map