import {
  flag,
  listOf,
  numberBetween,
  oneOf,
  required,
  satisfying,
  wholeNumber,
  type OptionRule,
  type OptionRules,
} from '@store/foundation';
import { invalidOption } from '../errors.js';
import type { WorldModel } from './world-model.js';

const share = required(numberBetween(0, 1));
const spread = required(numberBetween(0, 10));
const logarithm = required(numberBetween(-10, 10));

const isList = (value: unknown, length: number): value is readonly unknown[] =>
  Array.isArray(value) && value.length === length;

/** Accepts a list of sales factors of this length; 0 is closed, and one at least is not. */
export function salesFactors(length: number): OptionRule {
  const expected = `a list of ${length} numbers from 0 to 100, one at least above 0`;
  const factors = listOf(numberBetween(0, 100));
  const list = satisfying(expected, (value) => isList(value, length));
  const open = satisfying(expected, (value) => Array.isArray(value) && value.some((factor) => factor !== 0));
  return {
    expected,
    problem: (value, path) =>
      list.problem(value, path) ?? factors.problem(value, path) ?? open.problem(value, path),
  };
}

/** What a model of one's own may hold: every value of it, for `checkOptions`. */
export const modelRules: OptionRules<WorldModel> = {
  logMean: logarithm,
  logMeanSpread: spread,
  storeShare: share,
  categoryShare: share,
  productShare: share,
  logDispersion: logarithm,
  logDispersionSpread: spread,
  memory: share,
  storeDayShock: share,
  storeWeekShock: share,
  productWeekShock: share,
  fixedMean: required(numberBetween(0, 100)),
  weekdays: required(salesFactors(7)),
  months: required(salesFactors(12)),
  weekdaySpread: share,
  categorySeasons: required(numberBetween(0, 5)),
  holidays: required(flag()),
  promotionRate: share,
  promotionReach: required(numberBetween(0, 1, { above: true })),
  promotionDip: share,
  priceElasticity: logarithm,
  launchRate: required(numberBetween(0, 0.5)),
  policy: required(oneOf('sS', 'sQ', 'RS', 'newsvendor')),
  safetyFactor: logarithm,
  orderCostRatio: required(numberBetween(0, 1_000_000)),
  reviewDays: required(wholeNumber(1, 28)),
  criticalRatio: required(
    satisfying('above 0 and below 1', (value) => typeof value === 'number' && value > 0 && value < 1),
  ),
  leadDays: required(
    satisfying('two whole numbers, 0 to 14, the second at most 3 above the first', (value) => {
      if (!isList(value, 2)) return false;
      const [least, most] = value.map(Number);
      const whole = Array.from(value).every((days) => Number.isSafeInteger(days));
      return (
        whole &&
        least !== undefined &&
        most !== undefined &&
        least >= 0 &&
        most >= least &&
        most <= Math.min(14, least + 3)
      );
    }),
  ),
  missedOrderRate: share,
  lateRate: share,
  lateDays: required(wholeNumber(0, 30)),
  shortRate: share,
  leastReorderPoint: required(wholeNumber(1, 10_000)),
  fixedReorderPoint: required(wholeNumber(-1, 10_000)),
  fixedOrderUpTo: required(wholeNumber(-1, 60_000)),
  backorders: required(flag()),
  shrinkRate: share,
  unseenShrinkShare: share,
  returnRate: share,
  shelfFailureRate: share,
  receivingErrorRate: share,
  countIntervalDays: required(wholeNumber(0, 3650)),
  substitutionRate: share,
  shelfLifeDays: required(wholeNumber(0, 3650)),
};

/** Checks what two values of a model say together. @throws WorldError `INVALID_OPTION` */
export function checkTogether(model: WorldModel, path: string): void {
  const { storeShare, categoryShare, productShare, fixedReorderPoint, fixedOrderUpTo } = model;
  const others = storeShare + categoryShare;
  if (others + productShare > 1 + 1e-9) {
    const most = Number(Math.max(0, 1 - others).toPrecision(12));
    throw tooMuch(
      'productShare',
      productShare,
      `at most 1 less \`storeShare\` and \`categoryShare\`, ${most}`,
    );
  }
  if (fixedOrderUpTo >= 0 && fixedOrderUpTo < fixedReorderPoint) {
    throw tooMuch('fixedOrderUpTo', fixedOrderUpTo, `at least \`fixedReorderPoint\`, ${fixedReorderPoint}`);
  }

  function tooMuch(name: string, value: number, expected: string): Error {
    const at = `${path}.${name}`;
    const message = `Expected \`${at}\` to be ${expected}, got ${value}.`;
    return invalidOption({ path: at, value, expected, message });
  }
}
