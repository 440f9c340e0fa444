import type { StoreLocation } from '@store/schema';
import type { StoreInput } from '../own/world-file.js';
import type { Randomness } from './randomness.js';
import type { TimeZone } from './time-zone.js';
/** A store of the world. */
export interface Store {
    /** Its number in the whole world, from 0. */
    readonly index: number;
    /** Identifier, unique in the world. */
    readonly store_id: string;
    /** Name with its city. */
    readonly store_name: string;
    /** City and coordinates. */
    readonly location: StoreLocation;
    /** Time zone that its opening hours and days follow. */
    readonly timeZone: TimeZone;
    /** Opening hours, minutes since local midnight; of `hours`, the earliest. */
    readonly opensAtMinute: number;
    /** End of the opening hours, minutes since local midnight; of `hours`, the latest. */
    readonly closesAtMinute: number;
    /** Hours of each weekday from Monday on, where they differ; null is closed. */
    readonly hours?: readonly (readonly [opensAtMinute: number, closesAtMinute: number] | null)[];
    /** ISO 4217, of a store of one's own. @defaultValue its country's */
    readonly currency?: string;
    /** Language of its labels, of a store of one's own. @defaultValue each product's first */
    readonly language?: string;
    /** Group of stores, for `calendar.byCluster`. */
    readonly cluster?: string;
    /** SKUs that it sells. @defaultValue every product */
    readonly assortment?: readonly string[];
    /** Its own holidays. @defaultValue the calendar's */
    readonly holidays?: NonNullable<StoreInput['holidays']>;
    /** A store of one's own as it was given. */
    readonly input?: StoreInput;
}
/** Store number `index`; stores of one city lie a few kilometres apart. */
export declare function storeAt(index: number, randomness: Randomness): Store;
/** First store of a shard, and the first behind it. */
export declare function storesOfShard(stores: number, { index, count }: {
    readonly index: number;
    readonly count: number;
}): readonly [first: number, last: number];
/** Stores `first` to `last` (excluded). */
export declare function storesOf(first: number, last: number, randomness: Randomness): readonly Store[];
//# sourceMappingURL=stores.d.ts.map