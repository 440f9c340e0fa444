import { DAY_MS } from '../model/calendar.js';
import type { Product } from '../model/products.js';
import { Randomness } from '../model/randomness.js';
import type { Store } from '../model/stores.js';
import { greatestOffset, leastOffset } from '../model/time-zone.js';
import type { WorldModel } from '../model/world-model.js';
import type { CountedSource } from '../output/bounded-source.js';
import type { EventBatch } from '../output/event-batch.js';
import { demandSettings } from '../own/demand-settings.js';
import { ownDemand, usedGroups } from '../own/own-demand.js';
import { openDays, openPlan, type Plan } from '../own/plan.js';
import { openDesk, type PolicyDesk } from '../policy/policy-desk.js';
import type { WorldSettings } from '../world/options.js';
import type { ClockMoment, DayObserver, ShopDays } from './day-parts.js';
import { Deliveries } from './deliveries.js';
import { EventLog, WORDS } from './event-log.js';
import { demandRows, type DemandRows } from './demand-rows.js';
import { createSeries, type OwnDemand, type SeriesState } from './series-state.js';
import { SlowLevels } from './slow-levels.js';
import { StoreDays } from './store-days.js';

const MINUTE_MS = 60_000;

/**
 * Simulates a shard's local days one after the other and gives out their events in the order of time. Stores
 * are in many time zones, so a local day's last events wait in the log until no store can have an earlier
 * one.
 */
export class ShardClock implements CountedSource {
  readonly stores: readonly Store[];
  readonly products: readonly Product[];
  readonly randomness: Randomness;
  readonly deliveries: Deliveries = new Deliveries();
  /** The next local day to simulate. */
  day = 0;
  /** Time of the latest event handed out, or the instant sought. */
  reachedMs: number;
  /** End of what was handed out or passed over: all before this instant, and nothing from it on. */
  untilMs: number;
  state: SeriesState;
  readonly #settings: WorldSettings;
  readonly #rows: DemandRows;
  readonly plan: Plan;
  readonly #demand: OwnDemand | undefined;
  readonly shops: ShopDays;
  /** Where the stores' own policy is asked; undefined under a built-in one. */
  desk: PolicyDesk | undefined;
  readonly #log: EventLog;
  #sequences: Float64Array;
  #days: StoreDays;
  #observer: DayObserver | undefined;
  /** Where the last fill began. */
  #before: readonly [reachedMs: number, untilMs: number] = [0, 0];
  /** Next position of the log's order to hand out. */
  #next = 0;
  /** End of the sorted events, in the log's time. */
  #horizon = 0;

  constructor(settings: WorldSettings, known?: Plan) {
    this.#settings = settings;
    const { seed, model, own } = settings;
    const randomness = (this.randomness = new Randomness(seed));
    const plan = (this.plan = known ?? openPlan(settings, randomness));
    const { stores, products, layout } = plan;
    this.products = products;
    this.stores = stores;
    const given = own?.data.demand;
    this.#demand = ownDemand(given, stores, products, layout);
    this.#rows = demandRows(model, demandSettings(model, given), usedGroups(this.#demand));
    this.shops = openDays(settings, plan, randomness);
    this.#log = new EventLog(layout.length);
    this.#sequences = new Float64Array(this.stores.length);
    this.reachedMs = this.untilMs = settings.startMs;
    this.state = this.#reset();
    this.#days = this.#newDays();
  }

  /** Sets who is called with what the events do not say. */
  observe(observer: DayObserver): void {
    this.#observer = observer;
    this.#days.observer = observer;
  }

  /** Puts the world back to its start; deliveries stay, and will come again on their days. */
  rewind(): void {
    this.state = this.#reset();
    this.#days = this.#newDays();
  }

  get model(): WorldModel {
    return this.#settings.model;
  }

  /** Instant before which everything is simulated. */
  get simulatedUntilMs(): number {
    return this.day * DAY_MS - greatestOffset(this.stores, this.day) * MINUTE_MS;
  }

  get handed(): number {
    return this.#sequences.reduce((sum, count) => sum + count, 0);
  }

  fill(batch: EventBatch): boolean {
    while (this.#next >= this.#log.sorted) {
      if (this.#advance()) continue;
      this.untilMs = this.#settings.endMs;
      return false;
    }
    this.#before = [this.reachedMs, this.untilMs];
    const length = Math.min(batch.capacity, this.#log.sorted - this.#next);
    this.#log.ready(this.#next + length);
    const base = (this.day - 2) * DAY_MS;
    this.#log.copyTo(batch, this.#next, length, base, this.products.length, this.#sequences);
    this.#next += length;
    this.#reach(batch.time[length - 1]);
    return true;
  }

  unfill(batch: EventBatch, from: number): void {
    for (let n = from; n < batch.length; n++) {
      const store = batch.store[n] ?? 0;
      this.#sequences[store] = (this.#sequences[store] ?? 0) - 1;
    }
    this.#next -= batch.length - from;
    batch.length = from;
    if (from > 0) this.#reach(batch.time[from - 1]);
    else [this.reachedMs, this.untilMs] = this.#before;
  }

  #reach(lastMs = this.reachedMs): void {
    this.reachedMs = lastMs;
    this.untilMs = lastMs + 1;
  }

  /** Continues to the first event at or after an instant; days whose events all are before are only counted. */
  skipTo(ms: number): void {
    this.reachedMs = this.untilMs = ms;
    for (;;) {
      const lastMs = (this.day + 1) * DAY_MS - leastOffset(this.stores, this.day) * MINUTE_MS;
      if (this.simulatedUntilMs >= this.#settings.startMs && lastMs <= ms) {
        this.#countPending();
        this.#days.run(this.day++, this.#sequences);
        continue;
      }
      const { sliced: words, order, sorted } = this.#log;
      const base = (this.day - 2) * DAY_MS;
      for (; this.#next < sorted; this.#next++) {
        this.#log.ready(this.#next + 1);
        const at = (order[this.#next] ?? 0) * WORDS;
        if (base + (words[at] ?? 0) >= ms) return;
        this.#count(words[at + 1] ?? 0);
      }
      if (!this.#advance()) return;
    }
  }

  /** What a snapshot must hold, beside the series. */
  moment(): ClockMoment {
    const { words, sliced, order, sorted, length } = this.#log;
    this.#log.ready(sorted);
    const pending = new Int32Array(length * WORDS);
    let to = 0;
    for (let n = this.#next; n < sorted; n++, to += WORDS) {
      const at = (order[n] ?? 0) * WORDS;
      pending.set(sliced.subarray(at, at + WORDS), to);
    }
    for (let at = 0; at < length * WORDS; at += WORDS) {
      if ((words[at] ?? 0) < this.#horizon) continue;
      pending.set(words.subarray(at, at + WORDS), to);
      to += WORDS;
    }
    return {
      day: this.day,
      horizon: this.#horizon,
      reachedMs: this.reachedMs,
      untilMs: this.untilMs,
      sequences: this.#sequences.slice(),
      pending: pending.slice(0, to),
    };
  }

  /** Goes back to a moment; the series are restored beside it. */
  resume(moment: ClockMoment): void {
    this.day = moment.day;
    this.reachedMs = moment.reachedMs;
    this.untilMs = moment.untilMs;
    this.#sequences = moment.sequences.slice();
    this.#horizon = moment.horizon;
    this.#next = 0;
    this.#log.load(moment.pending);
    this.#sort();
  }

  /** Simulates the next local day and sorts what can be handed out; false after the end of the world. */
  #advance(): boolean {
    this.desk?.check();
    const { startMs, endMs } = this.#settings;
    if (this.stores.length === 0 || (this.day - 2) * DAY_MS + this.#horizon >= endMs) return false;
    const day = this.day++;
    this.#log.keepFrom(this.#horizon, DAY_MS);
    this.#days.run(day);
    this.#horizon = 2 * DAY_MS - greatestOffset(this.stores, day + 1) * MINUTE_MS;
    this.#sort();
    this.#next = 0;
    const { sliced: words, order, sorted } = this.#log;
    const base = (day - 1) * DAY_MS;
    if (base < startMs) this.#log.ready(sorted);
    while (
      base < startMs &&
      this.#next < sorted &&
      base + (words[(order[this.#next] ?? 0) * WORDS] ?? 0) < startMs
    )
      this.#next++;
    return true;
  }

  /** Sorts what can be handed out: what is before the horizon and the end of the world. */
  #sort(): void {
    const base = (this.day - 2) * DAY_MS;
    this.#log.sort(Math.max(0, Math.min(this.#horizon, this.#settings.endMs - base)));
  }

  /** Counts everything logged as handed out. */
  #countPending(): void {
    if (this.#log.length === 0) return;
    const { pending } = this.moment();
    for (let at = 1; at < pending.length; at += WORDS) this.#count(pending[at] ?? 0);
    this.#log.clear();
    this.#next = 0;
  }

  #count(series: number): void {
    const store = Math.floor(series / this.products.length);
    this.#sequences[store] = (this.#sequences[store] ?? 0) + 1;
  }

  #reset(): SeriesState {
    const { model, startMs, replenishment } = this.#settings;
    this.day = Math.floor(startMs / DAY_MS) - 1;
    this.reachedMs = this.untilMs = startMs;
    this.#next = 0;
    this.#horizon = 0;
    this.#log.clear();
    this.#sequences.fill(0);
    return createSeries({
      model,
      rows: this.#rows,
      randomness: this.randomness,
      ...this.plan,
      demand: this.#demand,
      day: this.day,
      ordered: replenishment === 'policy',
    });
  }

  #newDays(): StoreDays {
    const { deviations } = this.#rows;
    this.desk = openDesk(this.#settings, this.plan, this.state, this.randomness, this.#log);
    const days = new StoreDays({
      model: this.#settings.model,
      rows: this.#rows,
      randomness: this.randomness,
      ...this.plan,
      state: this.state,
      days: this.shops,
      levels: deviations.some((deviation) => deviation > 0)
        ? new SlowLevels(this.plan.layout, this.state.traits, deviations)
        : undefined,
      deliveries: this.deliveries,
      log: this.#log,
      ordering: this.#settings.replenishment === 'policy',
      desk: this.desk,
    });
    days.observer = this.#observer;
    return days;
  }
}
