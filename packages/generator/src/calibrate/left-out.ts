import { calibrateLimits } from './calibrate-options.js';
import { cellsOf, type Panel } from './panel.js';
import { ROWS } from './quiet-days.js';

/** Days without a row, and days with one that would have been among them, from which on there will be none any more. */
const ENDED_DAYS = 28;
const ENDED_SALES = 8;

/** Whether rows that end this many days before the history does have ended, where such a share of days has them. */
export const hasEnded = (days: number, share: number): boolean =>
  days >= ENDED_DAYS && days * share > ENDED_SALES;

/** What a fit does not take, by name. */
export interface LeftOut {
  /** Series without a sale in the last year of the history. */
  readonly unsold: readonly string[];
  /** Stores whose rows end before the history does: they closed. */
  readonly closed: readonly string[];
  /** Series whose rows end before the history does, in an open store and of a product that others still sell. */
  readonly ended: readonly string[];
}

/** Leaves out what the stores of a history sell no more, and stores and products that then have no series. */
export function leaveOut(panel: Panel): { readonly panel: Panel; readonly left: LeftOut } {
  const series = Array.from(panel.store.keys());
  const closed = panel.stores.map((_, s) => isClosed(panel, s));
  const open = series.filter((i) => closed[panel.store[i] ?? 0] !== true);
  const sold = open.filter((i) => soldLately(panel, i));
  const [ended, others] = [new Set<number>(), new Set<number>()];
  for (const i of sold)
    if (hasEnded(...rowsEnd(panel, i))) ended.add(i);
    else others.add(panel.product[i] ?? 0);
  // Of a product that ends everywhere, the file has the last day.
  const kept = sold.filter((i) => !ended.has(i) || !others.has(panel.product[i] ?? 0));
  const keeps = new Set(kept);
  const named = (some: readonly number[]): readonly string[] => some.map((i) => nameOfSeries(panel, i));
  return {
    panel: kept.length === series.length ? panel : select(panel, kept),
    left: {
      unsold: named(open.filter((i) => !soldLately(panel, i))),
      closed: panel.stores.filter((_, s) => closed[s]),
      ended: named(sold.filter((i) => !keeps.has(i))),
    },
  };
}

/** A series as warnings name it. */
export const nameOfSeries = ({ stores, products, store, product }: Panel, i: number): string =>
  `${stores[store[i] ?? 0] ?? ''}/${products[product[i] ?? 0] ?? ''}`;

function soldLately(panel: Panel, i: number): boolean {
  const from = panel.lastDay - calibrateLimits.lastSaleDays + 1;
  const [begin, end] = cellsOf(panel, i, Infinity);
  const recent = Math.max(begin, begin + from - (panel.first[i] ?? 0));
  return recent < end && panel.units.subarray(recent, end).some((units) => units > 0);
}

/** Days from the last row of a series to the end of the history, and the share of its days on which it sold. */
export function rowsEnd(panel: Panel, i: number): readonly [days: number, share: number] {
  const [begin, end] = cellsOf(panel, i, Infinity);
  let sold = 0;
  for (let cell = begin; cell < end; cell++) if ((panel.units[cell] ?? 0) > 0) sold++;
  return [panel.lastDay - (panel.first[i] ?? 0) - (end - begin) + 1, sold / Math.max(1, end - begin)];
}

function isClosed({ open, firstDay, lastDay }: Panel, s: number): boolean {
  const days = lastDay - firstDay + 1;
  const own = open.subarray(s * days, (s + 1) * days);
  const [from, to] = [own.indexOf(ROWS), own.lastIndexOf(ROWS)];
  const opened = own.reduce((sum, is) => sum + (is === ROWS ? 1 : 0), 0);
  return hasEnded(days - 1 - to, opened / (to - from + 1));
}

function select(panel: Panel, kept: readonly number[]): Panel {
  const days = panel.lastDay - panel.firstDay + 1;
  const stores = [...new Set(kept.map((i) => panel.store[i] ?? 0))].sort((a, b) => a - b);
  const products = [...new Set(kept.map((i) => panel.product[i] ?? 0))].sort((a, b) => a - b);
  const storeAt = new Map(stores.map((s, place) => [s, place]));
  const productAt = new Map(products.map((p, place) => [p, place]));
  const offset = new Float64Array(kept.length + 1);
  for (const [n, i] of kept.entries())
    offset[n + 1] = (offset[n] ?? 0) + (panel.offset[i + 1] ?? 0) - (panel.offset[i] ?? 0);
  const cells = offset[kept.length] ?? 0;
  const units = new Int32Array(cells);
  const kind = new Uint8Array(cells);
  const step = new Int16Array(cells);
  const promoted = new Uint8Array(cells);
  for (const [n, i] of kept.entries()) {
    const [from, to] = [panel.offset[i] ?? 0, panel.offset[i + 1] ?? 0];
    const at = offset[n] ?? 0;
    units.set(panel.units.subarray(from, to), at);
    kind.set(panel.kind.subarray(from, to), at);
    step.set(panel.step.subarray(from, to), at);
    promoted.set(panel.promoted.subarray(from, to), at);
  }
  const open = new Uint8Array(stores.length * days);
  for (const [n, s] of stores.entries()) open.set(panel.open.subarray(s * days, (s + 1) * days), n * days);
  return {
    ...panel,
    stores: stores.map((s) => panel.stores[s] ?? ''),
    products: products.map((p) => panel.products[p] ?? ''),
    store: Int32Array.from(kept, (i) => storeAt.get(panel.store[i] ?? 0) ?? 0),
    product: Int32Array.from(kept, (i) => productAt.get(panel.product[i] ?? 0) ?? 0),
    first: Int32Array.from(kept, (i) => panel.first[i] ?? 0),
    offset,
    ...{ units, kind, step, promoted, open },
    price: Float64Array.from(kept, (i) => panel.price[i] ?? 0),
    shut: stores.map((s) => panel.shut[s] ?? []),
  };
}
