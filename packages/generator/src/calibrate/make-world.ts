import { exp } from '../model/exact-math.js';
import type {
  ProductInput,
  SeasonInput,
  SeriesInput,
  StoreInput,
  WeekdayName,
  WorldFile,
} from '../own/world-file.js';
import { ownLimits } from '../world/defaults-and-limits.js';
import type { Fit } from './fitted.js';
import type { Groups } from './groups.js';
import { holidaysFound } from './holidays-found.js';
import type { Panel } from './panel.js';
import { productsFound, usualCurrency } from './products-found.js';
import { findPromotions } from './promotions-found.js';

const weekdayNames: readonly WeekdayName[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** Slow levels that move less than this cannot be told from none. */
const LEAST_MEMORY = 0.1;

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
  const openDays = groups.clusters.map(() => weekdayNames.map(() => false));
  for (const [i, s] of panel.store.entries()) {
    const open = openDays[groups.cluster[groups.ofSeries[i] ?? 0] ?? 0];
    for (let d = 0; d < 7; d++) if (open !== undefined && panel.shut[s]?.[d] !== true) open[d] = true;
  }
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
  const promotions = findPromotions(panel, fit);
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
    stores: storesFound(panel, fit, groups, stores, usualCurrency(products)),
    products: productsFound(panel, products, stores),
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
      ...(fit.memory < LEAST_MEMORY ? {} : { memory: Number(Math.min(1, fit.memory).toFixed(2)) }),
    },
    ...(policy === undefined ? {} : { policy }),
    ...(extra === undefined ? {} : { extra }),
  };
}

const rounded = (factors: readonly number[] = []): readonly number[] =>
  factors.map((factor) => Math.min(100, Number(factor.toFixed(3))));

/** What a series' mean is multiplied by to be one that a world can have. */
export const cutTo = (means: Float64Array): Float64Array =>
  means.map((mean) => (mean > 0 ? Math.max(ownLimits.mean[0], Math.min(ownLimits.mean[1], mean)) / mean : 1));

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
  currency: string,
): readonly StoreInput[] {
  const ofStore = panel.stores.map((): string[] => []);
  for (const [i, s] of panel.store.entries()) ofStore[s]?.push(panel.products[panel.product[i] ?? 0] ?? '');
  const holidays = fit.effects.holidays.map((effects) => holidaysFound(panel, effects));
  const holidayOf = new Map(groups.holidays.flatMap(({ stores }, h) => stores.map((s) => [s, holidays[h]])));
  return panel.stores.map((store_id, s) => {
    const base = given.get(store_id) ?? { store_id, timeZone: 'UTC', currency };
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

/** Growth a year of a slope a day. */
export const yearlyGrowth = (slope: number): number => exp(365.25 * slope) - 1;
