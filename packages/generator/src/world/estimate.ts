import { ShardClock } from '../day/shard-clock.js';
import type { Delivery } from '../day/deliveries.js';
import { DAY_MS } from '../model/calendar.js';
import { columnsOf, EventBatch } from '../output/event-batch.js';
import { partOf, PRICED_DAYS } from './estimate-part.js';
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
const SAMPLED_DAYS = 200_000;
/** Series-days up to which everything is counted. */
const COUNTED_DAYS = 60_000;
/** Weeks of a long world that are simulated at least, spread over it, and days before each that only fill the shelves. */
const WEEKS = 13;
const WARM_DAYS = 14;
/** Days up to which all days are simulated: levels of stores and products differ more from week to week than series do. */
const WHOLE_DAYS = 1100;
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
  const whole = days <= Math.max(WHOLE_DAYS, SAMPLED_DAYS / clock.plan.layout.length - WARM_DAYS);
  const length = whole ? days : 7;
  const warmDays = whole ? Math.min(WARM_DAYS, (untilMs - settings.startMs) / DAY_MS) : WARM_DAYS;
  const simulated = whole ? days + warmDays : weeks * (7 + WARM_DAYS);
  const ahead = [Math.floor(untilMs / DAY_MS), Math.ceil(days)] as const;
  const series = Math.max(64, Math.round(SAMPLED_DAYS / simulated));
  const part = partOf(settings, clock, series, simulated, ahead);
  const lines = new Lines(eventAt, part.stores);
  const counts = new Float64Array(part.scales.length);
  for (let week = 0; week < (whole ? 1 : weeks); week++) {
    const fromMs =
      untilMs + Math.round(((days - length) * week) / Math.max(1, weeks - 1)) * (whole ? 0 : DAY_MS);
    const endMs = Math.min(settings.endMs, fromMs + length * DAY_MS);
    // The world's own policy fills the shelves, whoever will do it. A world opens with the shelves that it has.
    const startMs = Math.max(settings.startMs, fromMs - WARM_DAYS * DAY_MS);
    const some = new ShardClock({ ...part.settings, startMs, endMs, replenishment: 'policy' }, part.plan);
    some.skipTo(fromMs);
    for (const batch of batchesOf(some, 8192)) {
      lines.take(batch);
      for (let n = 0; n < batch.length; n++) {
        const stratum = part.strata[(batch.store[n] ?? 0) * products + (batch.product[n] ?? 0)] ?? 0;
        counts[stratum] = (counts[stratum] ?? 0) + 1;
      }
    }
  }
  const events = counts.reduce((sum, count, stratum) => sum + count * (part.scales[stratum] ?? 0), 0);
  return { events: whole ? events : (events * days) / (weeks * 7), lines };
}

function* batchesOf(clock: ShardClock, most: number): Generator<EventBatch, void, void> {
  const batch = new EventBatch(most);
  while (clock.fill(batch)) yield batch;
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
