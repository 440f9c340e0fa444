import type { Randomness } from '../model/randomness.js';
import type { Store } from '../model/stores.js';

/**
 * Where the series of a shard lie and which addresses their random numbers have. A cell is a store and a product,
 * `store * products + product`; a series is a cell that the store sells, at a position in the state's arrays.
 */
export class SeriesLayout {
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
  constructor(
    stores: readonly Store[],
    products: number,
    randomness: Randomness,
    own: boolean,
    lists: readonly (Int32Array | undefined)[] = [],
  ) {
    const all = Int32Array.from({ length: products }, (_, p) => p);
    this.products = products;
    this.lists = stores.map((_, s) => lists[s] ?? all);
    this.offsets = new Int32Array(stores.length + 1);
    this.key0 = new Int32Array(stores.length);
    this.key1 = new Int32Array(stores.length);
    this.firstId = new Int32Array(stores.length);
    for (const [s, { index }] of stores.entries()) {
      this.offsets[s + 1] = (this.offsets[s] ?? 0) + (this.lists[s]?.length ?? 0);
      const [key0, key1] = own ? randomness.ofStore(index, 7) : [randomness.key0, randomness.key1];
      this.key0[s] = key0;
      this.key1[s] = key1;
      // Below 2^29, so that a product's number can be added.
      this.firstId[s] = own ? Math.imul(index, 0x9e3779b1) >>> 3 : index * products;
    }
    this.length = this.offsets[stores.length] ?? 0;
  }

  /** Position of a cell's series; -1 where the store does not sell the product. */
  seriesOf(cell: number): number {
    const s = Math.floor(cell / this.products);
    const p = cell - s * this.products;
    const list = this.lists[s];
    const first = this.offsets[s] ?? 0;
    if (list === undefined) return -1;
    if (list.length === this.products) return first + p;
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((list[middle] ?? 0) < p) low = middle + 1;
      else high = middle;
    }
    return list[low] === p ? first + low : -1;
  }
}
