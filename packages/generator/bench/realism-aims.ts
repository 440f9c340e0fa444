import { m5Weekdays } from '../src/model/world-model.js';
import { presets } from '../src/world/presets.js';
import { measureMovement, type Movement } from './measure-movement.js';
import { measureRealism, type Realism } from './measure-realism.js';

/** Everything that is measured of one seed. */
export interface Found {
  readonly m5: Realism;
  readonly moves: Movement;
  readonly promotions: Movement;
  readonly highLow: Movement;
  readonly fresh: Movement;
  readonly audit: number;
}

/** A statistic, what is published of it, and within which range a world must be. */
export interface Aim {
  readonly name: string;
  readonly published: string;
  readonly least: number;
  readonly most: number;
  readonly digits: number;
  readonly of: (found: Found) => number;
}

type Row = readonly [
  name: string,
  published: string,
  least: number,
  most: number,
  of: (found: Found) => number,
];

const around = (name: string, published: number, tolerance: number, of: (found: Found) => number): Row => [
  name,
  String(published),
  published - tolerance,
  published + tolerance,
  of,
];

const weekdayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

const rows: readonly Row[] = [
  around('intermittent series', 0.727, 0.025, ({ m5 }) => m5.classes[0]),
  around('lumpy', 0.183, 0.025, ({ m5 }) => m5.classes[1]),
  around('smooth', 0.062, 0.025, ({ m5 }) => m5.classes[2]),
  around('erratic', 0.028, 0.025, ({ m5 }) => m5.classes[3]),
  around('days without a sale, median series', 0.634, 0.03, ({ m5 }) => m5.zeroMedian),
  around('days without a sale, third quartile', 0.796, 0.05, ({ m5 }) => m5.zeroThirdQuartile),
  ...m5Weekdays.map((factor, day) =>
    around(weekdayNames[day] ?? '', factor, 0.04, ({ m5 }) => m5.weekdays[day] ?? 0),
  ),
  around('out of stock at closing', 0.083, 0.01, ({ m5 }) => m5.outOfStock),
  around('cause: ordering and forecasting', 0.47, 0.05, ({ m5 }) => m5.causes[0]),
  around('cause: shelf', 0.25, 0.05, ({ m5 }) => m5.causes[1]),
  around('cause: upstream', 0.28, 0.05, ({ m5 }) => m5.causes[2]),
  around('shrink over units sold', 0.015, 0.001, ({ m5 }) => m5.shrink),
  around('`audit`: records wrong when counted', 0.65, 0.03, ({ audit }) => audit),
  ['lag-1 autocorrelation, median series', '.17 (a year: .11)', 0.06, 0.3, ({ moves }) => moves.lag1],
  ['lag 7 over lag 1', '.88', 0.3, 1, ({ moves }) => moves.lag7 / moves.lag1],
  ['category means, largest over smallest', '22', 2.5, Infinity, ({ moves }) => moves.categoryMeans],
  ['spread of stores, cv', '.38', 0.2, 0.6, ({ moves }) => moves.storeSpread],
  ['Saturday by store, sd', '.08', 0.04, 0.2, ({ moves }) => moves.saturdaySpread],
  ['weekday curve by store, sd', '.08', 0.04, 0.2, ({ moves }) => moves.weekdaySpread],
  ['month curve by category, sd', '.06', 0.04, Infinity, ({ moves }) => moves.monthSpread],
  ['residual correlation in a store', '.017', 0.006, 0.06, ({ moves }) => moves.withinStore],
  ['same item in other stores', '.072', 0.025, 0.2, ({ moves }) => moves.acrossStores],
  ['series-days on promotion', '.038', 0.01, 0.06, ({ promotions }) => promotions.promotedDays],
  [
    'promoted days in 8 of 10 stores or more',
    '.15',
    0.05,
    0.3,
    ({ promotions }) => promotions.promotedInMost,
  ],
  ['dip after promotion, demand', '.04 to .25', 0.04, 0.25, ({ promotions }) => promotions.dip],
  ['dip after promotion, sales', '.04 to .25', 0.04, 0.25, ({ promotions }) => promotions.dipSold],
  [
    'out of stock on promotion, over other days',
    '1.2',
    1,
    Infinity,
    ({ promotions }) => promotions.promotedStockouts,
  ],
  ['supplier fill on first delivery', '.92 to .95', 0.88, 0.98, ({ moves }) => moves.fill],
  ['series that begin after day 60', '.061', 0.01, 0.2, ({ moves }) => moves.launches],
  ['store-day shock, sd', 'about .05', 0.03, 0.08, ({ moves }) => moves.storeDay],
  ['`highLow`: volume on promotion', '.28', 0.25, 0.31, ({ highLow }) => highLow.promotedUnits],
  ['`highLow`: dip, demand', '.04 to .25', 0.04, 0.25, ({ highLow }) => highLow.dip],
  ['`highLow`: dip, sales', '.04 to .25', 0.04, 0.25, ({ highLow }) => highLow.dipSold],
  ['`highLow`: out of stock on promotion', '1.2', 1, Infinity, ({ highLow }) => highLow.promotedStockouts],
  around('`fresh`: days that end in a stockout', 0.2, 0.02, ({ fresh }) => fresh.outOfStock),
  ['`fresh`: waste over deliveries', '.12', 0.04, 0.16, ({ fresh }) => fresh.waste],
];

/** Statistics of a world beside what is published of them. */
export const aims: readonly Aim[] = rows.map(([name, published, least, most, of]) => ({
  name,
  published,
  least,
  most,
  digits: Math.abs(least) < 1 && most < 2 ? 3 : 2,
  of,
}));

/** Sizes of the worlds that are measured. */
export interface Sizes {
  readonly m5: WorldSize;
  readonly moves: WorldSize;
  readonly promotions: WorldSize;
  readonly highLow: WorldSize;
  readonly fresh: WorldSize;
  readonly audit: WorldSize;
}

interface WorldSize {
  readonly stores: number;
  readonly products: number;
  readonly days: number;
}

/** The M5-sized world for a year, and smaller ones; promotions of `m5` are rare, and need more series. */
export const wholeSizes: Sizes = {
  m5: { stores: 10, products: 3049, days: 364 },
  moves: { stores: 10, products: 400, days: 364 },
  promotions: { stores: 10, products: 1600, days: 364 },
  highLow: { stores: 10, products: 400, days: 364 },
  fresh: { stores: 40, products: 200, days: 182 },
  audit: { stores: 10, products: 1000, days: 365 },
};

/** Simulates the worlds of a seed and measures them. */
export function measureAll(seed: number, sizes: Sizes = wholeSizes): Found {
  const { m5, fresh, highLow, audit } = presets;
  return {
    m5: measureRealism(m5.model, { seed, ...sizes.m5 }),
    moves: measureMovement(m5.model, { seed, ...sizes.moves }),
    promotions: measureMovement(m5.model, { seed, ...sizes.promotions }),
    highLow: measureMovement(highLow.model, { seed, ...sizes.highLow }),
    fresh: measureMovement(fresh.model, { seed, ...sizes.fresh }),
    audit: measureRealism(audit.model, { seed, ...sizes.audit }, 365).wrongRecords,
  };
}
