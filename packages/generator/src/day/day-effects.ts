import { civilFromDays, holidayFactor, weekdayOf } from '../model/calendar.js';
import { shiftOf } from '../model/demand.js';
import { log } from '../model/exact-math.js';
import type { Product } from '../model/products.js';
import type { Randomness } from '../model/randomness.js';
import type { WorldModel } from '../model/world-model.js';
import { priceShift } from './series-state.js';

const depths = [0.9, 0.85, 0.8, 0.7];

/** Prices and demand shifts of one local day: a function of the day, so that any day can come first. */
export class DayEffects {
  /** Cents of each product, for weeks of even and of odd number. */
  readonly prices: readonly [Int32Array, Int32Array];
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
  /** Parity of the day's week: which of the two price lists holds. */
  parity: 0 | 1 = 0;
  readonly #weeks: [number, number] = [-1, -1];
  readonly #model: WorldModel;
  readonly #products: readonly Product[];
  readonly #randomness: Randomness;

  constructor(model: WorldModel, products: readonly Product[], randomness: Randomness) {
    this.#model = model;
    this.#products = products;
    this.#randomness = randomness;
    this.prices = [new Int32Array(products.length), new Int32Array(products.length)];
    this.shift = new Int16Array(products.length);
    this.changed = new Uint8Array(products.length);
  }

  /** Turns to a local day. */
  turnTo(day: number): void {
    const model = this.#model;
    const week = Math.floor((day + 3) / 7);
    this.parity = week % 2 === 0 ? 0 : 1;
    const now = this.#pricesOf(week);
    const before = this.#pricesOf(week - 1);
    const monday = weekdayOf(day) === 0;
    this.closed = this.closedOn(day);
    if (this.closed) return;
    this.closedBefore = 0;
    while (this.#season(day - 1 - this.closedBefore) === 0) this.closedBefore++;
    const logFactor = log(this.#season(day) * (model.holidays ? holidayFactor(day) : 1));
    this.anyChanged = false;
    for (const [p, { priceCents }] of this.#products.entries()) {
      const price = now[p] ?? 0;
      const change = price === priceCents ? 0 : priceShift(model.priceElasticity, price / priceCents);
      this.shift[p] = shiftOf(logFactor + change);
      const changed = monday && price !== before[p];
      this.changed[p] = changed ? 1 : 0;
      this.anyChanged ||= changed;
    }
  }

  /** Whether stores are closed on a local day. A factor of 0 closes them: it is no small number. */
  closedOn(day: number): boolean {
    return this.#season(day) === 0 || (this.#model.holidays && holidayFactor(day) === 0);
  }

  #season(day: number): number {
    const { weekdays, months } = this.#model;
    return (weekdays[weekdayOf(day)] ?? 1) * (months[civilFromDays(day).month - 1] ?? 1);
  }

  #pricesOf(week: number): Int32Array {
    const slot = week % 2 === 0 ? 0 : 1;
    const prices = this.prices[slot];
    if (this.#weeks[slot] === week) return prices;
    this.#weeks[slot] = week;
    const limit = Math.floor(this.#model.promotionRate * 0x1_0000_0000);
    for (const [p, { index, priceCents }] of this.#products.entries()) {
      const [promotion, depth] = this.#randomness.ofProductWeek(index, week, 1);
      prices[p] =
        promotion < limit ? Math.max(1, Math.round(priceCents * (depths[depth >>> 30] ?? 1))) : priceCents;
    }
    return prices;
  }
}
