import { depths } from '../day/built-in-days.js';
import { DAY_MS } from '../model/calendar.js';
import type { Product } from '../model/products.js';
import type { Randomness } from '../model/randomness.js';
import type { Store } from '../model/stores.js';
import type { PromotionInput } from './world-file.js';

/** A day of the calendar as days since 1970. */
export const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS;

interface Promotion {
  readonly product: number;
  readonly from: number;
  readonly to: number;
  readonly price: number;
}

/** What is cheaper on a local day: shares of the everyday prices, the lowest of each product. */
export class Promotions {
  /** Of every store, and of each store alone, by its position in the shard. */
  readonly #everywhere: readonly Promotion[];
  readonly #inStore: ReadonlyMap<number, readonly Promotion[]>;
  readonly #products: readonly Product[];
  readonly #randomness: Randomness;
  /** Share of product-weeks that the preset's model promotes. */
  readonly #rate: number;
  readonly #weeks = new Map<number, Float64Array>();
  readonly #days = new Map<number, Float64Array>();

  constructor(
    given: readonly PromotionInput[] | undefined,
    modelRate: number,
    stores: readonly Store[],
    products: readonly Product[],
    randomness: Randomness,
  ) {
    this.#products = products;
    this.#randomness = randomness;
    this.#rate = given === undefined ? modelRate : 0;
    const storeAt = new Map(stores.map(({ store_id }, s) => [store_id, s]));
    const productAt = new Map(products.map(({ product_id }, p) => [product_id, p]));
    const everywhere: Promotion[] = [];
    const inStore = new Map<number, Promotion[]>();
    for (const { product_id, stores: some, from, to, price } of given ?? []) {
      const promotion = {
        product: productAt.get(product_id) ?? -1,
        from: dayNumber(from),
        to: dayNumber(to),
        price,
      };
      if (some === undefined) everywhere.push(promotion);
      for (const id of some ?? []) {
        // A store of another shard is not here.
        const s = storeAt.get(id);
        if (s !== undefined) inStore.set(s, [...(inStore.get(s) ?? []), promotion]);
      }
    }
    this.#everywhere = everywhere;
    this.#inStore = inStore;
  }

  /** Shares of every store on a day, 1 where a product is at its everyday price. */
  everywhere(day: number): Float64Array {
    const known = this.#days.get(day);
    if (known !== undefined) return known;
    const shares = new Float64Array(this.#products.length).fill(1);
    if (this.#rate > 0) shares.set(this.#week(Math.floor((day + 3) / 7)));
    for (const { product, from, to, price } of this.#everywhere) {
      if (day >= from && day <= to) shares[product] = Math.min(shares[product] ?? 1, price);
    }
    // Groups of stores look at one day and at their own open day before.
    if (this.#days.size > 7) this.#days.clear();
    this.#days.set(day, shares);
    return shares;
  }

  /** Products that one store alone promotes on a day, with the lowest share of each. */
  inStore(s: number, day: number): ReadonlyMap<number, number> {
    const shares = new Map<number, number>();
    for (const { product, from, to, price } of this.#inStore.get(s) ?? []) {
      if (day >= from && day <= to) shares.set(product, Math.min(shares.get(product) ?? 1, price));
    }
    return shares;
  }

  /** The model's promotions of a week; the last few weeks are kept. */
  #week(week: number): Float64Array {
    const known = this.#weeks.get(week);
    if (known !== undefined) return known;
    const limit = Math.floor(this.#rate * 0x1_0000_0000);
    const shares = new Float64Array(this.#products.length).fill(1);
    for (const [p, { index }] of this.#products.entries()) {
      const [promotion, depth] = this.#randomness.ofProductWeek(index, week, 1);
      if (promotion < limit) shares[p] = depths[depth >>> 30] ?? 1;
    }
    if (this.#weeks.size > 3) this.#weeks.clear();
    this.#weeks.set(week, shares);
    return shares;
  }
}
