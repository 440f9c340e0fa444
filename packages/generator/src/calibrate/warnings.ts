import { weekdayOf } from '../model/calendar.js';
import { ownLimits } from '../world/defaults-and-limits.js';
import { MONTH_DAYS } from './calendar-effects.js';
import { calibrateLimits } from './calibrate-options.js';
import type { Fit } from './fitted.js';
import { nameOfSeries, type LeftOut } from './left-out.js';
import { cellsOf, type Panel } from './panel.js';
import { OPEN_SHARE, QUIET, ROWS } from './quiet-days.js';
import { yearlyGrowth } from './make-world.js';
import { FLAG_KNOWN, PROMOTED, STOCK_KNOWN, type SalesTable } from './sales-row.js';
import { TREND_DAYS } from './trend.js';

/** Days with rows that a store has at least for it to be said that none follow each other. */
const LEAST_APART = 4;

/** Days from which on a single one is a small part of a series. */
const DAYS_OF_MANY = 28;

/** Names in one warning; of more, the number. */
const MOST_NAMES = 50;

/** What a history cannot tell, and what of it the file does not have, a line each. */
export function warningsOf(input: {
  readonly table: SalesTable;
  readonly panel: Panel;
  readonly fit: Fit;
  readonly means: Float64Array;
  /** Of the file; undefined where it has none. */
  readonly elasticity: number | undefined;
  readonly left: LeftOut;
  /** Series whose sales were taken for their demand. */
  readonly lowerBounds: readonly number[];
  readonly unusedStores: readonly string[];
  readonly unusedProducts: readonly string[];
  readonly described: boolean;
  /** Products with a last day of sale that the history has found. */
  readonly withdrawn: readonly string[];
  readonly holdOut: readonly [wanted: number | undefined, taken: number];
}): readonly string[] {
  const {
    table,
    panel,
    fit,
    means,
    elasticity,
    left,
    lowerBounds,
    unusedStores,
    unusedProducts,
    described,
    withdrawn,
    holdOut,
  } = input;
  const all = table.flags.reduce((sum, flag) => sum | flag, 0);
  const days = panel.lastDay - panel.firstDay + 1;
  const warnings: string[] = [];
  const named = (names: readonly string[]): string =>
    names.slice(0, MOST_NAMES).join(', ') +
    (names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '');
  const listed = (names: readonly string[], what: (count: number) => string): void => {
    if (names.length > 0) warnings.push(`${what(names.length)}: ${named(names)}.`);
  };
  const nameOf = (i: number): string => nameOfSeries(panel, i);
  const series = Array.from(panel.store.keys());

  const [least, most] = ownLimits.mean;
  const units = means.reduce((sum, mean) => sum + mean, 0);
  const possible = means.reduce((sum, mean) => sum + Math.max(least, Math.min(most, mean)), 0);
  listed(
    series.filter((i) => (means[i] ?? 0) < least || (means[i] ?? 0) > most).map(nameOf),
    (count) =>
      `${count} series with a mean beyond what a world can have, ${least} to ${most}; the file wants ${((100 * possible) / units).toFixed(0)} % of the units`,
  );
  listed(
    lowerBounds.map(nameOf),
    (count) =>
      `${count} series that ran out on nearly every day: how much more was wanted is not known, and the file wants what they sold`,
  );
  if ((all & STOCK_KNOWN) === 0) {
    warnings.push(
      'No stock column: demand that found an empty shelf is missing. Add in_stock, or on_hand at closing.',
    );
  } else if ((all & FLAG_KNOWN) === 0) {
    warnings.push(
      'No in_stock column: on_hand at closing misses shelves that were filled again, and records that are wrong; demand may be some percent too low.',
    );
  }
  if (!table.price.some((price) => price > 0)) {
    const promotions =
      (all & PROMOTED) === 0
        ? 'no promotions'
        : "promotions at the prices that sell as much by the preset's elasticity";
    warnings.push(`No price column: the file has no prices of products, and ${promotions}.`);
  } else if (!panel.step.some((step) => step < 0)) {
    warnings.push(
      "Prices are never lower for some days: the elasticity cannot be told, and is the preset's.",
    );
  } else if (elasticity === 0) {
    warnings.push('Demand is no higher at lower prices: the file has an elasticity of 0.');
  }
  const [wanted, taken] = holdOut;
  if (wanted !== undefined && taken < wanted)
    warnings.push(`${many(taken, 'day')} held out, not ${wanted}: a quarter of the history at most.`);
  if (days < MONTH_DAYS)
    warnings.push(
      `${many(days, 'day')}: what months sell cannot be told below ${MONTH_DAYS} days, and is 1 in the file.`,
    );
  if (days < TREND_DAYS)
    warnings.push(`${many(days, 'day')}: a trend cannot be told from months below ${TREND_DAYS} days.`);
  else if (fit.effects.trend.found) {
    const growth = (100 * yearlyGrowth(fit.effects.trend.slope)).toFixed(1);
    warnings.push(
      `Trend: demand changes by ${growth} % a year. A file has no trend; it has the level of the last day.`,
    );
  }
  const apart = storesApart(panel);
  listed(
    apart,
    (count) =>
      `${many(count, 'store')} without rows on two days that follow each other: a row is one day's sales, so divide sums of weeks or months among their days`,
  );
  for (const [isQuiet, rest] of [
    [true, 'days without a sale; add rows of zero sales, which tell them from closed days'],
    [false, 'closed; add rows of zero sales'],
  ] as const)
    listed(
      sparseStores(panel, isQuiet).filter((store) => !apart.includes(store)),
      (count) =>
        `${many(count, 'store')} with rows on fewer than ${100 * OPEN_SHARE} % of their days, the rest of which are taken for ${rest}`,
    );
  listed(
    left.unsold,
    (count) => `${count} series left out, without a sale in the last ${calibrateLimits.lastSaleDays} days`,
  );
  listed(
    left.closed,
    (count) => `${many(count, 'store')} left out as closed, whose rows end before the history does`,
  );
  listed(
    left.ended,
    (count) => `${count} series left out, whose rows end before those of their store and product do`,
  );
  listed(
    withdrawn,
    (count) => `${many(count, 'product')} withdrawn in the file, whose rows end before the history does`,
  );
  listed(unusedStores, (count) => `${many(count, 'store')} of the description left out, without a series`);
  listed(
    unusedProducts,
    (count) => `${many(count, 'product')} of the description left out, without a series`,
  );
  listed(
    series.filter((i) => unitsOf(panel, i) < calibrateLimits.fewUnits).map(nameOf),
    (count) =>
      `${count} series with fewer than ${calibrateLimits.fewUnits} units, of which store and product say the most`,
  );
  listed(
    series.filter((i) => soldAtOnce(panel, i)).map(nameOf),
    (count) =>
      `${count} series with more than half of their units on one day, which counts as any other: take it out if it was no demand of the shop's, such as an order of a pallet`,
  );
  listed(
    series.filter((i) => fit.bounded[i] === 1).map(nameOf),
    (count) =>
      `${count} series with a dispersion at the end of its range, ${ownLimits.dispersion.join(' to ')}`,
  );
  if (!described) {
    warnings.push(
      'Stores have the time zone UTC and the currency USD, products one category: describe yours in a world file.',
    );
  }
  return warnings;
}

const many = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** Stores with rows, but never on two days that follow each other: of several days each, as it seems. */
function storesApart(panel: Panel): readonly string[] {
  const days = panel.lastDay - panel.firstDay + 1;
  return panel.stores.filter((_, s) => {
    const own = panel.open.subarray(s * days, (s + 1) * days);
    const many = own.reduce((sum, is) => sum + (is === ROWS ? 1 : 0), 0) >= LEAST_APART;
    return many && !own.some((is, t) => is === ROWS && own[t + 1] === ROWS);
  });
}

/** Stores with few days that have rows, of those on whose weekdays they ever had one; the others are quiet, or closed. */
function sparseStores(panel: Panel, isQuiet: boolean): readonly string[] {
  const days = panel.lastDay - panel.firstDay + 1;
  return panel.stores.filter((_, s) => {
    const own = panel.open.subarray(s * days, (s + 1) * days);
    const [from, to] = [own.indexOf(ROWS), own.lastIndexOf(ROWS)];
    let [expected, found] = [0, 0];
    for (let t = from; t <= to; t++) {
      if (panel.shut[s]?.[weekdayOf(panel.firstDay + t)] === true) continue;
      expected++;
      if (own[t] === ROWS) found++;
    }
    return found < OPEN_SHARE * expected && own.includes(QUIET) === isQuiet;
  });
}

/** Whether a single day has more than half of a series' units, of a series that is not small or new. */
function soldAtOnce(panel: Panel, i: number): boolean {
  const [from, to] = cellsOf(panel, i, Infinity);
  const most = panel.units.subarray(from, to).reduce((most, units) => Math.max(most, units), 0);
  return to - from >= DAYS_OF_MANY && most >= calibrateLimits.fewUnits && 2 * most > unitsOf(panel, i);
}

function unitsOf(panel: Panel, i: number): number {
  const [from, to] = cellsOf(panel, i, Infinity);
  return panel.units.subarray(from, to).reduce((sum, units) => sum + units, 0);
}
