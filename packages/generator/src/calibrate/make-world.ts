import { exp } from '../model/exact-math.js';
import type {
  PriceByCurrency,
  ProductInput,
  SeasonInput,
  SeriesInput,
  StoreInput,
  WeekdayName,
  WorldFile,
} from '../own/world-file.js';
import { currencyFor, withoutHundredths } from '../own/own-settings.js';
import { ownLimits } from '../world/defaults-and-limits.js';
import { dateOf } from '../model/calendar.js';
import type { Fit } from './fitted.js';
import type { Groups } from './groups.js';
import { holidaysFound } from './holidays-found.js';
import type { Panel } from './panel.js';
import { findPromotions } from './promotions-found.js';

const weekdayNames: readonly WeekdayName[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
/** Units that a product would have sold before its first row, or after its last, for that to be a launch or the end. */
const EXPECTED_UNITS = 8;

/** Means of a fit, with weekdays and months whose mean is 1. */
export interface Season {
  readonly weekdays: readonly (readonly number[])[];
  readonly months: readonly (readonly number[])[];
  /** Mean of each series. */
  readonly means: Float64Array;
}

/** Puts the factors of weekdays and months around 1, and what they had in common into the means. */
export function seasonOf(panel: Panel, groups: Groups, fit: Fit): Season {
  const part = (
    logs: Float64Array,
    count: (n: number) => boolean,
  ): readonly [factors: number[], mean: number] => {
    const factors = Array.from(logs, exp);
    const counted = factors.filter((_, n) => count(n));
    const mean = counted.reduce((sum, factor) => sum + factor, 0) / Math.max(1, counted.length) || 1;
    return [factors.map((factor, n) => (count(n) ? factor / mean : 1)), mean];
  };
  const openDays = groups.clusters.map((_, c) =>
    weekdayNames.map((_name, d) =>
      panel.stores.some((_id, s) => clusterOf(panel, groups, s) === c && panel.shut[s]?.[d] !== true),
    ),
  );
  const weekdays = groups.clusters.map((_, c) =>
    part(fit.effects.weekdays(c), (d) => openDays[c]?.[d] !== false),
  );
  const months = groups.categories.map((_, c) => part(fit.effects.months(c), () => true));
  const means = Float64Array.from(fit.level, (level, i) => {
    const g = groups.ofSeries[i] ?? 0;
    const [, weekday] = weekdays[groups.cluster[g] ?? 0] ?? [[], 1];
    const [, month] = months[groups.category[g] ?? 0] ?? [[], 1];
    return exp(level) * weekday * month;
  });
  return {
    weekdays: weekdays.map(([factors]) => factors),
    months: months.map(([factors]) => factors),
    means,
  };
}

function clusterOf(panel: Panel, groups: Groups, s: number): number {
  const i = panel.store.indexOf(s);
  return groups.cluster[groups.ofSeries[i] ?? 0] ?? 0;
}

/** Writes a fit down as a world file. */
export function makeWorld(
  panel: Panel,
  groups: Groups,
  fit: Fit,
  season: Season,
  base: WorldFile | undefined,
  stores: ReadonlyMap<string, StoreInput>,
  products: ReadonlyMap<string, ProductInput>,
): WorldFile {
  const fitted = Array.from(panel.store.keys());
  const promotions = findPromotions(panel, fitted);
  const { policy, extra } = base ?? {};
  const byCluster = Object.fromEntries(
    groups.clusters.flatMap((name, c): [string, SeasonInput][] =>
      name === '' ? [] : [[name, { weekdays: rounded(season.weekdays[c]) }]],
    ),
  );
  const oneCategory = groups.categories.length === 1;
  const byCategory = Object.fromEntries(
    groups.categories.map((name, c): [string, SeasonInput] => [name, { months: rounded(season.months[c]) }]),
  );
  const plain = groups.clusters.indexOf('');
  const weekdays = rounded(season.weekdays[Math.max(0, plain)]);
  const months = oneCategory ? rounded(season.months[0]) : Array.from({ length: 12 }, () => 1);
  return {
    worldFile: 1,
    stores: storesFound(panel, fit, groups, stores),
    products: productsFound(panel, season.means, products, stores),
    calendar: {
      weekdays,
      months,
      holidays: false,
      ...(oneCategory ? {} : { byCategory }),
      ...(Object.keys(byCluster).length === 0 ? {} : { byCluster }),
      promotions,
    },
    demand: {
      series: seriesFound(panel, fit, season.means),
      ...(promotions.length === 0 ? {} : { elasticity: fileElasticity(panel, fit) }),
    },
    ...(policy === undefined ? {} : { policy }),
    ...(extra === undefined ? {} : { extra }),
  };
}

const rounded = (factors: readonly number[] = []): readonly number[] =>
  factors.map((factor) => Math.min(100, Number(factor.toFixed(3))));

function seriesFound(panel: Panel, fit: Fit, means: Float64Array): readonly SeriesInput[] {
  const within = ([least, most]: readonly [number, number], value: number, digits: number): number =>
    Math.min(most, Math.max(least, Number(value.toPrecision(digits))));
  return Array.from(panel.store, (s, i) => ({
    store_id: panel.stores[s] ?? '',
    product_id: panel.products[panel.product[i] ?? 0] ?? '',
    mean: within(ownLimits.mean, means[i] ?? 0, 4),
    dispersion: within(ownLimits.dispersion, fit.dispersion[i] ?? 1, 3),
  }));
}

/** The elasticity of which promotions sell what they sold: a world has no other lift. */
function fileElasticity(panel: Panel, fit: Fit): number {
  let [across, both] = [0, 0];
  for (const [cell, step] of panel.step.entries()) {
    if (step === 0) continue;
    const x = -step / 1000;
    across += x * x;
    if (panel.promoted[cell] === 1) both += x;
  }
  const extra = across === 0 ? 0 : (fit.lift * both) / across;
  return Number(Math.min(10, Math.max(0, fit.elasticity + extra)).toFixed(2));
}

function storesFound(
  panel: Panel,
  fit: Fit,
  groups: Groups,
  given: ReadonlyMap<string, StoreInput>,
): readonly StoreInput[] {
  const ofStore = panel.stores.map((): string[] => []);
  for (const [i, s] of panel.store.entries()) ofStore[s]?.push(panel.products[panel.product[i] ?? 0] ?? '');
  const holidays = fit.effects.holidays.map((effects) => holidaysFound(panel, effects));
  const holidayOf = new Map(groups.holidays.flatMap(({ stores }, h) => stores.map((s) => [s, holidays[h]])));
  return panel.stores.map((store_id, s) => {
    const base = given.get(store_id) ?? { store_id, timeZone: 'UTC', currency: 'USD' };
    const shut = weekdayNames.filter((_, d) => panel.shut[s]?.[d] === true);
    const opens = { ...Object.fromEntries(shut.map((name) => [name, null])), ...base.opens };
    const assortment = ofStore[s] ?? [];
    return {
      ...base,
      ...(Object.keys(opens).length === 0 ? {} : { opens }),
      holidays: holidayOf.get(s) ?? false,
      ...(assortment.length === panel.products.length && base.assortment === undefined ? {} : { assortment }),
    };
  });
}

function productsFound(
  panel: Panel,
  means: Float64Array,
  given: ReadonlyMap<string, ProductInput>,
  stores: ReadonlyMap<string, StoreInput>,
): readonly ProductInput[] {
  const size = panel.products.length;
  // Of each product, by currency.
  const prices = panel.products.map(() => new Map<string, number[]>());
  const currencies = panel.stores.map((id, s) => {
    const store = stores.get(id);
    return store === undefined ? 'USD' : currencyFor(store, s);
  });
  const total = new Float64Array(size);
  const first = new Float64Array(size).fill(Infinity);
  const last = new Float64Array(size).fill(-Infinity);
  for (const [i, p] of panel.product.entries()) {
    const price = panel.price[i] ?? 0;
    const currency = currencies[panel.store[i] ?? 0] ?? '';
    if (price > 0) prices[p]?.set(currency, [...(prices[p].get(currency) ?? []), price]);
    total[p] = (total[p] ?? 0) + (means[i] ?? 0);
    const begins = panel.first[i] ?? 0;
    first[p] = Math.min(first[p] ?? 0, begins);
    last[p] = Math.max(last[p] ?? 0, begins + (panel.offset[i + 1] ?? 0) - (panel.offset[i] ?? 0) - 1);
  }
  return panel.products.map((product_id, p) => {
    const sold = total[p] ?? 0;
    const began = ((first[p] ?? 0) - panel.firstDay) * sold > EXPECTED_UNITS;
    const ended = (panel.lastDay - (last[p] ?? 0)) * sold > EXPECTED_UNITS;
    return {
      product_id,
      ...priceIn(prices[p] ?? new Map(), new Set(currencies)),
      ...(began ? { launched: dateOf(first[p] ?? 0) } : {}),
      ...(ended ? { withdrawn: dateOf(last[p] ?? 0) } : {}),
      ...given.get(product_id),
    };
  });
}

/** The middle price of a product in each currency of the stores; what is sold in one alone has that number in others. */
function priceIn(
  prices: ReadonlyMap<string, readonly number[]>,
  currencies: ReadonlySet<string>,
): { readonly unit_price?: PriceByCurrency } {
  const all = [...prices.values()].flat();
  if (all.length === 0) return {};
  const within = [...currencies].map((currency): [string, number] => {
    const whole = withoutHundredths.includes(currency);
    const price = median(prices.get(currency) ?? all);
    return [currency, Math.max(whole ? 1 : 0.01, Number(price.toFixed(whole ? 0 : 2)))];
  });
  const [[, only] = ['', 0]] = within;
  return { unit_price: within.length === 1 ? only : Object.fromEntries(within) };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}

/** Growth a year of a slope a day. */
export const yearlyGrowth = (slope: number): number => exp(365.25 * slope) - 1;
