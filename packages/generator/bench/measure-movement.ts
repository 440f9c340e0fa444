import { ALL_TIME } from '../src/day/day-parts.js';
import { ShardClock } from '../src/day/shard-clock.js';
import { civilFromDays, weekdayOf } from '../src/model/calendar.js';
import type { WorldModel } from '../src/model/world-model.js';
import { settle } from '../src/world/options.js';
import { presets } from '../src/world/presets.js';

/** How the sales of a simulated world move, to be held against published figures. */
export interface Movement {
  /** Medians over the series of the autocorrelation of sales without their weekdays, 1, 7 and 28 days apart. */
  readonly lag1: number;
  readonly lag7: number;
  readonly lag28: number;
  /** Mean units a day of the category with the largest over that with the smallest. */
  readonly categoryMeans: number;
  /** Standard deviation over mean of the stores' units. */
  readonly storeSpread: number;
  /** Standard deviation among stores of Saturday's factor, and the root mean square of that of all weekdays. */
  readonly saturdaySpread: number;
  readonly weekdaySpread: number;
  /** Standard deviation of the categories' month factors around those of all. */
  readonly monthSpread: number;
  /** Correlation of the months of stores south of the equator with those of the north, half a year later. */
  readonly turned: number;
  /** Mean correlation of what the calendar does not explain: two products of a store, one product in two stores. */
  readonly withinStore: number;
  readonly acrossStores: number;
  /** Standard deviation of a store's day that its neighbouring days do not share. */
  readonly storeDay: number;
  /** Share of series-days at a promotional price, of the units sold at one, and of promoted days in most of the stores. */
  readonly promotedDays: number;
  readonly promotedUnits: number;
  readonly promotedInMost: number;
  /** Units missing in the week after a promotion over those that it sold in addition. */
  readonly dip: number;
  /** The same of units sold, with the empty shelves that a promotion leaves. */
  readonly dipSold: number;
  /** Rate of empty shelves on promotion over that on other days. */
  readonly promotedStockouts: number;
  /** Units of orders that came on their first delivery over those that were due. */
  readonly fill: number;
  /** Share of series that begin later than day 60. */
  readonly launches: number;
  readonly waste: number;
  readonly outOfStock: number;
  /** Shares of the variance of ln(mean) of product, store and pair, among series with 20 units. */
  readonly variance: readonly [product: number, store: number, pair: number];
}

const SETTLING = 28;
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const median = (values: readonly number[]): number =>
  [...values].sort((x, y) => x - y)[values.length >> 1] ?? 0;
function deviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
}

/** Sales and demand of every series on every day, and what the stores' books say of them. */
function simulate(
  model: WorldModel,
  world: { readonly seed: number; readonly stores: number; readonly products: number; readonly days: number },
) {
  const first = Math.floor(Date.UTC(2026, 0, 5) / 86_400_000) + SETTLING;
  const { days } = world;
  const { settings } = settle({
    ...world,
    start: '2026-01-05',
    days: SETTLING + days + 2,
    preset: { model, format: presets.m5.format },
  });
  const clock = new ShardClock(settings);
  const size = clock.stores.length * clock.products.length * days;
  const sold = new Int32Array(size);
  const wanted = new Int32Array(size);
  /** Bits: 1 open, 2 promoted, 4 empty at closing. */
  const state = new Uint8Array(size);
  let [short, due, wasted, received] = [0, 0, 0, 0];
  clock.observe({
    window: ALL_TIME,
    closed(cell, day, tally) {
      const t = day - first;
      if (t < 0 || t >= days) return;
      const at = cell * days + t;
      const p = cell % clock.products.length;
      sold[at] = tally.sold;
      wanted[at] = tally.demand;
      state[at] =
        1 + ((tally.prices[p] ?? 0) < (tally.everyday[p] ?? 0) ? 2 : 0) + (tally.cause === 0 ? 0 : 4);
      short += tally.short;
      wasted += tally.wasted;
      received += tally.received;
    },
    shrunk: () => undefined,
    counted: () => undefined,
    ordered(_cell, day, units) {
      if (day >= first && day < first + days) due += units;
    },
  });
  clock.skipTo(settings.endMs);
  return { clock, first, days, sold, wanted, state, short, due, wasted, received };
}

/** Simulates a world and measures how its sales move, as an analyst with its sales tables would. */
export function measureMovement(
  model: WorldModel,
  world: { readonly seed: number; readonly stores: number; readonly products: number; readonly days: number },
): Movement {
  const { clock, first, days, sold, wanted, state, short, due, wasted, received } = simulate(model, world);
  const { stores, products } = clock;
  const [S, P] = [stores.length, products.length];
  const weekday = Array.from({ length: days }, (_, t) => weekdayOf(first + t));
  const month = Array.from({ length: days }, (_, t) => civilFromDays(first + t).month - 1);
  const categories = [...new Set(products.map(({ category }) => category))];
  const categoryAt = products.map(({ category }) => categories.indexOf(category));
  const south = stores.map(({ location }) => location.latitude < 0);

  // Units a day by store and weekday, by half of the earth, category and month, and of each series.
  const ofStore = stores.map(() => new Float64Array(14));
  const ofMonth = [0, 1].map(() => categories.map(() => new Float64Array(24)));
  const ofCategory = categories.map((): number[] => []);
  const means = new Float64Array(S * P);
  let [began, promoted, promotedUnits, units, open, empty, promotedEmpty] = [0, 0, 0, 0, 0, 0, 0];
  for (let cell = 0; cell < S * P; cell++) {
    const s = Math.floor(cell / P);
    const c = categoryAt[cell - s * P] ?? 0;
    const [store, months] = [ofStore[s], ofMonth[south[s] ? 1 : 0]?.[c]];
    let [count, sum, begins] = [0, 0, -1];
    for (let t = 0; t < days; t++) {
      const at = cell * days + t;
      const flags = state[at] ?? 0;
      if ((flags & 1) === 0) continue;
      if (begins < 0) begins = t;
      const one = sold[at] ?? 0;
      const [d, m] = [weekday[t] ?? 0, month[t] ?? 0];
      if (store !== undefined) {
        store[d] = (store[d] ?? 0) + one;
        store[7 + d] = (store[7 + d] ?? 0) + 1;
      }
      if (months !== undefined) {
        months[m] = (months[m] ?? 0) + one;
        months[12 + m] = (months[12 + m] ?? 0) + 1;
      }
      count++;
      sum += one;
      if (flags & 4) empty++;
      if ((flags & 2) === 0) continue;
      promoted++;
      promotedUnits += one;
      if (flags & 4) promotedEmpty++;
    }
    if (begins < 0 || begins >= 60) began++;
    units += sum;
    open += count;
    means[cell] = count === 0 ? 0 : sum / count;
    if (count > 0) ofCategory[c]?.push(sum / count);
  }
  const curve = (parts: Float64Array, length: number): number[] => {
    const raw = Array.from({ length }, (_, n) => (parts[n] ?? 0) / Math.max(1, parts[length + n] ?? 0));
    return raw.map((value) => value / mean(raw));
  };
  const weekdays = ofStore.map((parts) => curve(parts, 7));
  const monthsOf = ofMonth.map((parts) => parts.map((part) => curve(part, 12)));
  const wholeMonths = ofMonth.map((parts) => {
    const all = new Float64Array(24);
    for (const part of parts) for (const [n, value] of part.entries()) all[n] = (all[n] ?? 0) + value;
    return curve(all, 12);
  });
  const [north = [], southern = []] = wholeMonths;
  const perStore = ofStore.map((parts) => parts.slice(0, 7).reduce((sum, value) => sum + value, 0));

  // What the calendar does not explain, and what promotions do.
  const rest = new Float64Array(S * P * days);
  const lags: [number[], number[], number[]] = [[], [], []];
  let [rise, missing, riseSold, missingSold] = [0, 0, 0, 0];
  for (let cell = 0; cell < S * P; cell++) {
    const s = Math.floor(cell / P);
    const c = categoryAt[cell - s * P] ?? 0;
    const months = monthsOf[south[s] ? 1 : 0]?.[c] ?? [];
    const from = cell * days;
    const expected = (t: number): number =>
      (means[cell] ?? 0) * (weekdays[s]?.[weekday[t] ?? 0] ?? 1) * (months[month[t] ?? 0] ?? 1);
    const own = new Float64Array(14);
    for (let t = 0; t < days; t++) {
      if ((state[from + t] ?? 0) & 1) {
        const d = weekday[t] ?? 0;
        own[d] = (own[d] ?? 0) + (sold[from + t] ?? 0);
        own[7 + d] = (own[7 + d] ?? 0) + 1;
      }
    }
    const plain = Float64Array.from({ length: days }, (_, t) => {
      const d = weekday[t] ?? 0;
      if (((state[from + t] ?? 0) & 1) === 0) return 0;
      return (sold[from + t] ?? 0) - (own[d] ?? 0) / Math.max(1, own[7 + d] ?? 0);
    });
    const variance = plain.reduce((sum, value) => sum + value * value, 0);
    if (variance > 0) {
      for (const [n, lag] of [1, 7, 28].entries()) {
        let sum = 0;
        for (let t = lag; t < days; t++) sum += (plain[t] ?? 0) * (plain[t - lag] ?? 0);
        lags[n]?.push(sum / variance);
      }
    }
    for (let t = 0; t < days; t++) {
      if (((state[from + t] ?? 0) & 1) === 0) continue;
      rest[from + t] = (sold[from + t] ?? 0) - expected(t);
    }
    // Days that no promotion touches: neither it nor the week after.
    let [quietFactor, quietSold, quietWanted] = [0, 0, 0];
    for (let t = 7; t < days; t++) {
      if (((state[from + t] ?? 0) & 3) !== 1 || (state[from + t - 7] ?? 0) & 2) continue;
      quietFactor += expected(t);
      quietSold += sold[from + t] ?? 0;
      quietWanted += wanted[from + t] ?? 0;
    }
    for (let t = 0; t + 7 < days && quietFactor > 0; t++) {
      // Weeks of promotion that are followed by a week without.
      if ((state[from + t] ?? 0) !== ((state[from + t] ?? 0) & 4) + 3) continue;
      if (((state[from + t + 7] ?? 0) & 3) !== 1) continue;
      const [ofWanted, ofSold] = [quietWanted / quietFactor, quietSold / quietFactor];
      // A day's variance grows with its mean, and faster: large series would bring their noise, and no more of the effect.
      const weight = 1 / (1 + expected(t));
      rise += weight * ((wanted[from + t] ?? 0) - ofWanted * expected(t));
      missing += weight * (ofWanted * expected(t + 7) - (wanted[from + t + 7] ?? 0));
      riseSold += weight * ((sold[from + t] ?? 0) - ofSold * expected(t));
      missingSold += weight * (ofSold * expected(t + 7) - (sold[from + t + 7] ?? 0));
    }
  }

  let [most, anyPromoted] = [0, 0];
  for (let p = 0; p < P; p++) {
    for (let t = 0; t < days; t++) {
      let count = 0;
      for (let s = 0; s < S; s++) if ((state[(s * P + p) * days + t] ?? 0) & 2) count++;
      anyPromoted += count;
      if (count >= 0.8 * S) most += count;
    }
  }

  const scaled = rest.slice();
  for (let cell = 0; cell < S * P; cell++) {
    const part = scaled.subarray(cell * days, (cell + 1) * days);
    const middle = part.reduce((sum, value) => sum + value, 0) / days;
    const size = Math.sqrt(part.reduce((sum, value) => sum + (value - middle) ** 2, 0) / days);
    for (let t = 0; t < days; t++) part[t] = size === 0 ? 0 : ((part[t] ?? 0) - middle) / size;
  }
  /** Mean correlation of all pairs of these series. */
  const pairs = (cells: readonly number[]): number => {
    const live = cells.filter((cell) => scaled[cell * days] !== 0 || (means[cell] ?? 0) > 0);
    let square = 0;
    for (let t = 0; t < days; t++) {
      let sum = 0;
      for (const cell of live) sum += scaled[cell * days + t] ?? 0;
      square += sum * sum;
    }
    return (square / days - live.length) / (live.length * (live.length - 1));
  };
  const dayShare = stores.map((_, s) => {
    let [same, next, own, ownNext, level] = [0, 0, 0, 0, 0];
    const totals = new Float64Array(days);
    for (let p = 0; p < P; p++) {
      const from = (s * P + p) * days;
      level += means[s * P + p] ?? 0;
      for (let t = 0; t < days; t++) {
        const value = rest[from + t] ?? 0;
        totals[t] = (totals[t] ?? 0) + value;
        own += value * value;
        if (t > 0) ownNext += value * (rest[from + t - 1] ?? 0);
      }
    }
    for (let t = 0; t < days; t++) {
      same += (totals[t] ?? 0) ** 2;
      if (t > 0) next += (totals[t] ?? 0) * (totals[t - 1] ?? 0);
    }
    return (same - own - next + ownNext) / days / level ** 2;
  });

  const enough = Array.from(means, (value) => (value * days >= 20 ? Math.log(value) : Number.NaN));
  const ofProducts = products.map((_, p) =>
    enough.filter((value, cell) => cell % P === p && value === value),
  );
  const kept = enough.filter((value) => value === value);
  const byStore = stores.map((_, s) => {
    const values = enough.slice(s * P, (s + 1) * P).map((value, p) => value - mean(ofProducts[p] ?? []));
    return mean(values.filter((value) => value === value));
  });
  const pairRest = enough.flatMap((value, cell) => {
    const row = ofProducts[cell % P] ?? [];
    return value === value ? [value - mean(row) - (byStore[Math.floor(cell / P)] ?? 0)] : [];
  });
  const whole = deviation(kept) ** 2;
  const [ofPair, ofStores] = [deviation(pairRest) ** 2 / whole, deviation(byStore) ** 2 / whole];

  const categoryMeans = ofCategory.map(mean);
  const restOf = (a: readonly number[], b: readonly number[]): number[] =>
    a.map((value, n) => value - (b[n] ?? 0));
  const middleOf = (a: readonly number[]): number[] => a.map((value) => value - 1);
  const [x, y] = [middleOf([...north.slice(6), ...north.slice(0, 6)]), middleOf(southern)];
  const dot = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, value, n) => sum + value * (b[n] ?? 0), 0);
  return {
    lag1: median(lags[0]),
    lag7: median(lags[1]),
    lag28: median(lags[2]),
    categoryMeans: Math.max(...categoryMeans) / Math.min(...categoryMeans),
    storeSpread: deviation(perStore) / mean(perStore),
    saturdaySpread: deviation(weekdays.map((factors) => factors[5] ?? 0)),
    weekdaySpread: Math.sqrt(
      mean(Array.from({ length: 7 }, (_, d) => deviation(weekdays.map((factors) => factors[d] ?? 0)) ** 2)),
    ),
    monthSpread: deviation((monthsOf[0] ?? []).flatMap((factors) => restOf(factors, north))),
    turned: south.includes(true) ? dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y)) : Number.NaN,
    withinStore: mean(stores.map((_, s) => pairs(products.map((__, p) => s * P + p)))),
    acrossStores: mean(
      products.map((_, p) => pairs(stores.map((__, s) => s * P + p))).filter((one) => Number.isFinite(one)),
    ),
    storeDay: Math.sqrt(Math.max(0, mean(dayShare))),
    promotedDays: promoted / open,
    promotedUnits: promotedUnits / units,
    promotedInMost: most / anyPromoted,
    dip: missing / rise,
    dipSold: missingSold / riseSold,

    promotedStockouts: promotedEmpty / promoted / ((empty - promotedEmpty) / (open - promoted)),
    fill: 1 - short / due,
    launches: began / (S * P),
    waste: wasted / received,
    outOfStock: empty / open,
    variance: [1 - ofPair - ofStores, ofStores, ofPair],
  };
}
