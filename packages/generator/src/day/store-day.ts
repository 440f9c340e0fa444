import { DAY_MS } from '../model/calendar.js';
import { below } from '../model/randomness.js';
import { ordersSingleUnits } from '../model/replenishment.js';
import { threefry2x32 } from '../model/threefry.js';
import type { DayParts, ShopDay } from './day-parts.js';
import type { Delivery } from './deliveries.js';
import { DELIVERY, type LocalList } from './local-list.js';
import type { Rarities } from './rarities.js';
import { LATE_BIT, NEVER } from './series-state.js';

const MINUTE_MS = 60_000;
/** Draw of what is missing of an order. */
const SHORT = 6;
/** Clocks may change before this time of day. */
const MORNING_MS = 60 * MINUTE_MS;
/** A time of day, but not before clocks have changed. */
export const morning = (time: number): number => (time < MORNING_MS ? MORNING_MS : time);

/** Units of a stock that spoil in one night, by a random word: each with chance one in this many days. */
export function spoiltUnits(word: number, stock: number, days: number): number {
  if (days === 0 || stock <= 0) return 0;
  return Math.floor((stock + below(Math.imul(word ^ 0x5bd1e995, 0x9e3779b1) >>> 0, days)) / days);
}

/** One store's local day, as its series see it. */
export class StoreDay {
  day = 0;
  /** Local midnight in the log's time. */
  base = 0;
  key0 = 0;
  key1 = 0;
  /** Cell of the store's first product. */
  firstCell = 0;
  opensAt = 0;
  openMs = 0;
  closesAt = 0;
  prices: Int32Array = new Int32Array(0);
  #sold: Int32Array = new Int32Array(0);
  #idle: Uint8Array | undefined;
  /** Units that were due and did not come with the last order taken. */
  short = 0;
  readonly #parts: DayParts;
  readonly #rare: Rarities;
  readonly #out = new Uint32Array(2);

  constructor(parts: DayParts, rare: Rarities) {
    this.#parts = parts;
    this.#rare = rare;
  }

  /** Turns to the day of the store at a position in the shard. */
  open(day: number, s: number, base: number, shop: ShopDay): void {
    const { layout, products } = this.#parts;
    this.day = day;
    this.base = base;
    this.key0 = layout.key0[s] ?? 0;
    this.key1 = layout.key1[s] ?? 0;
    this.firstCell = s * products.length;
    this.opensAt = shop.opensAt;
    this.closesAt = shop.closesAt;
    this.openMs = shop.closesAt - shop.opensAt;
    this.prices = shop.prices;
    this.#sold = layout.lists[s] ?? this.#sold;
    this.#idle = shop.idle;
  }

  /** Milliseconds since 1970 of a time of the day. */
  instant(time: number): number {
    return (this.day - 1) * DAY_MS + this.base + time;
  }

  /** Whether the next product that the store sells today is of the same category, and can replace it. */
  hasNeighbour(p: number): boolean {
    const { products } = this.#parts;
    const list = this.#sold;
    let k = list.length === products.length ? p + 1 : list.indexOf(p) + 1;
    while (this.#idle !== undefined && k < list.length && this.#idle[list[k] ?? 0] !== 0) k++;
    return k < list.length && products[list[k] ?? -1]?.category === products[p]?.category;
  }

  /**
   * Takes what is due off the open orders and returns its units on paper. Of some orders that are on time cases are missing:
   * the supplier has them later, and they stay on order. What comes late comes complete.
   */
  takeDue(i: number, p: number, g: number): number {
    const { desk, state, model } = this.#parts;
    const isLate = ((state.traits[i] ?? 0) & LATE_BIT) !== 0;
    const ordered = desk === undefined ? (state.onOrder[i] ?? 0) : desk.orders.takeDue(i, this.day);
    const short = (this.short = isLate ? 0 : this.#missing(p, g, ordered));
    const due = this.day + Math.max(1, model.lateDays);
    if (desk !== undefined) {
      if (short > 0) desk.orders.add(i, [short, this.day, due]);
      return ordered - short;
    }
    state.onOrder[i] = short;
    state.dueDay[i] = short === 0 ? NEVER : due;
    if (short > 0) state.traits[i] = (state.traits[i] ?? 0) | LATE_BIT;
    return ordered - short;
  }

  /** Units that are missing of an order: none of most, else at least a case. */
  #missing(p: number, g: number, ordered: number): number {
    if (this.#rare.shortOrder === 0 || ordered <= 0) return 0;
    threefry2x32(this.#out, this.key0, this.key1, g, (this.day << 8) | SHORT);
    if ((this.#out[0] ?? 0) >= this.#rare.shortOrder) return 0;
    const { model, products } = this.#parts;
    const pack = ordersSingleUnits(model) ? 1 : (products[p]?.packUnits ?? 1);
    return Math.min(ordered, pack * (1 + below(this.#out[1] ?? 0, Math.ceil(ordered / pack))));
  }

  /** What came off the truck: now and then a unit more or fewer than on paper. */
  received(g: number, paper: number): number {
    threefry2x32(this.#out, this.key0, this.key1, g, (this.day << 8) | 1);
    const word = this.#out[1] ?? 0;
    if (word >= this.#rare.wrongReceipt) return paper;
    const error = 1 + below(this.#out[0] ?? 0, 3);
    return (word & 1) === 0 ? paper + error : Math.max(0, paper - error);
  }

  /** Adds the trucks of a series' day: that of its open order, where one is due, and those from outside. */
  addTrucks(list: LocalList, g: number, due: boolean, arrivals: readonly Delivery[] | undefined): void {
    if (due) {
      threefry2x32(this.#out, this.key0, this.key1, g, (this.day << 8) | 1);
      // Trucks come from two and a half hours before opening until it; where that is at night, by closing: orders follow.
      const from = morning(this.opensAt - 150 * MINUTE_MS);
      const time = Math.min(this.closesAt, from + below(this.#out[0] ?? 0, 130 * MINUTE_MS));
      list.add(time, DELIVERY, -1);
    }
    if (arrivals !== undefined) for (const { time, units } of arrivals) list.add(time, DELIVERY, units);
  }

  /** Units of a stock that spoil tonight; `chance` is the series' random word of the day. */
  spoilt(g: number, p: number, stock: number, chance: number): number {
    const days = this.life(p);
    if (this.#parts.lives !== undefined) return spoiltUnits(chance, stock, days);
    threefry2x32(this.#out, this.key0, this.key1, g, (this.day << 8) | 4);
    return Math.floor((stock + below(this.#out[0] ?? 0, days)) / days);
  }

  /** Takes units that came from outside off the open orders, and returns them. */
  takeOff(i: number, units: number): number {
    const { desk, state } = this.#parts;
    if (desk === undefined) state.onOrder[i] = Math.max(0, (state.onOrder[i] ?? 0) - units);
    else desk.orders.takeOff(i, units);
    return units;
  }

  /** Days that a unit of a product keeps; 0 never spoils. */
  life(p: number): number {
    const { lives, model } = this.#parts;
    return lives === undefined ? model.shelfLifeDays : (lives[p] ?? 0);
  }
}
