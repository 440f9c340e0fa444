import { checkArgument, required, satisfying } from '@store/foundation';
import type { DayObserver } from '../day/day-parts.js';
import type { ShardClock } from '../day/shard-clock.js';
import { invalidOption } from '../errors.js';
import { DAY_MS } from '../model/calendar.js';
import { BoundedSource } from './bounded-source.js';
import { EventBatch } from './event-batch.js';

/**
 * What the till and the stock system of a store know of one product on one local day: a row of sales history as
 * `calibrate` takes it. It is never the truth: units wanted in vain, thefts nobody saw and misplaced goods do not show.
 */
export interface DailySales {
  /** Store, as in its events. */
  readonly store_id: string;
  /** SKU, as in its events. */
  readonly product_id: string;
  /** Local day, `2026-01-05`. */
  readonly date: string;
  /** Units sold over the day. */
  readonly units_sold: number;
  /** Recorded units on hand at closing. */
  readonly on_hand: number;
  /** 0 where the recorded stock was empty at some time between opening and closing, else 1. */
  readonly in_stock: 0 | 1;
  /** Selling price of one unit on that day, in the store's currency. */
  readonly price: number;
  /** 1 where that is below the everyday price, else 0. */
  readonly promotion: 0 | 1;
}

/** Numbers of a row: cell, day, units sold, on hand, price, and 1 for in stock with 2 for promotion. */
const NUMBERS = 6;

/** Opens a clock that is at the world's start, with the deliveries accepted so far. */
export type OpenClock = () => ShardClock;

/** Daily sales of a world: each reading simulates it again. */
export function dailySeriesOf(
  open: OpenClock,
  startMs: number,
  endMs: number,
  maxEvents: number,
): Iterable<DailySales> {
  return {
    [Symbol.iterator]: () => readDays(open, startMs, maxEvents === Infinity ? endMs : endOf(open, maxEvents)),
  };
}

/** The instant at which a world of this many events ends. */
export function endOf(open: OpenClock, maxEvents: number): number {
  const clock = open();
  const bounded = new BoundedSource(clock, maxEvents);
  const batch = new EventBatch(8192);
  while (bounded.fill(batch));
  return clock.untilMs;
}

function* readDays(open: OpenClock, startMs: number, untilMs: number): Generator<DailySales, void, void> {
  const clock = open();
  const rows: number[] = [];
  const watch: DayObserver = {
    window: [startMs, untilMs],
    closed(cell, day, tally) {
      if (!tally.wholeHours) return;
      const p = cell % clock.products.length;
      const price = tally.prices[p] ?? 0;
      const flags = (tally.emptied ? 0 : 1) + (price < (tally.everyday[p] ?? 0) ? 2 : 0);
      rows.push(cell, day, tally.sold, tally.onHand, price, flags);
    },
    shrunk: () => undefined,
    counted: () => undefined,
    ordered: () => undefined,
  };
  clock.observe(watch);
  const batch = new EventBatch(8192);
  for (let going = true; going && clock.reachedMs < untilMs;) {
    going = clock.fill(batch);
    for (let at = 0; at < rows.length; at += NUMBERS) yield rowAt(clock, rows, at);
    rows.length = 0;
  }
}

function rowAt({ stores, products }: ShardClock, rows: readonly number[], at: number): DailySales {
  const [cell = 0, day = 0, sold = 0, onHand = 0, price = 0, flags = 0] = rows.slice(at, at + NUMBERS);
  const store = stores[Math.floor(cell / products.length)];
  const product = products[cell % products.length];
  if (store === undefined || product === undefined) throw new RangeError(`There is no series ${cell}.`);
  return {
    store_id: store.store_id,
    product_id: product.product_id,
    date: new Date(day * DAY_MS).toISOString().slice(0, 10),
    units_sold: sold,
    on_hand: onHand,
    in_stock: (flags & 1) === 1 ? 1 : 0,
    price: price / 100,
    promotion: (flags & 2) === 2 ? 1 : 0,
  };
}

const columns = [
  'store_id',
  'product_id',
  'date',
  'units_sold',
  'on_hand',
  'in_stock',
  'price',
  'promotion',
] as const;

/**
 * Returns daily sales as lines of CSV, the names of the columns first: RFC 4180 with line feeds, as `store calibrate`
 * and `calibrate` read it.
 *
 * @example
 * ```ts
 * import { createWorld, dailyCsv } from '@store/generator';
 *
 * const world = createWorld({ seed: 7, stores: 2, products: 3, days: 60 });
 * let csv = '';
 * for (const line of dailyCsv(world.dailySeries())) csv += line;
 * ```
 *
 * @throws WorldError `INVALID_OPTION`
 */
export function dailyCsv(rows: Iterable<DailySales>): Generator<string, void, void> {
  checkArgument('rows', rows, someRows, invalidOption);
  return linesOf(rows);
}

const someRows = required(
  satisfying(
    'the rows of `dailySeries()`',
    (value) => typeof value === 'object' && value !== null && Symbol.iterator in value,
  ),
);

function* linesOf(rows: Iterable<DailySales>): Generator<string, void, void> {
  yield `${columns.join(',')}\n`;
  for (const row of rows) yield `${columns.map((column) => field(row[column])).join(',')}\n`;
}

function field(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
