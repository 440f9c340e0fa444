import { ShardClock } from '../day/shard-clock.js';
import type { Delivery } from '../day/deliveries.js';
import { SeriesLayout } from '../day/series-layout.js';
import { DAY_MS } from '../model/calendar.js';
import { rateMeans } from '../model/demand.js';
import { Randomness } from '../model/randomness.js';
import { columnsOf, EventBatch } from '../output/event-batch.js';
import { demandSettings } from '../own/demand-settings.js';
import type { Plan } from '../own/plan.js';
import type { WorldSettings } from './options.js';

/** How much a world still has to tell. */
export interface WorldEstimate {
  /** Events from where the world stands to its end. */
  readonly events: number;
  /** Bytes of their lines as NDJSON. */
  readonly bytes: number;
  /** Whether the events were counted, all of them, rather than estimated from a part; bytes are always estimated. */
  readonly exact: boolean;
}

/** Series-days that are simulated to estimate, or fewer: some 20 ms. */
const SAMPLED_DAYS = 150_000;
/** Series-days up to which everything is counted. */
const COUNTED_DAYS = 60_000;
/** Weeks of a long world that are simulated at least, spread over it, and days before each that only fill the shelves. */
const WEEKS = 13;
const WARM_DAYS = 14;
/** Days up to which all days are simulated. */
const WHOLE_DAYS = 35;
/** Products times days for which prices are drawn at most, however many products there are. */
const PRICED_DAYS = 4_000_000;
/** Neighbouring products that a sample of a large assortment takes together. */
const BLOCK = 32;
/** What a series-day adds to its units wanted, in expected events: counts, prices, orders. */
const QUIET_DAY = 0.1;
/** Events whose lines are measured. */
const MEASURED = 512;
/** One in this many. */
const EACH = 61;

/** What an estimate is made from. */
export interface EstimateInput {
  readonly settings: WorldSettings;
  /** Where the world stands. */
  readonly clock: ShardClock;
  /** Opens a clock of the whole shard at its start. */
  readonly open: (settings: WorldSettings, deliveries: readonly Delivery[]) => ShardClock;
  readonly eventAt: (batch: EventBatch, n: number) => unknown;
}

/** Estimates what lies ahead of a clock, without its bound. */
export function estimateOf(input: EstimateInput): WorldEstimate {
  const { settings, clock } = input;
  const days = (settings.endMs - clock.untilMs) / DAY_MS;
  if (days <= 0 || clock.plan.layout.length === 0) return { events: 0, bytes: 0, exact: true };
  const total = (settings.endMs - settings.startMs) / DAY_MS;
  const small = clock.plan.layout.length * (total + 1) <= COUNTED_DAYS && settings.replenishment === 'policy';
  const { events, lines } = small ? countAll(input) : sample(input, days);
  const { chaos } = settings;
  const kept = chaos === undefined ? 1 : (1 - chaos.dropped) * (1 + chaos.duplicate);
  return {
    events: Math.round(events * kept),
    bytes: Math.round(events * kept * lines.meanBytes(events / clock.stores.length / days, settings.startMs)),
    exact: small && chaos === undefined,
  };
}

/** Counts every event; those handed out already are taken off, so that ties of one instant are right, too. */
function countAll({ settings, clock, open, eventAt }: EstimateInput): Counted {
  const all = open(settings, clock.deliveries.all);
  const lines = new Lines(eventAt);
  const { handed } = clock;
  for (const batch of batchesOf(all, 1024)) lines.take(batch);
  return { events: all.handed - handed, lines };
}

interface Counted {
  readonly events: number;
  readonly lines: Lines;
}

/** Simulates some series over some weeks, and takes the others to be like them, by the units that each one wants. */
function sample({ settings, clock, eventAt }: EstimateInput, days: number): Counted {
  const { untilMs } = clock;
  const products = clock.products.length;
  // Few series are simulated over more weeks instead.
  const affordable = Math.max(WEEKS, SAMPLED_DAYS / clock.plan.layout.length / (7 + WARM_DAYS));
  const weeks = Math.max(2, Math.floor(Math.min(affordable, days / 7, PRICED_DAYS / products / 21)));
  const whole = days <= WHOLE_DAYS;
  const length = whole ? days : 7;
  const warmDays = whole ? Math.min(WARM_DAYS, (untilMs - settings.startMs) / DAY_MS) : WARM_DAYS;
  const simulated = whole ? days + warmDays : weeks * (7 + WARM_DAYS);
  const part = partOf(settings, clock, Math.max(64, Math.round(SAMPLED_DAYS / simulated)));
  const lines = new Lines(eventAt, part.stores);
  let events = 0;
  for (let week = 0; week < (whole ? 1 : weeks); week++) {
    const fromMs =
      untilMs + Math.round(((days - length) * week) / Math.max(1, weeks - 1)) * (whole ? 0 : DAY_MS);
    const endMs = Math.min(settings.endMs, fromMs + length * DAY_MS);
    // The world's own policy fills the shelves, whoever will do it. A world opens with the shelves that it has.
    const startMs = Math.max(settings.startMs, fromMs - WARM_DAYS * DAY_MS);
    const some = new ShardClock({ ...part.settings, startMs, endMs, replenishment: 'policy' }, part.plan);
    some.skipTo(fromMs);
    const before = some.handed;
    for (const batch of batchesOf(some, 8192)) lines.take(batch);
    events += (some.handed - before) / (whole ? 1 : weeks * 7);
  }
  return { events: events * (whole ? 1 : days) * part.scale, lines };
}

function* batchesOf(clock: ShardClock, most: number): Generator<EventBatch, void, void> {
  const batch = new EventBatch(most);
  while (clock.fill(batch)) yield batch;
}

interface Part {
  readonly plan: Plan;
  readonly settings: WorldSettings;
  /** Position in the shard of each of its stores. */
  readonly stores: readonly number[];
  /** The shard tells this many times what its part does. */
  readonly scale: number;
}

/** Some of a shard's series: whole stores, or blocks of neighbouring products where one store has too many. */
function partOf(settings: WorldSettings, clock: ShardClock, series: number): Part {
  const { plan, state } = clock;
  const { layout } = plan;
  const means = settings.model.fixedMean > 0 ? Float64Array.of(1) : rateMeans();
  const weight = (i: number): number => (means[state.rateClass[i] ?? 0] ?? 0) + QUIET_DAY;
  const count = Math.max(
    1,
    Math.min(plan.stores.length, Math.round((series * plan.stores.length) / layout.length)),
  );
  const chosen = Array.from({ length: count }, (_, n) =>
    Math.floor(((n + 0.5) * plan.stores.length) / count),
  );
  const most = Math.max(BLOCK, Math.ceil((2 * series) / count));
  let [whole, taken] = [0, 0];
  for (let i = 0; i < layout.length; i++) whole += weight(i);
  const lists = chosen.map((s) => {
    const all = layout.lists[s] ?? new Int32Array(0);
    const first = layout.offsets[s] ?? 0;
    const places = all.length <= most ? Array.from(all.keys()) : blocksOf(all.length, most / 2);
    for (const place of places) taken += weight(first + place);
    return Int32Array.from(places, (place) => all[place] ?? 0);
  });
  const stores = chosen.map((s) => plan.stores[s]).filter((store) => store !== undefined);
  const own = settings.own;
  const isOwn = typeof own?.data.stores === 'object' || typeof own?.data.products === 'object';
  const ids = new Set(stores.map(({ store_id }) => store_id));
  const demand = own?.data.demand;
  // What is left out depends on whether series are given, in other stores too.
  const few = {
    ...demand,
    ...demandSettings(settings.model, demand),
    series: (demand?.series ?? []).filter(({ store_id }) => ids.has(store_id)),
  };
  const sampled: Plan = {
    ...plan,
    stores,
    layout: new SeriesLayout(stores, plan.products.length, new Randomness(settings.seed), isOwn, lists),
  };
  return {
    plan: sampled,
    settings:
      own === undefined ? settings : { ...settings, own: { ...own, data: { ...own.data, demand: few } } },
    stores: chosen,
    scale: taken === 0 ? 0 : whole / taken,
  };
}

/** Places of blocks that are spread over a list, in order. */
function blocksOf(length: number, wanted: number): readonly number[] {
  const blocks = Math.max(1, Math.floor(wanted / BLOCK));
  return Array.from({ length: blocks }, (_, block) => {
    const first = Math.floor((block * (length - BLOCK)) / Math.max(1, blocks - 1));
    return Array.from({ length: BLOCK }, (__, n) => first + n);
  }).flat();
}

/** Some events, to measure their lines. */
class Lines {
  readonly #eventAt: EstimateInput['eventAt'];
  /** Position in the world of each store of the part. */
  readonly #stores: readonly number[] | undefined;
  readonly #kept = new EventBatch(MEASURED);

  constructor(eventAt: EstimateInput['eventAt'], stores?: readonly number[]) {
    this.#eventAt = eventAt;
    this.#stores = stores;
  }

  /** Keeps some events of a batch. */
  take(batch: EventBatch): void {
    const kept = this.#kept;
    const to = columnsOf(kept);
    const from = columnsOf(batch);
    for (let n = 0; n < batch.length && kept.length < MEASURED; n += EACH) {
      for (const [c, column] of to.entries()) column[kept.length] = from[c]?.[n] ?? 0;
      const store = batch.store[n] ?? 0;
      kept.store[kept.length++] = this.#stores?.[store] ?? store;
    }
  }

  /** Mean bytes of a line; `sequence` has as many digits as it will have when a store has this many events a day. */
  meanBytes(eventsADay: number, startMs: number): number {
    const kept = this.#kept;
    const text = new TextEncoder();
    let bytes = 0;
    for (let n = 0; n < kept.length; n++) {
      kept.sequence[n] = Math.ceil((eventsADay * ((kept.time[n] ?? 0) - startMs)) / DAY_MS);
      bytes += text.encode(JSON.stringify(this.#eventAt(kept, n))).length + 1;
    }
    return kept.length === 0 ? 0 : bytes / kept.length;
  }
}
