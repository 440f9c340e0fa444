import type { Randomness } from '../model/randomness.js';
import type { Store } from '../model/stores.js';
/**
 * Where the series of a shard lie and which addresses their random numbers have. A cell is a store and a product,
 * `store * products + product`; a series is a cell that the store sells, at a position in the state's arrays.
 */
export declare class SeriesLayout {
    /** How many series there are. */
    readonly length: number;
    readonly products: number;
    /** Position of each store's first series. */
    readonly offsets: Int32Array;
    /** Products of each store, in the order of their numbers. */
    readonly lists: readonly Int32Array[];
    /** Keys of each store's random numbers, and what is added to a product's number for its address. */
    readonly key0: Int32Array;
    readonly key1: Int32Array;
    readonly firstId: Int32Array;
    /**
     * @param own - Addresses that do not depend on how many products there are: each store has keys of its own, so that
     * what is appended leaves older series as they are.
     */
    constructor(stores: readonly Store[], products: number, randomness: Randomness, own: boolean, lists?: readonly (Int32Array | undefined)[]);
    /** Position of a cell's series; -1 where the store does not sell the product. */
    seriesOf(cell: number): number;
}
//# sourceMappingURL=series-layout.d.ts.map