import { DAY_MS } from '../model/calendar.js';
import { threefry2x32 } from '../model/threefry.js';
import { offsetMinutes } from '../model/time-zone.js';
import { below } from '../model/randomness.js';
import type { DayObserver, DayParts } from './day-parts.js';
import { ORDER_PLACED, RESTOCK } from './event-log.js';
import { SeriesDay } from './series-day.js';
import { LATE_BIT, NEVER } from './series-state.js';
import { HEAD, RATE_CLASSES, tailUnits } from '../model/demand.js';
import { orderTrigger, rarities, type Rarities } from './rarities.js';

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
   * Simulates one local day. Most series-days are quiet: one random block, one look-up of demand, one comparison for
   * everything rare. Whatever else happens is left to `SeriesDay`.
   *
   * @param sequences - when given, events are only counted, store by store, and not kept
   */
  run(day: number, sequences?: Float64Array): void {
    const { model, rows, randomness, products, stores, state, effects, deliveries, log, ordering } =
      this.#parts;
    effects.turnTo(day);
    if (!ordering)
      for (const { series: i, units } of deliveries.announced(day)) {
        state.onOrder[i] = (state.onOrder[i] ?? 0) + units;
      }
    if (effects.closed) return;
    const { key0, key1 } = randomness;
    const { topClass } = rows;
    const { heads, tails } = rows.table;
    const { physical, recorded, onOrder, dueDay, rateClass, threshold, upTo, traits } = state;
    const { shift, changed, anyChanged, parity } = effects;
    const rareLimit = this.#rare.anything;
    const out = this.#out;
    const series = this.#series;
    const { observer } = this;
    const count = products.length;
    const arrivals = deliveries.due(day);
    const countStep = model.countIntervalDays > 0 ? Math.floor(0x1_0000_0000 / model.countIntervalDays) : 0;
    const { closedBefore } = effects;
    const countFrom = Math.imul(day - closedBefore, countStep);
    const countSpan = Math.min(0xffff_ffff, countStep * (closedBefore + 1));
    const byLevel = orderTrigger(model) === 'upTo';
    const reviewEvery = model.policy === 'RS' ? model.reviewDays : 1;
    const keptBefore = log.length;

    for (let s = 0, i = 0; s < stores.length; s++) {
      const store = stores[s];
      if (store === undefined) break;
      const base = DAY_MS - offsetMinutes(store.timeZone, day) * MINUTE_MS;
      series.open(day, store, base, parity, observer);
      const firstId = store.index * count;
      for (let p = 0; p < count; p++, i++) {
        const g = firstId + p;
        threefry2x32(out, key0, key1, g, day << 8);
        let rate = (rateClass[i] ?? 0) + (shift[p] ?? 0);
        if (rate < 0) rate = 0;
        if (rate > topClass) rate = topClass;
        const word = out[0] ?? 0;
        const chance = out[1] ?? 0;
        const row = ((traits[i] ?? 0) & 7) * RATE_CLASSES + rate;
        let units = 0;
        while (units < HEAD && word >= (heads[row * HEAD + units] ?? 0)) units++;
        if (units === HEAD) units = tailUnits(tails, row, word);
        const due = (dueDay[i] ?? NEVER) <= day;
        const counted = (Math.imul(g, 0x9e3779b1) - countFrom) >>> 0 < countSpan;
        if (
          units !== 0 ||
          chance < (rareLimit[rate] ?? 0) ||
          due ||
          counted ||
          series.spilled !== 0 ||
          (anyChanged && changed[p] === 1) ||
          arrivals?.has(i) === true ||
          (model.shelfLifeDays > 0 && (physical[i] ?? 0) > 0)
        ) {
          series.run(i, p, g, rate, units, chance, due, counted, changed[p] === 1, arrivals?.get(i));
        } else if (observer !== undefined) {
          series.quiet(i);
        }

        if (!ordering || onOrder[i] !== 0) continue;
        const level = recorded[i] ?? 0;
        if (level >= (byLevel ? (upTo[i] ?? 0) : (threshold[i] ?? 0))) continue;
        if (reviewEvery > 1 && (day + g) % reviewEvery !== 0) continue;
        this.#review(i, p, g, day, level, base + store.closesAtMinute * MINUTE_MS);
      }
      if (sequences !== undefined) {
        sequences[s] = (sequences[s] ?? 0) + log.length - keptBefore;
        log.truncate(keptBefore);
      }
    }
  }

  /** The evening's order: forgotten now and then, in whole cases, sometimes on a late truck. */
  #review(i: number, p: number, g: number, day: number, level: number, closesAt: number): void {
    const { model, randomness, products, state, effects, log } = this.#parts;
    const out = this.#out;
    threefry2x32(out, randomness.key0, randomness.key1, g, (day << 8) | 2);
    const word = out[0] ?? 0;
    const other = out[1] ?? 0;
    if (word < this.#rare.missedOrder) return;
    const pack = products[p]?.packUnits ?? 1;
    const upTo = state.upTo[i] ?? 0;
    const exact = model.policy === 'newsvendor' || model.fixedOrderUpTo >= 0;
    const wanted = model.policy === 'sQ' ? upTo - (state.threshold[i] ?? 0) : upTo - level;
    const units = Math.max(1, exact ? wanted : Math.ceil(wanted / pack) * pack);
    const late = other < this.#rare.lateTruck;
    const trait = state.traits[i] ?? 0;
    const lead = model.leadDays[0] + ((trait >>> 3) & 3);
    const at = closesAt + 35 * MINUTE_MS + below(Math.imul(word, 0x9e3779b1) >>> 0, 20 * MINUTE_MS);
    const tail = (ORDER_PLACED << 1) | effects.parity;
    const threshold = state.threshold[i] ?? 0;
    log.append(at, i, level, units, threshold, tail);
    this.observer?.ordered(i, day, units);
    if (lead === 0 && !late) {
      state.physical[i] = (state.physical[i] ?? 0) + units;
      state.recorded[i] = level + units;
      log.append(at + 1, i, level + units, 0, threshold, (units << 4) | (RESTOCK << 1) | effects.parity);
      return;
    }
    state.onOrder[i] = units;
    state.dueDay[i] = day + lead + (late ? model.lateDays : 0);
    state.traits[i] = late ? trait | LATE_BIT : trait & ~LATE_BIT;
  }
}
