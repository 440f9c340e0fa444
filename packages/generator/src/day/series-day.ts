import { arrivalTime } from '../model/arrivals.js';
import { threefry2x32 } from '../model/threefry.js';
import type { Store } from '../model/stores.js';
import type { DayObserver, DayParts, ShopDay } from './day-parts.js';
import { DayWatch, stockoutCause } from './day-watch.js';
import type { Delivery } from './deliveries.js';
import {
  BRING_BACK,
  BUY,
  COUNT,
  DAMAGE,
  LocalList,
  PRICE,
  SHELF_FAILURE,
  SPOIL,
  SUBSTITUTE,
  THEFT,
} from './local-list.js';
import type { Rarities } from './rarities.js';
import { Shelf } from './shelf.js';
import { morning, StoreDay } from './store-day.js';

const MINUTE_MS = 60_000;
/** Units in a basket by four random bits: mostly one. */
const basketUnits = Uint8Array.of(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 3, 4);
/** Draws below this are not baskets. */
const FIRST_BASKET = 16;

/** Simulates one series on one day on which something happens. */
export class SeriesDay {
  /** Buyers whom the product before could not serve, for this one to serve. */
  spilled = 0;
  readonly #parts: DayParts;
  readonly #rare: Rarities;
  readonly #list = new LocalList();
  readonly #spills = new LocalList();
  readonly #out = new Uint32Array(2);
  readonly #watch = new DayWatch();
  readonly #at: StoreDay;
  readonly #shelf: Shelf;

  constructor(parts: DayParts, rare: Rarities) {
    this.#parts = parts;
    this.#rare = rare;
    this.#at = new StoreDay(parts, rare);
    this.#shelf = new Shelf(parts, this.#at, this.#watch);
  }

  /** Turns to a store's day; `base` is local midnight in the log's time. */
  open(
    day: number,
    store: Store,
    s: number,
    base: number,
    shop: ShopDay,
    observer: DayObserver | undefined,
  ): void {
    this.#at.open(day, s, base, shop);
    this.spilled = 0;
    this.#spills.length = 0;
    this.#watch.open(observer, day, store.timeZone, shop);
  }

  /** A series to which nothing happened, for the observer. */
  quiet(i: number, p: number): void {
    if (this.#watch.observer === undefined) return;
    const { physical, recorded } = this.#parts.state;
    this.#watch.begin(physical[i] ?? 0, recorded[i] ?? 0);
    this.#tell(i, p, false);
  }

  /** Gathers what happens to a series in the order of time, then applies it. */
  run(
    i: number,
    p: number,
    g: number,
    rate: number,
    units: number,
    chance: number,
    due: boolean,
    counted: boolean,
    priced: boolean,
    arrivals: readonly Delivery[] | undefined,
  ): void {
    this.#list.length = 0;
    this.#shelf.chance = chance;
    if (priced || due || counted || arrivals !== undefined) this.#visits(g, due, counted, priced, arrivals);
    this.#baskets(g, units);
    if (chance < (this.#rare.anything[rate] ?? 0)) this.#mishap(g, rate, chance);
    if (this.#at.life(p) > 0) this.#list.add(this.#at.closesAt + MINUTE_MS + (g % 239) * 1000, SPOIL, 0);
    this.#takeSpills();
    this.#apply(i, p, g);
  }

  /**
   * Unloads the trucks of a product that is not on sale: what was ordered in time comes all the same. What is left of one
   * that is sold no more is counted.
   */
  receive(
    i: number,
    p: number,
    g: number,
    due: boolean,
    counted: boolean,
    arrivals: readonly Delivery[] | undefined,
  ): void {
    this.#list.length = 0;
    this.#visits(g, due, counted, false, arrivals);
    // Without customers there is no day to tell of, only what each truck brings.
    const { observer } = this.#watch;
    this.#watch.observer = undefined;
    this.#shelf.receiver = observer;
    this.#apply(i, p, g);
    this.#shelf.receiver = undefined;
    this.#watch.observer = observer;
  }

  /** Adds those who come to change a price, to deliver or to count. */
  #visits(
    g: number,
    due: boolean,
    counted: boolean,
    priced: boolean,
    arrivals: readonly Delivery[] | undefined,
  ): void {
    const { opensAt, closesAt } = this.#at;
    if (priced) this.#list.add(morning(opensAt - 15 * MINUTE_MS) + (g % 997) * 700, PRICE, 0);
    this.#at.addTrucks(this.#list, g, due, arrivals);
    if (counted) this.#list.add(closesAt + 5 * MINUTE_MS + (g % 1193) * 1000, COUNT, 0);
  }

  /** Splits the day's demand into baskets, each with its time. */
  #baskets(g: number, units: number): void {
    const { opensAt, openMs } = this.#at;
    let left = units;
    for (let basket = 0; left > 0; basket++) {
      if ((basket & 1) === 0) this.#draw(g, FIRST_BASKET + ((basket >> 1) % 240));
      const word = this.#out[basket & 1] ?? 0;
      const wanted = basketUnits[word & 15] ?? 1;
      const taken = wanted < left ? wanted : left;
      this.#list.add(arrivalTime(opensAt, openMs, word), BUY, taken);
      left -= taken;
    }
  }

  /** Adds what goes wrong, or comes back. */
  #mishap(g: number, rate: number, chance: number): void {
    const { theft, damage, bringBack, lossUnits } = this.#rare;
    const kind =
      chance < (theft[rate] ?? 0)
        ? THEFT
        : chance < (damage[rate] ?? 0)
          ? DAMAGE
          : chance < (bringBack[rate] ?? 0)
            ? BRING_BACK
            : SHELF_FAILURE;
    this.#draw(g, 3);
    const many = kind === THEFT || kind === DAMAGE;
    const time = arrivalTime(this.#at.opensAt, this.#at.openMs, this.#out[0] ?? 0);
    this.#list.add(time, kind, many ? (lossUnits[rate] ?? 1) : 1);
  }

  #takeSpills(): void {
    const spills = this.#spills;
    for (let n = 0; n < spills.length; n++)
      this.#list.add(spills.times[n] ?? 0, SUBSTITUTE, spills.acts[n] ?? 0);
    spills.length = 0;
    this.spilled = 0;
  }

  #apply(i: number, p: number, g: number): void {
    const { times, acts, length } = this.#list;
    const shelf = this.#shelf;
    const watch = this.#watch;
    const { observer } = watch;
    shelf.open(i, p, g);
    if (observer !== undefined) watch.begin(shelf.stock, shelf.record);
    for (let n = 0; n < length; n++) {
      const time = times[n] ?? 0;
      const act = acts[n] ?? 0;
      const kind = act & 15;
      if (kind === BUY || kind === SUBSTITUTE) {
        const missing = shelf.sell(time, act >> 4, kind === BUY);
        if (missing > 0 && kind === BUY) this.#spill(time, p, g, missing);
      } else shelf.happen(time, kind, act >> 4);
      // What a count finds is in the record with the adjustment behind it.
      if (observer !== undefined) watch.passed(kind === COUNT ? time + 1 : time, shelf.stock, shelf.record);
    }
    shelf.close();
    if (observer !== undefined) this.#tell(i, p, shelf.bare);
  }

  /** Some buyers of what is not there take the next product of its category. */
  #spill(time: number, p: number, g: number, units: number): void {
    if (Math.imul(time ^ g, 0x9e3779b1) >>> 0 >= this.#rare.substitution || !this.#at.hasNeighbour(p)) return;
    const spills = this.#spills;
    spills.times[spills.length] = time;
    spills.acts[spills.length++] = units;
    this.spilled = spills.length;
  }

  #tell(i: number, p: number, bare: boolean): void {
    const { state, model } = this.#parts;
    const cause = stockoutCause(state, i, this.#at.day, model.lateDays, bare);
    this.#watch.close(this.#at.firstCell + p, this.#at.day, cause);
  }

  #draw(g: number, draw: number): void {
    threefry2x32(this.#out, this.#at.key0, this.#at.key1, g, (this.#at.day << 8) | draw);
  }
}
