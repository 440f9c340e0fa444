import { DAY_MS } from '../model/calendar.js';
import type { Product } from '../model/products.js';
import type { Randomness } from '../model/randomness.js';
import type { Store } from '../model/stores.js';
import type { PromotionInput } from './world-file.js';

/** Promotional prices over everyday prices, by two random bits. */
const depths: readonly number[] = [0.9, 0.85, 0.8, 0.7];
/** Share of drawn promotions that every store has. */
const EVERYWHERE = 0.05;
const WHOLE = 0x1_0000_0000;

/** A day of the calendar as days since 1970. */
export const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS;

/** The Monday-to-Sunday week of a day. */
export const weekOf = (day: number): number => Math.floor((day + 3) / 7);

interface Promotion {
  readonly product: number;
  readonly from: number;
  readonly to: number;
  readonly price: number;
}

/** Products that one store promotes, with the lowest share of the everyday price of each. */
export interface StorePromotions {
  readonly products: readonly number[];
  readonly shares: readonly number[];
}

/** Drawn promotions of a week. */
interface DrawnWeek {
  readonly week: number;
  /** Shares of what every store promotes. */
  readonly everywhere: Float64Array;
  /** What some stores promote, and the word by which a store does. */
  readonly products: readonly number[];
  readonly shares: readonly number[];
  readonly words: readonly number[];
  /** What each store of the shard has of it, as far as it was asked for. */
  readonly inStores: (StorePromotions | undefined)[];
}

/** What is cheaper on a local day: shares of the everyday prices. */
export class Promotions {
  /** Whether the promotions are the preset's, drawn week by week. */
  readonly drawn: boolean;
  /** Of every store, and of each store alone, by its position in the shard. */
  readonly #everywhere: readonly Promotion[];
  readonly #inStore: ReadonlyMap<number, readonly Promotion[]>;
  readonly #stores: readonly Store[];
  readonly #products: readonly Product[];
  readonly #randomness: Randomness;
  /** Share of product-weeks with a promotion in some store, and of the stores that have it. */
  readonly #rate: number;
  readonly #reach: number;
  #weeks: DrawnWeek[] = [];
  readonly #days = new Map<number, Float64Array>();

  constructor(
    given: readonly PromotionInput[] | undefined,
    { promotionRate, promotionReach }: { readonly promotionRate: number; readonly promotionReach: number },
    stores: readonly Store[],
    products: readonly Product[],
    randomness: Randomness,
  ) {
    this.#stores = stores;
    this.#products = products;
    this.#randomness = randomness;
    this.drawn = given === undefined && promotionRate > 0;
    this.#reach = promotionReach;
    this.#rate = Math.min(1, promotionRate / (EVERYWHERE + (1 - EVERYWHERE) * promotionReach));
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
        if (s === undefined) continue;
        const list = inStore.get(s) ?? [];
        inStore.set(s, list);
        list.push(promotion);
      }
    }
    this.#everywhere = everywhere;
    this.#inStore = inStore;
  }

  /** Shares of every store on a day, the lowest of each product, 1 where it is at its everyday price. */
  everywhere(day: number): Float64Array {
    if (this.drawn) return this.#week(weekOf(day)).everywhere;
    const known = this.#days.get(day);
    if (known !== undefined) return known;
    const shares = new Float64Array(this.#products.length).fill(1);
    for (const { product, from, to, price } of this.#everywhere) {
      if (day >= from && day <= to) shares[product] = Math.min(shares[product] ?? 1, price);
    }
    // Groups of stores look at one day, at a week before it and at their own open day before.
    if (this.#days.size > 12) this.#days.clear();
    this.#days.set(day, shares);
    return shares;
  }

  /** What one store alone promotes on a day; drawn promotions are kept for their week. */
  inStore(s: number, day: number): StorePromotions {
    if (this.drawn) {
      const week = this.#week(weekOf(day));
      return (week.inStores[s] ??= this.#drawnIn(week, this.#stores[s]?.index ?? 0));
    }
    const [products, shares]: [number[], number[]] = [[], []];
    for (const { product, from, to, price } of this.#inStore.get(s) ?? []) {
      if (day < from || day > to) continue;
      const at = products.indexOf(product);
      if (at >= 0) shares[at] = Math.min(shares[at] ?? 1, price);
      else {
        products.push(product);
        shares.push(price);
      }
    }
    return { products, shares };
  }

  #drawnIn({ products, shares, words }: DrawnWeek, store: number): StorePromotions {
    const limit = this.#reach * WHOLE;
    const places: number[] = [];
    for (const [n, word] of words.entries()) if (mixed(word, store) < limit) places.push(n);
    return {
      products: places.map((n) => products[n] ?? 0),
      shares: places.map((n) => shares[n] ?? 1),
    };
  }

  /** The model's promotions of a week; the last few weeks are kept. */
  #week(week: number): DrawnWeek {
    const known = this.#weeks.find((one) => one.week === week);
    if (known !== undefined) return known;
    const limit = this.#rate * WHOLE;
    const everywhere = new Float64Array(this.#products.length).fill(1);
    const [products, shares, words]: [number[], number[], number[]] = [[], [], []];
    for (const [p, { index }] of this.#products.entries()) {
      const [promotion, how] = this.#randomness.ofProductWeek(index, week, 1);
      if (promotion >= limit) continue;
      const share = depths[how >>> 30] ?? 1;
      if (promotion < limit * EVERYWHERE || this.#reach >= 1) everywhere[p] = share;
      else {
        products.push(p);
        shares.push(share);
        words.push(how);
      }
    }
    const drawn: DrawnWeek = { week, everywhere, products, shares, words, inStores: [] };
    this.#weeks = [drawn, ...this.#weeks.slice(0, 3)];
    return drawn;
  }
}

/** A word that depends on every bit of another and of a store's number (the end of MurmurHash3). */
function mixed(word: number, store: number): number {
  let h = word ^ Math.imul(store + 1, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
