import { below } from '../model/randomness.js';
import type { DayParts, ShopDay } from './day-parts.js';
import { NEVER } from './series-state.js';

const MINUTE_MS = 60_000;
/** Clocks may change before this time of day. */
const MORNING_MS = 60 * MINUTE_MS;
/** A time of day, but not before clocks have changed. */
export const morning = (time: number): number => (time < MORNING_MS ? MORNING_MS : time);

/** Units of a stock that spoil in one night, by a random word: each with chance one in so many days. */
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
  readonly #parts: DayParts;

  constructor(parts: DayParts) {
    this.#parts = parts;
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

  /** Whether the next product that the store sells today is of the same category, and can stand in. */
  hasNeighbour(p: number): boolean {
    const { products } = this.#parts;
    const list = this.#sold;
    let k = list.length === products.length ? p + 1 : list.indexOf(p) + 1;
    while (this.#idle !== undefined && k < list.length && this.#idle[list[k] ?? 0] === 1) k++;
    return k < list.length && products[list[k] ?? -1]?.category === products[p]?.category;
  }

  /** Takes the order that is due off the open orders and returns its units on paper. */
  takeDue(i: number): number {
    const { desk, state } = this.#parts;
    if (desk !== undefined) return desk.orders.takeDue(i, this.day);
    const units = state.onOrder[i] ?? 0;
    state.onOrder[i] = 0;
    state.dueDay[i] = NEVER;
    return units;
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
