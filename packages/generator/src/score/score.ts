import type { DayObserver } from '../day/day-parts.js';
import type { ShardClock } from '../day/shard-clock.js';
import type { Product } from '../model/products.js';
import type { Store } from '../model/stores.js';
import type { Costs } from './costs.js';
import type { Score, ScoreLine } from './score-record.js';

const names = [
  'days',
  'stocked',
  'orders',
  'demand',
  'substituted',
  'sold',
  'lost',
  'missed',
  'received',
  'returned',
  'wasted',
  'shrunk',
  'opening',
  'closing',
  'heldCents',
  'missedCents',
  'wastedCents',
] as const;

/** Sums of one store and category: whole numbers, so that their order does not matter. */
type Sums = Record<(typeof names)[number], number>;

/** Simulates a world once, from `startMs` to `untilMs`, and scores it. The clock is at the world's start. */
export function scoreOf(clock: ShardClock, startMs: number, untilMs: number, costs: Costs): Score {
  const { stores, products } = clock;
  const categories = categoriesOf(products);
  const places = products.map(({ category }) => categories.indexOf(category));
  const sums = stores.map(() => categories.map(newSums));
  const spare = newSums();
  clock.observe(
    observerOf(clock, startMs, untilMs, (cell) => {
      const s = Math.floor(cell / products.length);
      return sums[s]?.[places[cell - s * products.length] ?? 0] ?? spare;
    }),
  );
  clock.skipTo(untilMs);
  return {
    ...lineOf(sums.flat(), costs),
    currencies: currenciesOf(stores, products),
    byStore: stores.map(({ store_id }, s) => ({ store_id, ...lineOf(sums[s] ?? [], costs) })),
    byCategory: categories.map((category, n) => {
      const parts = sums.flatMap((ofStore) => ofStore[n] ?? []);
      return { category, ...lineOf(parts, costs) };
    }),
  };
}

/** Whether products have no prices of one's own: what lies and what is lost is then valued in euros in every store. */
export const inEuros = (products: readonly Product[]): boolean =>
  products.every(({ input }) => input?.unit_price === undefined);

const currenciesOf = (stores: readonly Store[], products: readonly Product[]): readonly string[] =>
  inEuros(products) ? ['EUR'] : [...new Set(stores.map(({ currency }) => currency))];

/** Categories of products, in the order of their first product. */
export const categoriesOf = (products: readonly Product[]): readonly string[] => [
  ...new Set(products.map(({ category }) => category)),
];

// Every name gets its number.
const newSums = (): Sums => Object.fromEntries(names.map((name) => [name, 0])) as Sums;

/** Adds up the days of a world's shelves. */
function observerOf(
  { stores, products }: ShardClock,
  startMs: number,
  untilMs: number,
  sumsOf: (cell: number) => Sums,
): DayObserver {
  const cells = stores.length * products.length;
  /** Units in the store where the world's time has come to; `NEVER_SEEN` before. */
  const stock = new Float64Array(cells).fill(NEVER_SEEN);
  /** The last closing of each shelf: its day, its units and their price. */
  const closedOn = new Float64Array(cells).fill(NEVER_SEEN);
  const left = new Float64Array(cells);
  const cents = new Int32Array(cells);
  const euros = inEuros(products) ? products.map(({ priceCents }) => priceCents) : undefined;

  /** Units that were there at the last closing, for this many nights. */
  function lie(cell: number, nights: number): void {
    const units = left[cell] ?? 0;
    const value = Math.abs(units) * nights * (cents[cell] ?? 0);
    if (units > 0) sumsOf(cell).heldCents += value;
    else sumsOf(cell).missedCents += value;
  }

  return {
    window: [startMs, untilMs],
    closed(cell, day, tally) {
      const sums = sumsOf(cell);
      const price = (euros ?? tally.everyday)[cell % products.length] ?? 0;
      for (const name of flows) sums[name] += tally[name];
      sums.missedCents += tally.missed * price;
      sums.wastedCents += tally.wasted * price;
      sums.shrunk -= tally.wasted;
      const before = stock[cell] ?? NEVER_SEEN;
      if (before === NEVER_SEEN) {
        sums.opening += tally.opening;
        sums.closing += tally.opening;
      }
      sums.closing += tally.physical - (before === NEVER_SEEN ? tally.opening : before);
      stock[cell] = tally.physical;
      if (!tally.closing) return;
      sums.days++;
      if (tally.physical > 0) sums.stocked++;
      const last = closedOn[cell] ?? NEVER_SEEN;
      if (last !== NEVER_SEEN) lie(cell, day - last - 1);
      closedOn[cell] = day;
      left[cell] = tally.physical;
      cents[cell] = price;
      lie(cell, 1);
    },
    shrunk(cell, _day, units) {
      sumsOf(cell).shrunk += units;
    },
    counted: () => undefined,
    ordered(cell, _day, _units, atMs) {
      if (atMs >= startMs && atMs < untilMs) sumsOf(cell).orders++;
    },
    restocked(cell, came, _recorded, atMs) {
      const known = stock[cell] ?? NEVER_SEEN;
      if (known === NEVER_SEEN || atMs >= untilMs) return;
      stock[cell] = known + came;
      const sums = sumsOf(cell);
      sums.closing += came;
      sums[atMs < startMs ? 'opening' : 'received'] += came;
    },
  };
}

const NEVER_SEEN = -Infinity;
const flows = ['demand', 'substituted', 'sold', 'lost', 'missed', 'received', 'returned', 'wasted'] as const;

function lineOf(parts: readonly Sums[], costs: Costs): ScoreLine {
  const sums = newSums();
  for (const part of parts) for (const name of names) sums[name] += part[name];
  const { days, stocked, orders, heldCents, missedCents, wastedCents, ...units } = sums;
  const holding = (heldCents / 100) * costs.holding;
  const ordering = orders * costs.ordering;
  const lostMargin = (missedCents / 100) * costs.lostMargin;
  const waste = (wastedCents / 100) * costs.waste;
  return {
    serviceLevel: days === 0 ? 1 : stocked / days,
    fillRate: units.demand === 0 ? 1 : units.sold / units.demand,
    wasteRate: units.received === 0 ? 0 : units.wasted / units.received,
    costs: { holding, ordering, lostMargin, waste, total: holding + ordering + lostMargin + waste },
    seriesDays: days,
    orders,
    units,
  };
}
