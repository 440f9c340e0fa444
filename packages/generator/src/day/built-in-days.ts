import { civilFromDays, holidayFactor, weekdayOf } from '../model/calendar.js';
import { shiftOf } from '../model/demand.js';
import { log } from '../model/exact-math.js';
import type { Product } from '../model/products.js';
import type { Randomness } from '../model/randomness.js';
import type { Store } from '../model/stores.js';
import type { WorldModel } from '../model/world-model.js';
import type { ShopDay, ShopDays } from './day-parts.js';
import { priceShift } from './series-state.js';

const MINUTE_MS = 60_000;
/** Promotional prices over everyday prices, by two random bits. */
export const depths: readonly number[] = [0.9, 0.85, 0.8, 0.7];

/** Days of the built-in stores: all have the same prices and the same demand on one local day. */
export class BuiltInDays implements ShopDays, ShopDay {
  /** Price of each product, hundredths. */
  prices: Int32Array;
  readonly everyday: Int32Array;
  readonly storeShift = 0;
  readonly idle = undefined;
  opensAt = 0;
  closesAt = 0;
  /** Prices of weeks of even and of odd number. */
  readonly #priceWeeks: readonly [Int32Array, Int32Array];
  /** Rate classes to add to each product's own. */
  readonly shift: Int16Array;
  /** 1 for each product whose price is new today. */
  readonly changed: Uint8Array;
  /** Whether stores stay closed. */
  closed = false;
  /** Days directly before on which stores were closed by a factor of 0, for counts that fell on them. */
  closedBefore = 0;
  /** Whether any price is new today. */
  anyChanged = false;
  readonly #weeks: [number, number] = [-1, -1];
  readonly #model: WorldModel;
  readonly #products: readonly Product[];
  readonly #randomness: Randomness;

  readonly #stores: readonly Store[];
  #day = -1;

  constructor(
    model: WorldModel,
    stores: readonly Store[],
    products: readonly Product[],
    randomness: Randomness,
  ) {
    this.#model = model;
    this.#stores = stores;
    this.#products = products;
    this.#randomness = randomness;
    this.#priceWeeks = [new Int32Array(products.length), new Int32Array(products.length)];
    this.prices = this.#priceWeeks[0];
    this.everyday = Int32Array.from(products, ({ priceCents }) => priceCents);
    this.shift = new Int16Array(products.length);
    this.changed = new Uint8Array(products.length);
  }

  of(day: number, s: number): ShopDay {
    if (day !== this.#day) this.#turnTo(day);
    const store = this.#stores[s];
    this.opensAt = (store?.opensAtMinute ?? 0) * MINUTE_MS;
    this.closesAt = (store?.closesAtMinute ?? 0) * MINUTE_MS;
    return this;
  }

  /** Whether stores are closed on a local day. A factor of 0 closes them: it is no small number. */
  closedOn(_s: number, _p: number, day: number): boolean {
    return this.#season(day) === 0 || (this.#model.holidays && holidayFactor(day) === 0);
  }

  #turnTo(day: number): void {
    this.#day = day;
    const model = this.#model;
    const week = Math.floor((day + 3) / 7);
    const now = (this.prices = this.#pricesOf(week));
    const before = this.#pricesOf(week - 1);
    const monday = weekdayOf(day) === 0;
    this.closed = this.closedOn(0, 0, day);
    if (this.closed) return;
    this.closedBefore = 0;
    while (this.#season(day - 1 - this.closedBefore) === 0) this.closedBefore++;
    const logFactor = log(this.#season(day) * (model.holidays ? holidayFactor(day) : 1));
    this.anyChanged = false;
    for (let p = 0; p < now.length; p++) {
      const priceCents = this.everyday[p] ?? 0;
      const price = now[p] ?? 0;
      const change = price === priceCents ? 0 : priceShift(model.priceElasticity, price / priceCents);
      this.shift[p] = shiftOf(logFactor + change);
      const changed = monday && price !== before[p];
      this.changed[p] = changed ? 1 : 0;
      this.anyChanged ||= changed;
    }
  }

  #season(day: number): number {
    const { weekdays, months } = this.#model;
    return (weekdays[weekdayOf(day)] ?? 1) * (months[civilFromDays(day).month - 1] ?? 1);
  }

  #pricesOf(week: number): Int32Array {
    const slot = week % 2 === 0 ? 0 : 1;
    const prices = this.#priceWeeks[slot];
    if (this.#weeks[slot] === week) return prices;
    this.#weeks[slot] = week;
    const limit = Math.floor(this.#model.promotionRate * 0x1_0000_0000);
    for (let p = 0; p < prices.length; p++) {
      const priceCents = this.everyday[p] ?? 0;
      const words = this.#randomness.ofProductWeek(this.#products[p]?.index ?? 0, week, 1);
      prices[p] =
        words[0] < limit ? Math.max(1, Math.round(priceCents * (depths[words[1] >>> 30] ?? 1))) : priceCents;
    }
    return prices;
  }
}
