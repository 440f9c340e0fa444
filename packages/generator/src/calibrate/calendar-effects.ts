import { exp } from '../model/exact-math.js';
import { monthOf, weekdayOf } from '../model/calendar.js';
import type { Groups } from './groups.js';
import { HolidayEffects } from './holiday-effects.js';
import type { Panel } from './panel.js';
import { Trend } from './trend.js';

/** A history shorter than this says nothing of months: what is month and what is level, it cannot tell. */
export const MONTH_DAYS = 330;
/** Standard deviations of logarithms: of the chain's factors, and of a cluster's and a category's around them. */
const WEEKDAY_SPREAD = 1;
const MONTH_SPREAD = 0.15;
/** Stores of M5 have a standard deviation of .08 in their Saturdays, categories .06 in their months. */
const OWN_SPREAD = 0.1;
/** Rounds in which holidays and a trend are looked for. */
const FIRST_SEARCH = 4;
const LAST_SEARCH = 9;

/** Factors of days by group of series, and what the series of a round say about them. */
export class CalendarEffects {
  /** Days of the panel, the width of each group's part. */
  readonly width: number;
  /** Factor of each group on each day, and its logarithm. */
  readonly factor: Float64Array;
  readonly logFactor: Float64Array;
  /** Score and information of each group's days, gathered over a round. */
  readonly score: Float64Array;
  readonly information: Float64Array;
  /** Logarithms of weekday factors of the chain and of each cluster; of months, of the chain and of each category. */
  readonly #weekdays: readonly Float64Array[];
  readonly #months: readonly Float64Array[];
  readonly holidays: readonly HolidayEffects[];
  readonly trend: Trend;
  readonly #groups: Groups;
  readonly #weekday: Uint8Array;
  readonly #month: Uint8Array;
  readonly monthsKnown: boolean;

  constructor(panel: Panel, groups: Groups, days: number) {
    const width = (this.width = panel.lastDay - panel.firstDay + 1);
    const size = groups.cluster.length * width;
    this.factor = new Float64Array(size);
    this.logFactor = new Float64Array(size);
    this.score = new Float64Array(size);
    this.information = new Float64Array(size);
    this.#groups = groups;
    const none = (count: number, length: number): readonly Float64Array[] =>
      Array.from({ length: count }, () => new Float64Array(length));
    this.#weekdays = none(groups.clusters.length + 1, 7);
    this.#months = none(groups.categories.length + 1, 12);
    this.#weekday = Uint8Array.from({ length: width }, (_, t) => weekdayOf(panel.firstDay + t));
    this.#month = Uint8Array.from({ length: width }, (_, t) => monthOf(panel.firstDay + t));
    this.holidays = groups.holidays.map((group) => new HolidayEffects(group, panel.firstDay, width));
    this.trend = new Trend(width, days);
    this.monthsKnown = days >= MONTH_DAYS;
  }

  /** Logarithm of a cluster's weekday factors. */
  weekdays(cluster: number): Float64Array {
    const own = this.#weekdays[cluster + 1];
    return Float64Array.from(this.#weekdays[0] ?? [], (chain, d) => chain + (own?.[d] ?? 0));
  }

  /** Logarithm of a category's month factors. */
  months(category: number): Float64Array {
    const own = this.#months[category + 1];
    return Float64Array.from(this.#months[0] ?? [], (chain, m) => chain + (own?.[m] ?? 0));
  }

  /** Computes the factors of every group's days, and empties what a round gathers. */
  begin(): void {
    const { width, factor, logFactor } = this;
    this.score.fill(0);
    this.information.fill(0);
    const days = this.holidays.map(({ effect }) => effect.map((one, t) => one + (this.trend.effect[t] ?? 0)));
    const dayFactors = days.map((effects) => effects.map(exp));
    for (const [g, cluster] of this.#groups.cluster.entries()) {
      const weekdays = this.weekdays(cluster);
      const months = this.months(this.#groups.category[g] ?? 0);
      const [byWeekday, byMonth] = [weekdays.map(exp), months.map(exp)];
      const h = this.#groups.holiday[g] ?? 0;
      for (let t = 0; t < width; t++) {
        const d = this.#weekday[t] ?? 0;
        const m = this.#month[t] ?? 0;
        factor[g * width + t] = (byWeekday[d] ?? 1) * (byMonth[m] ?? 1) * (dayFactors[h]?.[t] ?? 1);
        logFactor[g * width + t] = (weekdays[d] ?? 0) + (months[m] ?? 0) + (days[h]?.[t] ?? 0);
      }
    }
  }

  /** Moves all factors by what a round gathered; returns what the levels of each group are to be moved by. */
  move(round: number): Float64Array {
    const { category, cluster } = this.#groups;
    const shift = new Float64Array(cluster.length);
    this.#moveBlock(this.#weekdays, cluster, this.#weekday, WEEKDAY_SPREAD, shift);
    if (this.monthsKnown) this.#moveBlock(this.#months, category, this.#month, MONTH_SPREAD, shift);
    const searching = round >= FIRST_SEARCH && round <= LAST_SEARCH;
    for (const [h, holidays] of this.holidays.entries()) {
      const [scores, information] = this.#byDay((g) => this.#groups.holiday[g] === h);
      holidays.move(scores, information, searching);
    }
    if (round >= FIRST_SEARCH) {
      const [scores, information] = this.#byDay(() => true);
      const by = this.trend.move(scores, information, round === LAST_SEARCH);
      for (let g = 0; g < shift.length; g++) shift[g] = (shift[g] ?? 0) + by;
    }
    return shift;
  }

  /** Moves the chain's factors of one kind, and then those of its parts around them. */
  #moveBlock(
    effects: readonly Float64Array[],
    partOf: readonly number[],
    kindOf: Uint8Array,
    spread: number,
    shift: Float64Array,
  ): void {
    for (const [n, effect] of effects.entries()) {
      // One part alone is the chain.
      if (n > 0 && effects.length === 2) break;
      const has = (g: number): boolean => n === 0 || partOf[g] === n - 1;
      this.#moveOne(effect, has, kindOf, n === 0 ? spread : OWN_SPREAD);
      // Factors stay around 1, or a month that was never seen would have another level than the others.
      const middle = centred(effect);
      for (let g = 0; g < shift.length; g++) if (has(g)) shift[g] = (shift[g] ?? 0) + middle;
    }
  }

  #moveOne(effect: Float64Array, has: (g: number) => boolean, kindOf: Uint8Array, spread: number): void {
    const { width, score, information } = this;
    const sums = new Float64Array(effect.length);
    const weights = new Float64Array(effect.length);
    const parts = Array.from(this.#groups.cluster.keys()).filter(has);
    for (const g of parts) {
      for (let t = 0, at = g * width; t < width; t++, at++) {
        const kind = kindOf[t] ?? 0;
        sums[kind] = (sums[kind] ?? 0) + (score[at] ?? 0);
        weights[kind] = (weights[kind] ?? 0) + (information[at] ?? 0);
      }
    }
    const precision = 1 / (spread * spread);
    const moves = effect.map((now, n) => {
      const step = ((sums[n] ?? 0) - now * precision) / ((weights[n] ?? 0) + precision);
      return (weights[n] ?? 0) === 0 ? 0 : Math.max(-1, Math.min(1, step));
    });
    for (let n = 0; n < effect.length; n++) effect[n] = (effect[n] ?? 0) + (moves[n] ?? 0);
    // What these moves explain is no longer to be explained by the next.
    for (const g of parts) {
      for (let t = 0, at = g * width; t < width; t++, at++)
        score[at] = (score[at] ?? 0) - (information[at] ?? 0) * (moves[kindOf[t] ?? 0] ?? 0);
    }
  }

  #byDay(has: (g: number) => boolean): readonly [scores: Float64Array, information: Float64Array] {
    const { width } = this;
    const scores = new Float64Array(width);
    const information = new Float64Array(width);
    for (const g of this.#groups.cluster.keys()) {
      if (!has(g)) continue;
      for (let t = 0, at = g * width; t < width; t++, at++) {
        scores[t] = (scores[t] ?? 0) + (this.score[at] ?? 0);
        information[t] = (information[t] ?? 0) + (this.information[at] ?? 0);
      }
    }
    return [scores, information];
  }
}

/** Takes the mean of the effects that are known out of them, and returns it. */
function centred(effect: Float64Array): number {
  const seen = effect.filter((one) => one !== 0);
  const middle = seen.reduce((sum, one) => sum + one, 0) / Math.max(1, seen.length);
  for (let n = 0; n < effect.length; n++) if (effect[n] !== 0) effect[n] = (effect[n] ?? 0) - middle;
  return middle;
}
