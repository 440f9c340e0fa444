import type { ChaosSource, FaultListener } from '../chaos/chaos-source.js';
import type { CauseNumber, DayObserver } from '../day/day-parts.js';
import type { ShardClock } from '../day/shard-clock.js';
import { DAY_MS } from '../model/calendar.js';
import { EventBatch, type EventSource } from '../output/event-batch.js';
import { eventId } from '../world/identity.js';
import type { DayTruth, FaultKind, StockoutCause, TruthRecord } from './truth-record.js';

/** Sums over the truth. */
export interface TruthTotals {
  /**
   * Days of all shelves whose closing is in the world's time: stores times products times days, give or take
   * one for a shelf whose clock changes in between.
   */
  readonly seriesDays: number;
  /** Units wanted, before any substitution. */
  readonly demand: number;
  /** Units sold. */
  readonly sold: number;
  /** Units wanted where the shelf was empty, and not bought there. */
  readonly lost: number;
  /** Units wanted instead of a missing neighbour: `sold + lost = demand + substituted`. */
  readonly substituted: number;
  /** Units stolen or broken, seen or not; what spoils is in `shrinkage` events. */
  readonly shrunk: number;
  /** Series-days that ended with an empty shelf, by cause. */
  readonly stockouts: Readonly<Record<StockoutCause, number>>;
  /** Events that chaos touched, by kind of fault. */
  readonly faults: Readonly<Record<FaultKind, number>>;
}

/** What the events do not say: an iterable of records, and their sums. Each reading simulates the world again. */
export interface Truth extends Iterable<TruthRecord> {
  /** Reads the whole world once and returns the sums over it. */
  totals(): TruthTotals;
}

/** A world to simulate again for its truth, and how far. */
export interface Replay {
  readonly clock: ShardClock;
  readonly source: EventSource | ChaosSource;
  readonly untilMs: number;
}

/** Opens a replay that calls a listener with each fault. */
export type OpenReplay = (onFault: FaultListener) => Replay;

const causes: Readonly<Record<CauseNumber, StockoutCause | null>> = {
  0: null,
  1: 'ordering',
  2: 'shelf',
  3: 'supplier',
};

/** Makes the truth of a world: nothing is kept while the world runs, since simulating it again gives the same. */
export function truthOf(open: OpenReplay, fingerprint: string): Truth {
  function* read(closings = { count: 0 }): Generator<TruthRecord, void, void> {
    const records: TruthRecord[] = [];
    const { clock, source, untilMs } = open((store, sequence, fault, milliseconds, atMs) => {
      const at = clock.stores[store];
      if (at === undefined || atMs >= untilMs) return;
      records.push({ kind: 'fault', event_id: eventId(fingerprint, at, sequence), fault, milliseconds });
    });
    clock.observe(recordDays(clock, untilMs, records, closings));
    const batch = new EventBatch(1024);
    for (let going = true; going && clock.reachedMs < untilMs;) {
      going = source.fill(batch);
      yield* records;
      records.length = 0;
    }
  }

  return {
    [Symbol.iterator]: () => read(),
    totals() {
      const closings = { count: 0 };
      const sums = totalsOf(read(closings));
      return { seriesDays: closings.count, ...sums };
    },
  };
}

function recordDays(
  clock: ShardClock,
  untilMs: number,
  records: TruthRecord[],
  closings: { count: number },
): DayObserver {
  const whose = (series: number, day: number): Pick<DayTruth, 'date' | 'store_id' | 'product_id'> => {
    const store = clock.stores[Math.floor(series / clock.products.length)];
    const product = clock.products[series % clock.products.length];
    if (store === undefined || product === undefined) throw new RangeError(`There is no series ${series}.`);
    return {
      date: new Date(day * DAY_MS).toISOString().slice(0, 10),
      store_id: store.store_id,
      product_id: product.product_id,
    };
  };
  return {
    window: [clock.untilMs, untilMs],
    closed(series, day, tally) {
      if (tally.closing) closings.count++;
      records.push({
        kind: 'day',
        ...whose(series, day),
        demand: tally.demand,
        substituted: tally.substituted,
        sold: tally.sold,
        lost: tally.lost,
        partial: tally.partial,
        physical_stock: tally.physical,
        recorded_stock: tally.recorded,
        stockout: causes[tally.cause],
      });
    },
    shrunk(series, day, units, seen) {
      records.push({ kind: 'loss', ...whose(series, day), units, seen });
    },
    counted: () => undefined,
    ordered: () => undefined,
  };
}

function totalsOf(records: Iterable<TruthRecord>): Omit<TruthTotals, 'seriesDays'> {
  const sums = { demand: 0, sold: 0, lost: 0, substituted: 0, shrunk: 0 };
  const stockouts = { ordering: 0, shelf: 0, supplier: 0 };
  const faults = { late: 0, out_of_order: 0, duplicate: 0, dropped: 0, corrupt: 0, drift: 0, skew: 0 };
  for (const record of records) {
    switch (record.kind) {
      case 'day':
        sums.demand += record.demand;
        sums.sold += record.sold;
        sums.lost += record.lost;
        sums.substituted += record.substituted;
        if (record.stockout !== null) stockouts[record.stockout]++;
        break;
      case 'loss':
        sums.shrunk += record.units;
        break;
      case 'fault':
        faults[record.fault]++;
        break;
    }
  }
  return { ...sums, stockouts, faults };
}
