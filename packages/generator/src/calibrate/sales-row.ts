import { nearestNames, shown } from '@store/foundation';
import { WorldError } from '../errors.js';
import { daysFromCivil } from '../model/calendar.js';

/** What one store sold of one product on one local day. A value that is null or left out is not known. */
export interface SalesRow {
  /** Store, 1 to 200 characters. */
  readonly store_id: string;
  /** SKU, 1 to 200 characters. */
  readonly product_id: string;
  /** Local day of the store, `2026-01-05`. */
  readonly date: string;
  /** Units sold, a whole number of 0 or more. */
  readonly units_sold: number;
  /** Units on hand at closing, a whole number; 0 or less says that the day ended empty. */
  readonly on_hand?: number | null;
  /** False or 0 where the shelf was empty at some time of the day. Counts before `on_hand`. */
  readonly in_stock?: boolean | number | null;
  /** Price of a unit on that day, above 0. */
  readonly price?: number | null;
  /** True or 1 where the product was on promotion. */
  readonly promotion?: boolean | number | null;
}

/** Columns of a sales history; the first four are required. */
export const salesColumns: readonly string[] = Object.freeze([
  'store_id',
  'product_id',
  'date',
  'units_sold',
  'on_hand',
  'in_stock',
  'price',
  'promotion',
]);

/** What `flags` of a row says. */
export const EMPTY = 1;
export const STOCK_KNOWN = 2;
export const ON_HAND_ZERO = 4;
export const PROMOTED = 8;
export const FLAG_KNOWN = 16;

/** Rows of a history side by side, each at its place in the order in which they came. */
export interface SalesTable {
  readonly rows: number;
  readonly stores: readonly string[];
  readonly products: readonly string[];
  readonly store: Int32Array;
  readonly product: Int32Array;
  /** Days since 1970. */
  readonly day: Int32Array;
  readonly units: Int32Array;
  /** Price, 0 where it is not known. */
  readonly price: Float64Array;
  readonly flags: Uint8Array;
}

/** The most units of one row, and the most rows of a history: columns of 32 bits. */
const MOST_UNITS = 1_000_000;
const MOST_ON_HAND = 1_000_000_000;
const MOST_PRICE = 20_000_000;

/** The problem of a row. */
export function badRow(
  row: number,
  column: string,
  value: unknown,
  allowed: string,
  fix: string,
): WorldError {
  const message = `Row ${row}: expected \`${column}\` to be ${allowed}, got ${shown(value)}. ${fix}`;
  return new WorldError('INVALID_HISTORY', column, value, allowed, message, { row });
}

/** Reads and checks rows, in one pass. @throws WorldError `INVALID_HISTORY` */
export function readRows(history: Iterable<SalesRow>): SalesTable {
  const stores = new Names('store_id');
  const products = new Names('product_id');
  const days = new Map<string, number>();
  let room = 65_536;
  let store = new Int32Array(room);
  let product = new Int32Array(room);
  let day = new Int32Array(room);
  let units = new Int32Array(room);
  let price = new Float64Array(room);
  let flags = new Uint8Array(room);
  let n = 0;
  for (const row of history) {
    if (n === room) {
      room *= 2;
      store = grown(store, new Int32Array(room));
      product = grown(product, new Int32Array(room));
      day = grown(day, new Int32Array(room));
      units = grown(units, new Int32Array(room));
      price = grown(price, new Float64Array(room));
      flags = grown(flags, new Uint8Array(room));
    }
    const at = n + 1;
    checkColumns(row, at);
    store[n] = stores.of(row.store_id, at);
    product[n] = products.of(row.product_id, at);
    let known = days.get(row.date);
    if (known === undefined) days.set(row.date, (known = dayOf(row.date, at)));
    day[n] = known;
    units[n] = unitsOf(row.units_sold, at);
    price[n] = priceOf(row.price, at);
    flags[n] = flagsOf(row, at);
    n++;
  }
  return {
    rows: n,
    stores: stores.list,
    products: products.list,
    store: store.subarray(0, n),
    product: product.subarray(0, n),
    day: day.subarray(0, n),
    units: units.subarray(0, n),
    price: price.subarray(0, n),
    flags: flags.subarray(0, n),
  };
}

function grown<A extends Int32Array | Float64Array | Uint8Array>(from: A, to: A): A {
  to.set(from);
  return to;
}

/** Identifiers in the order in which they came. */
class Names {
  readonly list: string[] = [];
  readonly #places = new Map<string, number>();
  readonly #column: string;

  constructor(column: string) {
    this.#column = column;
  }

  of(id: unknown, row: number): number {
    // A key that is no text is in no map of ours.
    const known = this.#places.get(id as string);
    if (known !== undefined) return known;
    if (typeof id !== 'string' || !/^[^]{1,200}$/u.test(id) || /\p{Cs}/u.test(id))
      throw badRow(row, this.#column, id, 'text of 1 to 200 characters', 'Write the identifier as text.');
    const place = this.list.length;
    this.list.push(id);
    this.#places.set(id, place);
    return place;
  }
}

function checkColumns(row: unknown, at: number): void {
  if (typeof row !== 'object' || row === null || Array.isArray(row))
    throw badRow(
      at,
      'row',
      row,
      'an object',
      'Hand in objects such as { store_id, product_id, date, units_sold }.',
    );
  for (const name in row) {
    if (salesColumns.includes(name)) continue;
    const [nearest] = nearestNames(name, salesColumns);
    const hint = nearest === undefined ? 'Leave it out.' : `Did you mean \`${nearest}\`?`;
    const allowed = `one of ${salesColumns.join(', ')}`;
    const message = `Row ${at}: unknown column \`${name}\`; known are ${salesColumns.join(', ')}. ${hint}`;
    throw new WorldError('INVALID_HISTORY', name, Reflect.get(row, name), allowed, message, { row: at });
  }
}

function dayOf(date: unknown, row: number): number {
  const match = typeof date === 'string' ? /^([1-8]\d{3})-(\d\d)-(\d\d)$/.exec(date) : null;
  const [, year, month, day] = (match ?? []).map(Number);
  const found =
    year === undefined || month === undefined || day === undefined || month < 1 || month > 12 || day < 1
      ? Number.NaN
      : daysFromCivil(year, month, day);
  const next =
    month === 12 ? daysFromCivil((year ?? 0) + 1, 1, 1) : daysFromCivil(year ?? 0, (month ?? 0) + 1, 1);
  if (found >= 10 && found < next) return found;
  throw badRow(
    row,
    'date',
    date,
    "a local day such as '2026-01-05', from 1970-01-11 to 8999",
    "Write the store's own day, year first, without a time.",
  );
}

function unitsOf(units: unknown, row: number): number {
  if (typeof units === 'number' && units >= 0 && units <= MOST_UNITS && Number.isInteger(units)) return units;
  throw badRow(
    row,
    'units_sold',
    units,
    `a whole number from 0 to ${MOST_UNITS}`,
    units === ''
      ? 'Write 0, or leave the row out.'
      : advice(units, 'Leave returns out of sales, and round weights to units.'),
  );
}

function priceOf(price: unknown, row: number): number {
  if (price === undefined || price === null) return 0;
  if (typeof price === 'number' && price > 0 && price <= MOST_PRICE) return price;
  throw badRow(
    row,
    'price',
    price,
    `above 0 and at most ${MOST_PRICE}`,
    advice(price, 'Leave out a price that is not known.'),
  );
}

/** What to do about a number; one with a comma is written as nobody can tell. */
const advice = (value: unknown, usual: string): string =>
  typeof value === 'string' && value.includes(',')
    ? 'Write it without commas, decimals behind a point.'
    : usual;

function flagsOf(row: SalesRow, at: number): number {
  let flags = truth(row.promotion, 'promotion', at) === 1 ? PROMOTED : 0;
  const { on_hand } = row;
  if (on_hand !== undefined && on_hand !== null) {
    if (typeof on_hand !== 'number' || !Number.isInteger(on_hand) || Math.abs(on_hand) > MOST_ON_HAND)
      throw badRow(at, 'on_hand', on_hand, 'a whole number', 'Leave out stock that is not known.');
    flags |= STOCK_KNOWN | (on_hand <= 0 ? EMPTY | ON_HAND_ZERO : 0);
  }
  const inStock = truth(row.in_stock, 'in_stock', at);
  if (inStock < 0) return flags;
  // The flag knows of shelves that were empty before closing, and of records that are wrong.
  return (flags & ~EMPTY) | STOCK_KNOWN | FLAG_KNOWN | (inStock === 0 ? EMPTY : 0);
}

/** 0, 1, or -1 where it is not known. */
function truth(value: unknown, column: string, row: number): number {
  if (value === undefined || value === null) return -1;
  if (value === true || value === 1) return 1;
  if (value === false || value === 0) return 0;
  throw badRow(row, column, value, 'true, false, 1 or 0', 'Leave out what is not known.');
}
