import { lowSorts, type LowAnswer, type LowSort, type LowStockRow } from '@store/page-protocol';

/** Rows of one answer at most. */
const mostRows = 200;

/** A shelf below its reorder point; times are the world's, milliseconds since 1970. */
export interface LowShelf extends Omit<LowStockRow, 'since' | 'arrivesAt'> {
  readonly category: string;
  readonly sinceMs: number;
  readonly arrivesAtMs?: number;
}

/** What part of the list is asked for. */
export interface LowQuery {
  readonly sort: LowSort;
  readonly down: boolean;
  /** Words that the row's names must contain, in lower case. */
  readonly words: readonly string[];
  readonly from: number;
  readonly count: number;
}

/** Reads a query; what is missing or makes no sense gets the default. */
export function parseLowQuery(params: URLSearchParams): LowQuery {
  const sort = params.get('sort') ?? '';
  const whole = (name: string, otherwise: number): number => {
    const value = Number(params.get(name) ?? otherwise);
    return Number.isSafeInteger(value) && value >= 0 ? value : otherwise;
  };
  return {
    sort: lowSorts.find((one) => one === sort.replace(/^-/, '')) ?? 'missing',
    down: sort.startsWith('-'),
    words: (params.get('q') ?? '')
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== ''),
    from: whole('from', 0),
    count: Math.min(mostRows, whole('count', 50)),
  };
}

const byName = (a: LowShelf, b: LowShelf): number =>
  compareText(a.productName, b.productName) || compareText(a.storeName, b.storeName);

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Each order decides every pair, so that rows do not change places from one answer to the next. */
const orders: Readonly<Record<LowSort, (a: LowShelf, b: LowShelf) => number>> = {
  missing: (a, b) => a.currentStock - a.minThreshold - (b.currentStock - b.minThreshold) || byName(a, b),
  name: byName,
  // Nothing ordered, then ordered and not on the road, then the truck that takes longest.
  order: (a, b) =>
    Math.min(a.onOrder, 1) - Math.min(b.onOrder, 1) ||
    (b.arrivesAtMs ?? Number.MAX_VALUE) - (a.arrivesAtMs ?? Number.MAX_VALUE) ||
    byName(a, b),
  since: (a, b) => a.sinceMs - b.sinceMs || byName(a, b),
};

/** Sorts the low shelves, searches them, and cuts out what was asked for. */
export function lowStockPage(
  shelves: Iterable<LowShelf>,
  { sort, down, words, from, count }: LowQuery,
): Pick<LowAnswer, 'total' | 'from' | 'rows'> {
  const found = [...shelves].filter(({ productName, storeName, category }) => {
    const text = `${productName} ${storeName} ${category}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const compare = orders[sort];
  found.sort(down ? (a, b) => compare(b, a) : compare);
  return { total: found.length, from, rows: found.slice(from, from + count).map(rowOf) };
}

function rowOf({ category: _category, sinceMs, arrivesAtMs, ...row }: LowShelf): LowStockRow {
  return {
    ...row,
    since: new Date(sinceMs).toISOString(),
    ...(arrivesAtMs === undefined ? {} : { arrivesAt: new Date(arrivesAtMs).toISOString() }),
  };
}
