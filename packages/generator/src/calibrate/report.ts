import { exp, log } from '../model/exact-math.js';
import { threefry2x32 } from '../model/threefry.js';
import { dateOf } from '../model/calendar.js';
import { priceFactors, priceIndex, type Fit } from './fitted.js';
import { cellsOf, CENSORED, CLOSED, type Panel, WHOLE } from './panel.js';
import type { Groups } from './groups.js';
import { censoredMean, cumulative, quantile } from './negative-binomial.js';

/** A figure of the history, and the same figure as the model has it. */
export interface Beside<T> {
  /** As the history has it. */
  readonly history: T;
  /** As the model has it. */
  readonly model: T;
}

/** Shares of series by how often they sell and how much sizes vary (ADI 1.32, CV² 0.49). */
export interface DemandClasses {
  /** Rare sales of like sizes. */
  readonly intermittent: number;
  /** Rare sales of sizes that vary. */
  readonly lumpy: number;
  /** Frequent sales of like sizes. */
  readonly smooth: number;
  /** Frequent sales of sizes that vary. */
  readonly erratic: number;
}

/** Quantiles at which `coverage` is measured, as its keys. */
export type CoverageKey = '0.05' | '0.25' | '0.5' | '0.75' | '0.9' | '0.95';

/** How well a world fits a history that it was not fitted to. */
export interface CalibrationReport {
  /** Rows of the history. */
  readonly rows: number;
  /** Series of the world file. */
  readonly series: number;
  /** Last days that the reported model was not fitted to; with 0 it is held against the days that it was fitted to. */
  readonly holdOutDays: number;
  /**
   * Share of held-out days at or below the model's quantile, randomized between two counts by the place of the day; of a
   * day that ran out, above what it sold. A right model has each key's own number.
   */
  readonly coverage: Readonly<Record<CoverageKey, number>>;
  /** Share of held-out days without a sale; days that were empty from the morning on are left out. */
  readonly zeroShare: Beside<number>;
  /** Classes of the series over the whole history; the model's by one drawn history of the same days. */
  readonly classes: Beside<DemandClasses>;
  /**
   * Units sold on held-out days; the model's are those that it expects, less those that it expects to have been lost on
   * the days that ran out.
   */
  readonly totals: Beside<number>;
  /** What the history cannot tell, and what was left out, a line each. */
  readonly warnings: readonly string[];
}

/** Units of seven days, sold and as the model has them: see `CalibrationReport.totals`. */
export interface CalibrationWeek extends Beside<number> {
  /** First day, `2026-01-05`. */
  readonly from: string;
  /** Whether the reported model was not fitted to these days. */
  readonly heldOut: boolean;
}

const keys: readonly CoverageKey[] = ['0.05', '0.25', '0.5', '0.75', '0.9', '0.95'];

/** Holds a fit to the first days of a panel against its last days, or against all where none were kept. */
export function measureFit(
  panel: Panel,
  groups: Groups,
  fit: Fit,
  cuts: Float64Array,
): Pick<CalibrationReport, 'coverage' | 'zeroShare' | 'classes' | 'totals'> & {
  readonly weeks: readonly CalibrationWeek[];
} {
  const width = panel.lastDay - panel.firstDay + 1;
  const heldFrom = fit.days === width ? 0 : fit.days;
  const prices = priceFactors(fit);
  const covered = keys.map(() => 0);
  const sold = new Float64Array(width);
  const expected = new Float64Array(width);
  let [days, zeros, zeroChance] = [0, 0, 0];
  const out = new Uint32Array(2);
  const history = new ClassCount();
  const model = new ClassCount();
  for (let i = 0; i < panel.store.length; i++) {
    const [from, to] = cellsOf(panel, i, Infinity);
    const t0 = (panel.first[i] ?? 0) - panel.firstDay - from;
    // A series that begins in the held-out days has no fit.
    if (from + t0 >= fit.days) continue;
    const k = fit.dispersion[i] ?? 1;
    const level = exp(fit.level[i] ?? 0) * (cuts[i] ?? 1);
    const base = (groups.ofSeries[i] ?? 0) * width;
    for (let cell = from; cell < to; cell++) {
      if ((panel.kind[cell] ?? CLOSED) < WHOLE) continue;
      const t = cell + t0;
      const at = priceIndex(panel.step[cell] ?? 0, panel.promoted[cell] ?? 0);
      const mean = level * (fit.effects.factor[base + t] ?? 0) * (prices[at] ?? 1);
      const units = panel.units[cell] ?? 0;
      const ranOut = panel.kind[cell] === CENSORED;
      threefry2x32(out, 0x63616c69, 0x62726174, i, t);
      const drawn = quantile(mean, k, (out[0] ?? 0) / 0x1_0000_0000);
      history.add(units);
      model.add(ranOut ? Math.min(units, drawn) : drawn);
      sold[t] = (sold[t] ?? 0) + units;
      const lost = ranOut ? censoredMean(mean, k, units) - units : 0;
      expected[t] = (expected[t] ?? 0) + mean - lost;
      if (t < heldFrom) continue;
      const [below, chance] = cumulative(mean, k, units);
      const rank = below + ((out[1] ?? 0) / 0x1_0000_0000) * (ranOut ? 1 - below : chance);
      for (const [n, key] of keys.entries()) if (rank <= Number(key)) covered[n] = (covered[n] ?? 0) + 1;
      days++;
      if (units === 0) zeros++;
      zeroChance += exp(-k * log(1 + mean / k));
    }
    history.end();
    model.end();
  }
  const share = (count: number): number => Number((count / Math.max(1, days)).toFixed(4));
  const total = (of: Float64Array): number =>
    Number(
      of
        .subarray(heldFrom)
        .reduce((sum, units) => sum + units, 0)
        .toFixed(1),
    );
  return {
    // The keys are those of the type, each with its number.
    coverage: Object.fromEntries(keys.map((key, n) => [key, share(covered[n] ?? 0)])) as Record<
      CoverageKey,
      number
    >,
    zeroShare: { history: share(zeros), model: share(zeroChance) },
    classes: { history: history.shares(), model: model.shares() },
    totals: { history: total(sold), model: total(expected) },
    weeks: weeksOf(panel, sold, expected, heldFrom),
  };
}

/** Weeks that end with the last day. */
function weeksOf(
  panel: Panel,
  sold: Float64Array,
  expected: Float64Array,
  heldFrom: number,
): readonly CalibrationWeek[] {
  const weeks: CalibrationWeek[] = [];
  for (let from = sold.length % 7; from < sold.length; from += 7) {
    const sum = (of: Float64Array): number =>
      Number(
        of
          .subarray(from, from + 7)
          .reduce((total, units) => total + units, 0)
          .toFixed(1),
      );
    const heldOut = heldFrom > 0 && from + 6 >= heldFrom;
    weeks.push({ from: dateOf(panel.firstDay + from), history: sum(sold), model: sum(expected), heldOut });
  }
  return weeks;
}

/** Counts series by class. */
class ClassCount {
  readonly #counts = [0, 0, 0, 0];
  #days = 0;
  #active = 0;
  #sum = 0;
  #squares = 0;

  add(units: number): void {
    this.#days++;
    if (units === 0) return;
    this.#active++;
    this.#sum += units;
    this.#squares += units * units;
  }

  /** Ends a series. */
  end(): void {
    const mean = this.#sum / Math.max(1, this.#active);
    const wild = this.#active > 0 && this.#squares / this.#active / (mean * mean) - 1 >= 0.49;
    const rare = this.#active === 0 || this.#days / this.#active >= 1.32;
    const kind = (rare ? 0 : 2) + (wild ? 1 : 0);
    if (this.#days > 0) this.#counts[kind] = (this.#counts[kind] ?? 0) + 1;
    this.#days = this.#active = this.#sum = this.#squares = 0;
  }

  shares(): DemandClasses {
    const all = Math.max(
      1,
      this.#counts.reduce((sum, count) => sum + count, 0),
    );
    const [intermittent = 0, lumpy = 0, smooth = 0, erratic = 0] = this.#counts.map((count) =>
      Number((count / all).toFixed(4)),
    );
    return { intermittent, lumpy, smooth, erratic };
  }
}
