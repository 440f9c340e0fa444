/** How a world behaves: every parameter of demand, replenishment and error. Spread a preset's model to change some. */
export interface WorldModel {
  /** Mean of ln(mean daily demand) over the series. */
  readonly logMean: number;
  /** Standard deviation of ln(mean daily demand). */
  readonly logMeanSpread: number;
  /** Share of that variance that belongs to the store. */
  readonly storeShare: number;
  /** Share of that variance that belongs to the built-in category; where a category is one's own, to the product. */
  readonly categoryShare: number;
  /** Share of that variance that belongs to the product, all three at most 1; the pair has the rest. */
  readonly productShare: number;
  /** Mean of ln(k), the dispersion of the negative binomial demand. */
  readonly logDispersion: number;
  /** Standard deviation of ln(k). */
  readonly logDispersionSpread: number;
  /**
   * Standard deviation of the logarithm of a series' slow level, the mean of weekly draws, 0 to 1. It comes out of the
   * variance that `k` gives a day; a series whose `k` is too high for it has less.
   */
  readonly memory: number;
  /** Standard deviation of the logarithm of a whole store's day, such as its weather, 0 to 1. */
  readonly storeDayShock: number;
  /** Standard deviation of the logarithm of a store's slow level, the mean of four weekly draws, 0 to 1. */
  readonly storeWeekShock: number;
  /** Standard deviation of the logarithm of a product's slow level in all stores of a cluster, the mean of four weekly draws. */
  readonly productWeekShock: number;
  /** Poisson demand with this mean for every series, units a day; 0 draws means instead. */
  readonly fixedMean: number;
  /** Sales factor of each weekday from Monday on, 0 to 100; 0 closes the stores on that local day. */
  readonly weekdays: readonly number[];
  /**
   * Sales factor of each month from January on, 0 to 100, in the north; half a year later south of the equator. 0 closes the
   * stores in that local month, everywhere, and no month is turned then.
   */
  readonly months: readonly number[];
  /** Standard deviation among stores of ln(Saturday's factor): how much more of its week one store has at weekends, 0 to 1. */
  readonly weekdaySpread: number;
  /** Strength of the yearly curves of the built-in categories beside `months`, 0 for none, 1 as they stand; at most 5. */
  readonly categorySeasons: number;
  /** Whether the holidays of the calendar raise and lower sales, and Christmas closes the stores. */
  readonly holidays: boolean;
  /** Share of series-weeks at a promotional price. */
  readonly promotionRate: number;
  /** Share of the stores that have a promotion, each drawn by itself, above 0; one promotion in twenty is in every store. */
  readonly promotionReach: number;
  /** Share of the units that a promotion sells in addition that are missing a week later. */
  readonly promotionDip: number;
  /** How strongly demand answers price: demand is multiplied by (price ratio) to the power of minus this. */
  readonly priceElasticity: number;
  /** Share of the kinds of built-in products that are launched within each of the first two years, 0 to 0.5; plain ones never. */
  readonly launchRate: number;

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
  /** Share of orders on time of which cases are missing; they stay on order and come `lateDays` later, one day at least. */
  readonly shortRate: number;
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
  logMean: -0.62,
  logMeanSpread: 1.1,
  storeShare: 0.1,
  categoryShare: 0.26,
  productShare: 0.58,
  logDispersion: 0.61,
  logDispersionSpread: 1.15,
  memory: 0.54,
  storeDayShock: 0.05,
  storeWeekShock: 0.17,
  productWeekShock: 0.35,
  fixedMean: 0,
  weekdays: m5Weekdays,
  months: m5Months,
  weekdaySpread: 0.1,
  categorySeasons: 1,
  holidays: true,
  promotionRate: 0.02,
  promotionReach: 0.35,
  promotionDip: 0.11,
  priceElasticity: 2,
  launchRate: 0.06,
  policy: 'sS',
  safetyFactor: 0.61,
  orderCostRatio: 20,
  reviewDays: 3,
  criticalRatio: 0.9,
  leadDays: [1, 3],
  missedOrderRate: 0.2,
  lateRate: 0.14,
  lateDays: 3,
  shortRate: 0.1,
  leastReorderPoint: 1,
  fixedReorderPoint: -1,
  fixedOrderUpTo: -1,
  backorders: false,
  shrinkRate: 0.0155,
  unseenShrinkShare: 0.65,
  returnRate: 0.01,
  shelfFailureRate: 0.022,
  receivingErrorRate: 0.03,
  countIntervalDays: 30,
  substitutionRate: 0.6,
  shelfLifeDays: 0,
});

/** The models that have a name. */
export const models: Readonly<Record<'m5' | 'fresh' | 'highLow' | 'audit' | 'theory', WorldModel>> =
  Object.freeze({
    m5,
    fresh: frozenModel({
      ...m5,
      logMean: 1.0,
      logMeanSpread: 0.7,
      logDispersion: 1.6,
      logDispersionSpread: 0.5,
      policy: 'newsvendor',
      criticalRatio: 0.69,
      leadDays: [1, 1],
      missedOrderRate: 0.03,
      lateRate: 0.02,
      lateDays: 1,
      shortRate: 0.05,
      shelfLifeDays: 9,
      countIntervalDays: 7,
    }),
    highLow: frozenModel({
      ...m5,
      promotionRate: 0.21,
      promotionReach: 0.5,
      priceElasticity: 2.6,
      safetyFactor: 0.7,
    }),
    audit: frozenModel({ ...m5, countIntervalDays: 365, unseenShrinkShare: 0.37, receivingErrorRate: 0.02 }),
    theory: frozenModel({
      ...m5,
      fixedMean: 10,
      memory: 0,
      storeDayShock: 0,
      storeWeekShock: 0,
      productWeekShock: 0,
      weekdays: flat(7),
      months: flat(12),
      weekdaySpread: 0,
      categorySeasons: 0,
      holidays: false,
      promotionRate: 0,
      promotionReach: 1,
      promotionDip: 0,
      launchRate: 0,
      shortRate: 0,
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
