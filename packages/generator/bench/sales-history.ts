import { ALL_TIME, type DayObserver } from '../src/day/day-parts.js';
import { openDays } from '../src/own/plan.js';
import { ShardClock } from '../src/day/shard-clock.js';
import { DAY_MS } from '../src/model/calendar.js';
import { Randomness } from '../src/model/randomness.js';
import { settle, type WorldOptions } from '../src/world/options.js';
import type { SalesRow } from '../src/calibrate/index.js';

/** A simulated history, side by side, and what was wanted. */
export interface SalesHistory {
  readonly stores: readonly string[];
  readonly products: readonly string[];
  readonly days: number;
  readonly firstDay: number;
  /** By store, product and day. */
  readonly sold: Int32Array;
  /** Units of those who came to the shelf, and of them those who wanted this product. */
  readonly wanted: Int32Array;
  readonly demand: Int32Array;
  readonly onHand: Int32Array;
  readonly inStock: Uint8Array;
  readonly cents: Int32Array;
  /** 1 where the store was open. */
  readonly open: Uint8Array;
}

/** Which columns about the stock rows have. */
export type StockColumns = 'none' | 'on_hand' | 'flag' | 'both';

/** Simulates a world, and keeps what its stores' books would say of each local day, with the demand that they would not. */
export function simulateHistory(options: WorldOptions & { readonly days: number }): SalesHistory {
  const { settings } = settle({ ...options, days: options.days + 2 });
  const clock = new ShardClock(settings);
  const { stores, products } = clock;
  const firstDay = Math.floor(settings.startMs / DAY_MS) + 1;
  const { days } = options;
  const size = stores.length * products.length * days;
  const history = {
    stores: stores.map(({ store_id }) => store_id),
    products: products.map(({ product_id }) => product_id),
    days,
    firstDay,
    sold: new Int32Array(size),
    wanted: new Int32Array(size),
    demand: new Int32Array(size),
    onHand: new Int32Array(size),
    inStock: new Uint8Array(size),
    cents: new Int32Array(size),
    open: new Uint8Array(size),
  };
  const observer: DayObserver = {
    window: ALL_TIME,
    closed(series, day, { demand, substituted, sold, lost, recorded, cause }) {
      const t = day - firstDay;
      if (t < 0 || t >= days) return;
      const at = series * days + t;
      history.open[at] = 1;
      history.sold[at] = sold;
      history.wanted[at] = demand + substituted;
      history.demand[at] = demand;
      history.onHand[at] = Math.max(0, recorded);
      history.inStock[at] = cause !== 0 || lost > 0 ? 0 : 1;
    },
    shrunk: () => undefined,
    counted: () => undefined,
    ordered: () => undefined,
  };
  clock.observe(observer);
  clock.skipTo(settings.endMs);
  const priced = openDays(settings, clock.plan, new Randomness(settings.seed));
  for (let t = 0; t < days; t++) {
    for (const s of stores.keys()) {
      const { prices, closed } = priced.of(firstDay + t, s);
      for (const p of products.keys()) {
        const at = (s * products.length + p) * days + t;
        if (closed) history.open[at] = 0;
        history.cents[at] = prices[p] ?? 0;
      }
    }
  }
  return history;
}

/** Rows of a simulated history, day by day, as a database would give them. */
export function* salesRows(
  history: SalesHistory,
  stock: StockColumns,
  { until = history.days, price = true }: { readonly until?: number; readonly price?: boolean } = {},
): Generator<SalesRow, void, void> {
  const { stores, products, days, firstDay, sold, onHand, inStock, cents, open } = history;
  for (let t = 0; t < until; t++) {
    const date = new Date((firstDay + t) * DAY_MS).toISOString().slice(0, 10);
    for (const [s, store_id] of stores.entries()) {
      for (const [p, product_id] of products.entries()) {
        const at = (s * products.length + p) * days + t;
        if (open[at] === 0) continue;
        yield {
          store_id,
          product_id,
          date,
          units_sold: sold[at] ?? 0,
          ...(stock === 'on_hand' || stock === 'both' ? { on_hand: onHand[at] ?? 0 } : {}),
          ...(stock === 'flag' || stock === 'both' ? { in_stock: inStock[at] ?? 0 } : {}),
          ...(price ? { price: (cents[at] ?? 0) / 100 } : {}),
        };
      }
    }
  }
}
