/** How a world behaves: every parameter of demand, replenishment and error. Spread a preset's model to change some. */
export interface WorldModel {
  /** Mean of ln(mean daily demand) over the series. */
  readonly logMean: number;
  /** Standard deviation of ln(mean daily demand). */
  readonly logMeanSpread: number;
  /** Share of that variance that belongs to the store. */
  readonly storeShare: number;
  /** Share of that variance that belongs to the product, both at most 1; the pair has the rest. */
  readonly productShare: number;
  /** Mean of ln(k), the dispersion of the negative binomial demand. */
  readonly logDispersion: number;
  /** Standard deviation of ln(k). */
  readonly logDispersionSpread: number;
  /** Poisson demand with this mean for every series, units a day; 0 draws means instead. */
  readonly fixedMean: number;
  /** Sales factor of each weekday from Monday on, 0 to 100; 0 closes the stores on that local day. */
  readonly weekdays: readonly number[];
  /** Sales factor of each month from January on, 0 to 100; 0 closes the stores in that local month. */
  readonly months: readonly number[];
  /** Whether the holidays of the calendar raise and lower sales, and Christmas closes the stores. */
  readonly holidays: boolean;
  /** Share of product-weeks at a promotional price. */
  readonly promotionRate: number;
  /** How strongly demand answers price: demand is multiplied by (price ratio) to the power of minus this. */
  readonly priceElasticity: number;

  /** How stores order: reorder point and level, reorder point and quantity, level at each review, newsvendor. */
  readonly policy: 'sS' | 'sQ' | 'RS' | 'newsvendor';
  /** z of the safety stock z * sqrt((L + 1) * var(demand) + mean^2 * var(L)). */
  readonly safetyFactor: number;
  /** Cost of an order over the cost of holding a unit for a day: decides the economic order quantity. */
  readonly orderCostRatio: number;
  /** Days between reviews under `RS`. */
  readonly reviewDays: number;
  /** Share of days' demand that a newsvendor covers. */
  readonly criticalRatio: number;
  /** Least and most days from order to delivery; a series keeps its own. */
  readonly leadDays: readonly [least: number, most: number];
  /** Share of due orders that a store forgets each evening. */
  readonly missedOrderRate: number;
  /** Share of trucks that come late. */
  readonly lateRate: number;
  /** By how many days. */
  readonly lateDays: number;
  /** Least reorder point, units. */
  readonly leastReorderPoint: number;
  /** Reorder point of every series; -1 computes one each. */
  readonly fixedReorderPoint: number;
  /** Order-up-to level of every series; -1 computes one each. */
  readonly fixedOrderUpTo: number;
  /** Whether demand waits when the shelf is empty (stock falls below 0) instead of being lost. */
  readonly backorders: boolean;

  /** Units lost to theft, damage and error over units sold. */
  readonly shrinkRate: number;
  /** Share of those losses that go unseen, so that the record keeps counting them as stock. */
  readonly unseenShrinkShare: number;
  /** Units brought back over units sold. */
  readonly returnRate: number;
  /** Share of series-days on which the product is in the store but not on its shelf until closing. */
  readonly shelfFailureRate: number;
  /** Share of deliveries whose units are not the units on paper. */
  readonly receivingErrorRate: number;
  /** Days between two counts of a series; 0 never counts. */
  readonly countIntervalDays: number;
  /** Share of buyers of a missing product who take its neighbour of the same category. */
  readonly substitutionRate: number;
  /** Days a unit keeps: each unit left at closing spoils with chance one in this many; 0 never spoils. */
  readonly shelfLifeDays: number;
}

/** Weekday factors, mean 1: 535,640 rows of M5 (krzjoa/m5, data/tiny_m5.rda; 28 items, 10 stores, 1,913 days). */
export const m5Weekdays: readonly number[] = Object.freeze([0.924, 0.879, 0.883, 0.901, 1.026, 1.227, 1.159]);
/** Month factors of the same rows. */
export const m5Months: readonly number[] = Object.freeze([
  0.857, 0.984, 0.987, 1.002, 0.999, 1.086, 1.113, 1.128, 1.018, 0.963, 0.923, 0.951,
]);

const flat = (length: number): readonly number[] => Array.from({ length }, () => 1);

/** The same model, in memory of its own that nobody can change. */
export function frozenModel(model: WorldModel): WorldModel {
  const { weekdays, months, leadDays } = model;
  return Object.freeze({
    ...model,
    weekdays: Object.freeze([...weekdays]),
    months: Object.freeze([...months]),
    leadDays: Object.freeze([leadDays[0], leadDays[1]] as const),
  });
}

const m5: WorldModel = frozenModel({
  logMean: -0.54,
  logMeanSpread: 1.1,
  storeShare: 0.01,
  productShare: 0.49,
  logDispersion: 0.72,
  logDispersionSpread: 1.15,
  fixedMean: 0,
  weekdays: m5Weekdays,
  months: m5Months,
  holidays: true,
  promotionRate: 0.02,
  priceElasticity: 2,
  policy: 'sS',
  safetyFactor: 0.52,
  orderCostRatio: 20,
  reviewDays: 3,
  criticalRatio: 0.9,
  leadDays: [1, 3],
  missedOrderRate: 0.2,
  lateRate: 0.18,
  lateDays: 3,
  leastReorderPoint: 1,
  fixedReorderPoint: -1,
  fixedOrderUpTo: -1,
  backorders: false,
  shrinkRate: 0.015,
  unseenShrinkShare: 0.65,
  returnRate: 0.01,
  shelfFailureRate: 0.022,
  receivingErrorRate: 0.03,
  countIntervalDays: 30,
  substitutionRate: 0.6,
  shelfLifeDays: 0,
});

/** The models that have a name. */
export const models: Readonly<Record<'m5' | 'fresh' | 'audit' | 'theory', WorldModel>> = Object.freeze({
  m5,
  fresh: frozenModel({
    ...m5,
    logMean: 1.0,
    logMeanSpread: 0.7,
    logDispersion: 1.6,
    logDispersionSpread: 0.5,
    policy: 'newsvendor',
    criticalRatio: 0.65,
    leadDays: [1, 1],
    missedOrderRate: 0.03,
    lateRate: 0.02,
    lateDays: 1,
    shelfLifeDays: 6,
    countIntervalDays: 7,
  }),
  audit: frozenModel({ ...m5, countIntervalDays: 365, unseenShrinkShare: 0.35, receivingErrorRate: 0.02 }),
  theory: frozenModel({
    ...m5,
    fixedMean: 10,
    weekdays: flat(7),
    months: flat(12),
    holidays: false,
    promotionRate: 0,
    leadDays: [0, 0],
    missedOrderRate: 0,
    lateRate: 0,
    fixedReorderPoint: 7,
    fixedOrderUpTo: 40,
    backorders: true,
    shrinkRate: 0,
    returnRate: 0,
    shelfFailureRate: 0,
    receivingErrorRate: 0,
    countIntervalDays: 0,
    substitutionRate: 0,
  }),
});
