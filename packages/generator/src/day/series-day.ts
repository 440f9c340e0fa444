import { arrivalTime } from '../model/arrivals.js';
import { DAY_MS } from '../model/calendar.js';
import { threefry2x32 } from '../model/threefry.js';
import type { Store } from '../model/stores.js';
import type { DayObserver, DayParts, ShopDay } from './day-parts.js';
import { DayWatch, stockoutCause } from './day-watch.js';
import type { Delivery } from './deliveries.js';
import { ADJUSTMENT, PRICE_CHANGE, RESTOCK, RETURN, SALE, SHRINKAGE, STOCK_COUNT } from './event-log.js';
import {
  BRING_BACK,
  BUY,
  COUNT,
  DAMAGE,
  DELIVERY,
  LocalList,
  PRICE,
  SHELF_FAILURE,
  SPOIL,
  SUBSTITUTE,
  THEFT,
} from './local-list.js';
import type { Rarities } from './rarities.js';
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
  /** Is told of each truck while a product is not on sale. */
  #receiver: DayObserver | undefined;
  #cell = 0;
  #chance = 0;
  #price = 0;

  constructor(parts: DayParts, rare: Rarities) {
    this.#parts = parts;
    this.#rare = rare;
    this.#at = new StoreDay(parts, rare);
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
    this.#cell = this.#at.firstCell + p;
    const { physical, recorded } = this.#parts.state;
    this.#watch.begin(physical[i] ?? 0, recorded[i] ?? 0);
    this.#close(i, false);
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
    const list = this.#list;
    list.length = 0;
    this.#cell = this.#at.firstCell + p;
    this.#chance = chance;
    this.#price = this.#at.prices[p] ?? 0;
    const { opensAt, openMs, closesAt } = this.#at;
    if (priced) list.add(morning(opensAt - 15 * MINUTE_MS) + (g % 997) * 700, PRICE, 0);
    this.#at.addTrucks(list, g, due, arrivals);
    this.#baskets(g, units);
    const rare = this.#rare;
    if (chance < (rare.anything[rate] ?? 0)) {
      const kind =
        chance < (rare.theft[rate] ?? 0)
          ? THEFT
          : chance < (rare.damage[rate] ?? 0)
            ? DAMAGE
            : chance < (rare.bringBack[rate] ?? 0)
              ? BRING_BACK
              : SHELF_FAILURE;
      this.#draw(g, 3);
      const many = kind === THEFT || kind === DAMAGE;
      list.add(arrivalTime(opensAt, openMs, this.#out[0] ?? 0), kind, many ? (rare.lossUnits[rate] ?? 1) : 1);
    }
    if (this.#at.life(p) > 0) list.add(closesAt + MINUTE_MS + (g % 239) * 1000, SPOIL, 0);
    if (counted) list.add(closesAt + 5 * MINUTE_MS + (g % 1193) * 1000, COUNT, 0);
    this.#takeSpills();
    this.#apply(i, p, g);
  }

  /** Unloads the trucks of a product that is not on sale: what was ordered in time comes all the same. */
  receive(i: number, p: number, g: number, due: boolean, arrivals: readonly Delivery[] | undefined): void {
    this.#list.length = 0;
    this.#cell = this.#at.firstCell + p;
    this.#price = this.#at.prices[p] ?? 0;
    this.#at.addTrucks(this.#list, g, due, arrivals);
    // Without customers there is no day to tell of, only what each truck brings.
    const { observer } = this.#watch;
    this.#watch.observer = undefined;
    this.#receiver = observer;
    this.#apply(i, p, g);
    this.#receiver = undefined;
    this.#watch.observer = observer;
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

  #takeSpills(): void {
    const spills = this.#spills;
    for (let n = 0; n < spills.length; n++)
      this.#list.add(spills.times[n] ?? 0, SUBSTITUTE, spills.acts[n] ?? 0);
    spills.length = 0;
    this.spilled = 0;
  }

  #apply(i: number, p: number, g: number): void {
    const { model, state } = this.#parts;
    const { physical, recorded } = state;
    const { times, acts, length } = this.#list;
    let stock = physical[i] ?? 0;
    let record = recorded[i] ?? 0;
    let [bare, failed] = [false, false];
    const watch = this.#watch;
    const { observer, tally } = watch;
    if (observer !== undefined) watch.begin(stock, record);
    for (let n = 0; n < length; n++) {
      const time = times[n] ?? 0;
      const act = acts[n] ?? 0;
      const units = act >> 4;
      switch (act & 15) {
        case BUY:
        case SUBSTITUTE: {
          const there = bare ? 0 : stock;
          const taken = model.backorders || units <= there ? units : there > 0 ? there : 0;
          if (taken > 0) {
            record = this.#cover(i, time, record, taken);
            stock -= taken;
            record -= taken;
            this.#log(time, i, record, -taken, SALE);
          }
          if (observer !== undefined && watch.counts(time)) {
            if ((act & 15) === BUY) {
              tally.demand += units;
              tally.missed += units - taken;
              if (failed) tally.barred += units - taken;
            } else tally.substituted += units;
            tally.sold += taken;
            tally.lost += units - taken;
          }
          if (taken < units) {
            if (
              (act & 15) === BUY &&
              Math.imul(time ^ g, 0x9e3779b1) >>> 0 < this.#rare.substitution &&
              this.#at.hasNeighbour(p)
            ) {
              this.#spills.times[this.#spills.length] = time;
              this.#spills.acts[this.#spills.length++] = units - taken;
              this.spilled = this.#spills.length;
            }
          }
          break;
        }
        case DELIVERY: {
          const paper = units < 0 ? this.#at.takeDue(i, p, g) : this.#at.takeOff(i, units);
          if (units < 0 && observer !== undefined && watch.counts(time)) tally.short += this.#at.short;
          if (paper === 0 && units < 0) break;
          const came = units < 0 ? this.#at.received(g, paper) : paper;
          if (observer !== undefined && watch.counts(time)) tally.received += came;
          stock += came;
          record += paper;
          this.#log(time, i, record, paper, RESTOCK);
          this.#receiver?.restocked?.(this.#cell, came, paper, this.#instant(time));
          break;
        }
        case BRING_BACK:
          if (observer !== undefined && watch.counts(time)) tally.returned++;
          stock++;
          record++;
          this.#log(time, i, record, 1, RETURN);
          break;
        case DAMAGE:
        case SPOIL: {
          const spoilt = (act & 15) === SPOIL;
          const gone = spoilt ? this.#at.spoilt(g, p, stock, this.#chance) : units < stock ? units : stock;
          if (gone <= 0) break;
          record = this.#cover(i, time, record, gone);
          stock -= gone;
          record -= gone;
          this.#log(time, i, record, -gone, SHRINKAGE);
          if (observer !== undefined && watch.counts(time)) {
            if (spoilt) tally.wasted += gone;
            observer.shrunk(this.#cell, this.#at.day, gone, true);
          }
          break;
        }
        case THEFT: {
          const gone = units < stock ? units : stock;
          if (gone <= 0) break;
          stock -= gone;
          if (observer !== undefined && watch.counts(time))
            observer.shrunk(this.#cell, this.#at.day, gone, false);
          break;
        }
        case SHELF_FAILURE:
          bare = stock > 0;
          failed = true;
          break;
        case COUNT:
          observer?.counted(this.#cell, this.#at.day, stock, record);
          this.#log(time, i, record, 0, STOCK_COUNT);
          if (stock !== record) this.#log(time + 1, i, stock, stock - record, ADJUSTMENT);
          record = stock;
          break;
        case PRICE:
          this.#log(time, i, record, 0, PRICE_CHANGE);
          break;
      }
      // What a count finds is in the record with the adjustment behind it.
      if (observer !== undefined) watch.passed((act & 15) === COUNT ? time + 1 : time, stock, record);
    }
    physical[i] = stock;
    recorded[i] = record;
    if (observer !== undefined) this.#close(i, bare);
  }

  /** A till that sells what the record does not have puts the record right first. */
  #cover(i: number, time: number, record: number, units: number): number {
    if (record >= units || this.#parts.model.backorders) return record;
    this.#log(time, i, units, units - record, ADJUSTMENT);
    return units;
  }

  #close(i: number, bare: boolean): void {
    const { state, model } = this.#parts;
    this.#watch.close(this.#cell, this.#at.day, stockoutCause(state, i, this.#at.day, model.lateDays, bare));
  }

  #draw(g: number, draw: number): void {
    threefry2x32(this.#out, this.#at.key0, this.#at.key1, g, (this.#at.day << 8) | draw);
  }

  /** Milliseconds since 1970 of a time of the store's day. */
  #instant(time: number): number {
    return (this.#at.day - 1) * DAY_MS + this.#at.base + time;
  }

  #log(time: number, i: number, record: number, delta: number, type: number): void {
    const { log, state } = this.#parts;
    log.append(
      this.#at.base + time,
      this.#cell,
      record,
      state.onOrder[i] ?? 0,
      state.threshold[i] ?? 0,
      (delta << 3) | type,
      this.#price,
    );
  }
}
