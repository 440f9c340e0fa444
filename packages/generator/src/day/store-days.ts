import { DAY_MS } from '../model/calendar.js';
import { threefry2x32 } from '../model/threefry.js';
import { offsetMinutes } from '../model/time-zone.js';
import { below } from '../model/randomness.js';
import { OFF_SALE, type DayObserver, type DayParts, type ShopDay } from './day-parts.js';
import type { Deliveries } from './deliveries.js';
import { ORDER_PLACED, RESTOCK } from './event-log.js';
import { SeriesDay } from './series-day.js';
import { groupOf, LATE_BIT, leadDaysOf, NEVER, reorderPointOf, runsOut } from './series-state.js';
import { HEAD, RATE_CLASSES } from '../model/demand.js';
import { orderTrigger, rarities, type Rarities } from './rarities.js';
import { ordersSingleUnits } from '../model/replenishment.js';
import { spoiltUnits } from './store-day.js';

const MINUTE_MS = 60_000;

/** Simulates the local days of a shard's stores. */
export class StoreDays {
  observer: DayObserver | undefined;
  readonly #parts: DayParts;
  readonly #rare: Rarities;
  readonly #series: SeriesDay;
  readonly #out = new Uint32Array(2);

  constructor(parts: DayParts) {
    this.#parts = parts;
    this.#rare = rarities(parts.model, parts.rows);
    this.#series = new SeriesDay(parts, this.#rare);
  }

  /**
   * Simulates one local day.
   *
   * @param sequences - when given, events are only counted, store by store, and not kept
   */
  run(day: number, sequences?: Float64Array): void {
    const { stores, state, layout, days, deliveries, log, ordering, levels } = this.#parts;
    const { onOrder } = state;
    const arrivals = deliveries.due(day);
    if (!ordering)
      for (const { series: cell, units } of deliveries.announced(day)) {
        const i = layout.seriesOf(cell);
        onOrder[i] = (onOrder[i] ?? 0) + units;
      }
    const keptBefore = log.length;
    for (let s = 0; s < stores.length; s++) {
      const shop = days.of(day, s);
      if (shop.closed) continue;
      levels?.turnTo(s, day);
      this.#runStore(day, s, shop, arrivals);
      if (sequences === undefined) continue;
      sequences[s] = (sequences[s] ?? 0) + log.length - keptBefore;
      log.truncate(keptBefore);
    }
  }

  /**
   * Simulates a store's day. Most series-days are quiet: one random block, one look-up of demand, one comparison for
   * everything rare. Whatever else happens is left to `SeriesDay`. A loop of its own for each store, so that a fresh
   * process compiles it once, and not a second time in the middle of its first day.
   */
  #runStore(day: number, s: number, shop: ShopDay, arrivals: ReturnType<Deliveries['due']>): void {
    const { model, rows, products, stores, state, layout, ordering, lives, lastDays, levels, desk } =
      this.#parts;
    const store = stores[s];
    const list = layout.lists[s];
    if (store === undefined || list === undefined) return;
    const ownReviews = ordering && desk === undefined;
    const { topClass, table } = rows;
    const { heads } = table;
    const { physical, recorded, onOrder, dueDay, rateClass, threshold, upTo, traits } = state;
    const steps = levels?.steps;
    const rareLimit = this.#rare.anything;
    const out = this.#out;
    const series = this.#series;
    const { observer } = this;
    const countStep = model.countIntervalDays > 0 ? Math.floor(0x1_0000_0000 / model.countIntervalDays) : 0;
    const byLevel = orderTrigger(model) === 'upTo';
    const reviewEvery = model.policy === 'RS' ? model.reviewDays : 1;
    // Where products keep for days of their own, `spoils` asks for each; one number serves all others.
    const spoilsAll = lives === undefined && model.shelfLifeDays > 0;
    const { shift, storeShift, changed, idle } = shop;
    const key0 = layout.key0[s] ?? 0;
    const key1 = layout.key1[s] ?? 0;
    const firstId = layout.firstId[s] ?? 0;
    const countFrom = Math.imul(day - shop.closedBefore, countStep);
    const countSpan = countStep * (shop.closedBefore + 1);
    const base = DAY_MS - offsetMinutes(store.timeZone, day) * MINUTE_MS;
    series.open(day, store, s, base, shop, observer);
    const firstCell = s * products.length;
    const logged = this.#parts.log.length;
    let i = layout.offsets[s] ?? 0;
    for (let k = 0; k < list.length; k++, i++) {
      const p = list[k] ?? 0;
      const g = firstId + p;
      const away = idle === undefined ? 0 : (idle[p] ?? 0);
      const lastDay = lastDays?.[p];
      const isLeft =
        lastDay !== undefined &&
        runsOut(model, traits[i] ?? 0, day, lastDay) &&
        !runsOut(model, traits[i] ?? 0, day - 1 - shop.closedBefore, lastDay);
      if (away !== 0) {
        const brought = arrivals?.get(firstCell + p);
        const isDue = away === OFF_SALE && (dueDay[i] ?? NEVER) <= day;
        const isLast = isLeft && away === OFF_SALE;
        if (isDue || isLast || brought !== undefined) series.receive(i, p, g, isDue, isLast, brought);
        continue;
      }
      threefry2x32(out, key0, key1, g, day << 8);
      let rate = (rateClass[i] ?? 0) + (shift[p] ?? 0) + storeShift;
      if (steps !== undefined) rate += steps[i] ?? 0;
      if (rate < 0) rate = 0;
      if (rate > topClass) rate = topClass;
      const word = out[0] ?? 0;
      const chance = out[1] ?? 0;
      const row = groupOf(traits[i] ?? 0) * RATE_CLASSES + rate;
      let units = 0;
      while (units < HEAD && word >= (heads[row * HEAD + units] ?? 0)) units++;
      if (units === HEAD) units = table.tailUnits(row, word);
      const due = (dueDay[i] ?? NEVER) <= day;
      const counted = isLeft || (Math.imul(g, 0x9e3779b1) - countFrom) >>> 0 < countSpan;
      if (
        units !== 0 ||
        chance < (rareLimit[rate] ?? 0) ||
        due ||
        counted ||
        series.spilled !== 0 ||
        changed[p] === 1 ||
        arrivals?.has(firstCell + p) === true ||
        (spoilsAll && (physical[i] ?? 0) > 0) ||
        (lives !== undefined && spoiltUnits(chance, physical[i] ?? 0, lives[p] ?? 0) > 0)
      ) {
        const priced = changed[p] === 1;
        series.run(i, p, g, rate, units, chance, due, counted, priced, arrivals?.get(firstCell + p));
      } else if (observer !== undefined) {
        series.quiet(i, p);
      }

      if (!ownReviews || onOrder[i] !== 0) continue;
      const level = recorded[i] ?? 0;
      if (level >= (byLevel ? (upTo[i] ?? 0) : (threshold[i] ?? 0))) continue;
      if (reviewEvery > 1 && (day + g) % reviewEvery !== 0) continue;
      this.#review(i, p, s, day, level, base, shop);
    }
    if (desk !== undefined) this.#askDesk(s, day, base, shop, logged);
  }

  /** The orders of a store's own policy, product after product. */
  #askDesk(s: number, day: number, base: number, shop: ShopDay, logged: number): void {
    const { desk, layout, products, state } = this.#parts;
    const wanted = desk?.review(s, day, shop, logged) ?? new Map<number, number>();
    for (const [p, units] of [...wanted].sort(([a], [b]) => a - b)) {
      const i = layout.seriesOf(s * products.length + p);
      this.#order(i, p, s, day, state.recorded[i] ?? 0, base, shop, units);
    }
  }

  /** The evening's order of the model's policy, in whole cases. */
  #review(i: number, p: number, s: number, day: number, level: number, base: number, shop: ShopDay): void {
    const { model, products, state, lastDays } = this.#parts;
    // What would come when the product is not sold any more is not ordered; of what is late, the truck comes.
    if (lastDays !== undefined && runsOut(model, state.traits[i] ?? 0, day, lastDays[p])) return;
    const pack = products[p]?.packUnits ?? 1;
    const upTo = state.upTo[i] ?? 0;
    const wanted = model.policy === 'sQ' ? upTo - (state.threshold[i] ?? 0) : upTo - level;
    const units = Math.max(1, ordersSingleUnits(model) ? wanted : Math.ceil(wanted / pack) * pack);
    this.#order(i, p, s, day, level, base, shop, units);
  }

  /** Places an order: forgotten now and then, sometimes on a late truck. */
  #order(
    i: number,
    p: number,
    s: number,
    day: number,
    level: number,
    base: number,
    shop: ShopDay,
    units: number,
  ): void {
    const { model, layout, products, state, log, desk, deliveries } = this.#parts;
    const out = this.#out;
    const g = (layout.firstId[s] ?? 0) + p;
    threefry2x32(out, layout.key0[s] ?? 0, layout.key1[s] ?? 0, g, (day << 8) | 2);
    const word = out[0] ?? 0;
    const other = out[1] ?? 0;
    if (word < this.#rare.missedOrder) return;
    const late = other < this.#rare.lateTruck;
    const trait = state.traits[i] ?? 0;
    const lead = leadDaysOf(model, trait);
    const cell = s * products.length + p;
    const usual = shop.closesAt + 35 * MINUTE_MS + below(Math.imul(word, 0x9e3779b1) >>> 0, 20 * MINUTE_MS);
    // The stock that the order is for has the day's last truck in it.
    const at = base + Math.max(usual, deliveries.lastTime(day, cell) + 1);
    const price = shop.prices[p] ?? 0;
    const threshold = reorderPointOf(this.#parts, i, p, day);
    const before = state.onOrder[i] ?? 0;
    log.append(at, cell, level, before + units, threshold, ORDER_PLACED, price);
    const atMs = (day - 1) * DAY_MS + at;
    this.observer?.ordered(cell, day, units, atMs);
    if (lead === 0 && !late) {
      state.physical[i] = (state.physical[i] ?? 0) + units;
      state.recorded[i] = level + units;
      this.observer?.restocked?.(cell, units, units, atMs + 1);
      log.append(at + 1, cell, level + units, before, threshold, (units << 3) | RESTOCK, price);
      return;
    }
    const due = day + lead + (late ? model.lateDays : 0);
    if (desk !== undefined) {
      desk.orders.add(i, [units, day + lead, due]);
      return;
    }
    state.onOrder[i] = units;
    state.dueDay[i] = due;
    state.traits[i] = late ? trait | LATE_BIT : trait & ~LATE_BIT;
  }
}
