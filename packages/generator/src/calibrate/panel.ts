import { dateOf, weekdayOf } from '../model/calendar.js';
import { EverydayPrices } from './everyday-price.js';
import { checkSize, checkSpan } from './panel-size.js';
import { markQuietDays, OPEN_SHARE, ROWS } from './quiet-days.js';
import { badRow, EMPTY, ON_HAND_ZERO, PROMOTED, type SalesTable } from './sales-row.js';

/** What a day says; only from `WHOLE` on does it say something of demand. The store was closed. */
export const CLOSED = 0;
/** Nothing was sold of an empty shelf. */
export const BARE = 1;
/** Sales are the demand. */
export const WHOLE = 2;
/** The shelf ran out: at least as many were wanted. */
export const CENSORED = 3;

/** A history by series, each with one cell for each day from its first row to its last. */
export interface Panel {
  /** In the order of the file to be written. */
  readonly stores: readonly string[];
  readonly products: readonly string[];
  readonly rows: number;
  /** First and last local day of all rows. */
  readonly firstDay: number;
  readonly lastDay: number;
  /** Store and product of each series, by store, then by product. */
  readonly store: Int32Array;
  readonly product: Int32Array;
  /** First day of each series, and its first cell; one entry more ends the last. */
  readonly first: Int32Array;
  readonly offset: Float64Array;
  readonly units: Int32Array;
  readonly kind: Uint8Array;
  /** Reductions of the price, see `EverydayPrices`. */
  readonly step: Int16Array;
  readonly promoted: Uint8Array;
  /** The latest everyday price of each series, 0 where none is known. */
  readonly price: Float64Array;
  /** Weekdays on which a store never had a row. */
  readonly shut: readonly (readonly boolean[])[];
  /** `ROWS` where a store had rows on a day, `QUIET` where it sold nothing and has none, else 0; store by store. */
  readonly open: Uint8Array;
}

/**
 * Orders rows by series and day, whatever their order was. Days without a row are zero sales where the store was open, and
 * say nothing where it was closed, or where the shelf was left empty by the row before.
 *
 * @throws WorldError `INVALID_HISTORY`
 */
export function makePanel(
  table: SalesTable,
  storeNames: readonly string[],
  productNames: readonly string[],
): Panel {
  const { rows, day, units, price, flags } = table;
  const storeOf = places(table.stores, storeNames);
  const productOf = places(table.products, productNames);
  const [firstDay, lastDay] = range(day);
  const days = lastDay - firstDay + 1;
  checkSpan(table, firstDay, lastDay);
  checkSize(storeNames.length * days, 'days of stores');

  const series = orderSeries(table, storeOf, productOf, productNames.length);
  const { seriesOf, first, last, offset, length } = series;
  const cells = offset[length] ?? 0;
  checkSize(cells, 'days of series');

  const rowOf = new Int32Array(cells);
  const open = new Uint8Array(storeNames.length * days);
  for (let row = 0; row < rows; row++) {
    const i = seriesOf[row] ?? 0;
    const cell = (offset[i] ?? 0) + (day[row] ?? 0) - (first[i] ?? 0);
    const before = rowOf[cell] ?? 0;
    if (before > 0) {
      const date = dateOf(day[row] ?? 0);
      const allowed = 'a day that appears once for each store and product';
      throw badRow(
        row + 1,
        'date',
        date,
        allowed,
        `Row ${before} is the same day of the same series; take out what is there twice, and add up what is not.`,
      );
    }
    rowOf[cell] = row + 1;
    open[(series.store[i] ?? 0) * days + (day[row] ?? 0) - firstDay] = ROWS;
  }
  const shut = shutDays(open, storeNames.length, firstDay, days);
  markQuietDays(open, shut, firstDay, series, table);

  const panel = {
    stores: storeNames,
    products: productNames,
    rows,
    firstDay,
    lastDay,
    store: series.store,
    product: series.product,
    first,
    offset,
    units: new Int32Array(cells),
    kind: new Uint8Array(cells),
    step: new Int16Array(cells),
    promoted: new Uint8Array(cells),
    price: new Float64Array(length),
    shut,
    open,
  };
  const prices = new EverydayPrices();
  for (let i = 0; i < length; i++) {
    const from = offset[i] ?? 0;
    const size = (last[i] ?? 0) - (first[i] ?? 0) + 1;
    const storeDays = (series.store[i] ?? 0) * days + (first[i] ?? 0) - firstDay;
    prices.open(size);
    let leftEmpty = false;
    for (let t = 0; t < size; t++) {
      const row = (rowOf[from + t] ?? 0) - 1;
      if (row < 0) {
        panel.kind[from + t] = open[storeDays + t] === 0 ? CLOSED : leftEmpty ? BARE : WHOLE;
        continue;
      }
      const flag = flags[row] ?? 0;
      const sold = units[row] ?? 0;
      panel.units[from + t] = sold;
      panel.kind[from + t] = (flag & EMPTY) === 0 ? WHOLE : sold === 0 ? BARE : CENSORED;
      panel.promoted[from + t] = (flag & PROMOTED) === 0 ? 0 : 1;
      prices.paid[t] = price[row] ?? 0;
      leftEmpty = (flag & ON_HAND_ZERO) !== 0;
    }
    prices.find(size);
    panel.step.set(prices.step.subarray(0, size), from);
    panel.price[i] = prices.everyday[size - 1] ?? 0;
  }
  return panel;
}

/** Cells of a series on the first days of a panel. */
export function cellsOf(panel: Panel, i: number, days: number): readonly [from: number, to: number] {
  const from = panel.offset[i] ?? 0;
  const end = panel.offset[i + 1] ?? from;
  return [from, Math.max(from, Math.min(end, from + panel.firstDay + days - (panel.first[i] ?? 0)))];
}

function places(names: readonly string[], ordered: readonly string[]): Int32Array {
  const at = new Map(ordered.map((name, place) => [name, place]));
  return Int32Array.from(names, (name) => at.get(name) ?? -1);
}

function range(days: Int32Array): readonly [first: number, last: number] {
  let [first, last] = [Infinity, -Infinity];
  for (const day of days) {
    if (day < first) first = day;
    if (day > last) last = day;
  }
  return [first, last];
}

/** Numbers the pairs by store and product, with the days of each. */
function orderSeries(
  { rows, store, product, day }: SalesTable,
  storeOf: Int32Array,
  productOf: Int32Array,
  products: number,
): {
  readonly length: number;
  readonly seriesOf: Int32Array;
  readonly store: Int32Array;
  readonly product: Int32Array;
  readonly first: Int32Array;
  readonly last: Int32Array;
  readonly offset: Float64Array;
} {
  const found = new Map<number, number>();
  const seriesOf = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    const pair = (storeOf[store[row] ?? 0] ?? 0) * products + (productOf[product[row] ?? 0] ?? 0);
    let known = found.get(pair);
    if (known === undefined) found.set(pair, (known = found.size));
    seriesOf[row] = known;
  }
  const pairs = Float64Array.from(found.keys());
  const sorted = pairs.slice().sort();
  const length = sorted.length;
  const place = new Int32Array(length);
  for (let i = 0; i < length; i++) place[found.get(sorted[i] ?? 0) ?? 0] = i;
  const first = new Int32Array(length).fill(0x7fff_ffff);
  const last = new Int32Array(length);
  for (let row = 0; row < rows; row++) {
    const i = place[seriesOf[row] ?? 0] ?? 0;
    seriesOf[row] = i;
    const at = day[row] ?? 0;
    if (at < (first[i] ?? 0)) first[i] = at;
    if (at > (last[i] ?? 0)) last[i] = at;
  }
  const offset = new Float64Array(length + 1);
  for (let i = 0; i < length; i++) offset[i + 1] = (offset[i] ?? 0) + (last[i] ?? 0) - (first[i] ?? 0) + 1;
  return {
    length,
    seriesOf,
    store: Int32Array.from(sorted, (pair) => Math.floor(pair / products)),
    product: Int32Array.from(sorted, (pair) => pair % products),
    first,
    last,
    offset,
  };
}

/**
 * Weekdays that came three times at least between a store's first day and its last, and never had a row, where most
 * other days have: rows of sales alone say nothing of closed days.
 */
function shutDays(
  open: Uint8Array,
  stores: number,
  firstDay: number,
  days: number,
): readonly (readonly boolean[])[] {
  return Array.from({ length: stores }, (_, s) => {
    const own = open.subarray(s * days, (s + 1) * days);
    const [from, to] = [own.indexOf(1), own.lastIndexOf(1)];
    const came = new Int32Array(7);
    const had = new Int32Array(7);
    for (let t = Math.max(0, from); t <= to; t++) {
      const weekday = weekdayOf(firstDay + t);
      came[weekday] = (came[weekday] ?? 0) + 1;
      had[weekday] = (had[weekday] ?? 0) + (own[t] ?? 0);
    }
    const opened = Array.from(came, (times, weekday) => times < 3 || (had[weekday] ?? 0) > 0);
    const expected = came.reduce((sum, times, weekday) => sum + (opened[weekday] === true ? times : 0), 0);
    const found = had.reduce((sum, times) => sum + times, 0);
    return opened.map((is) => !is && found >= OPEN_SHARE * expected);
  });
}
