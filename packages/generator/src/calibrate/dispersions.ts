import { ownDispersions } from '../model/demand.js';
import { exp, log } from '../model/exact-math.js';
import { STEPS } from './everyday-price.js';
import type { Fit } from './fitted.js';
import { cellsOf, CLOSED, type Panel, WHOLE } from './panel.js';
import type { Groups } from './groups.js';

/** Classes of ln(mean): steps of 1/128 from e^-9 to e^8, since one logarithm for each day and dispersion costs 30 times as much. */
const CLASSES_A_UNIT = 128;
const LEAST_LOG = -9;
const CLASSES = 17 * CLASSES_A_UNIT;
/** Units whose terms are in the table; beyond, Stirling's series takes over. */
const TABLE_UNITS = 256;
/** Units beyond which a day that ran out is not looked at. */
const MOST_CENSORED = 4096;
/** Rounds that find the distribution of dispersions over the series. */
const MIXING = 30;

interface Tables {
  readonly dispersions: Float64Array;
  /** ln(1 + mean / k) by class and dispersion. */
  readonly spread: Float64Array;
  /** Sum of ln(1 + j / k) for j below a number of units. */
  readonly units: Float64Array;
}

let known: Tables | undefined;

/**
 * Fits the dispersion of each series on the grid that worlds have: by the likelihood of its days, and by the
 * distribution of dispersions over all series, which is found with it.
 */
export function fitDispersions(panel: Panel, groups: Groups, fit: Fit): void {
  const tables = (known ??= makeTables());
  const { dispersions } = tables;
  const size = dispersions.length;
  const series = panel.store.length;
  const chance = new Float64Array(series * size);
  const likelihood = new Float64Array(size);
  const counts = new DayCounts();
  for (let i = 0; i < series; i++) {
    likelihood.fill(0);
    seriesLikelihood(panel, groups, fit, i, tables, counts, likelihood);
    const most = likelihood.reduce((a, b) => Math.max(a, b), -Infinity);
    for (let g = 0; g < size; g++) chance[i * size + g] = exp(Math.max(-60, (likelihood[g] ?? 0) - most));
  }
  const share = mix(chance, series, size);
  for (let i = 0; i < series; i++) {
    let [sum, inverse, best] = [0, 0, 0];
    for (let g = 0; g < size; g++) {
      const weight = (chance[i * size + g] ?? 0) * (share[g] ?? 0);
      sum += weight;
      inverse += weight / (dispersions[g] ?? 1);
      if (weight > (chance[i * size + best] ?? 0) * (share[best] ?? 0)) best = g;
    }
    // The mean of 1 / k keeps the mean variance: of a series that always runs out, k is hardly known.
    fit.dispersion[i] = sum / inverse;
    fit.bounded[i] = best === 0 || best === size - 1 ? 1 : 0;
  }
}

/** Shares of the dispersions over all series, by expectation and maximization; no share becomes nothing. */
function mix(chance: Float64Array, series: number, size: number): Float64Array {
  let share = new Float64Array(size).fill(1 / size);
  for (let round = 0; round < MIXING; round++) {
    const next = new Float64Array(size).fill(0.5);
    for (let i = 0; i < series; i++) {
      let sum = 0;
      for (let g = 0; g < size; g++) sum += (chance[i * size + g] ?? 0) * (share[g] ?? 0);
      for (let g = 0; g < size; g++)
        next[g] = (next[g] ?? 0) + ((chance[i * size + g] ?? 0) * (share[g] ?? 0)) / sum;
    }
    share = next.map((count) => count / (series + 0.5 * size));
  }
  return share;
}

/** What days of one series have in common: their number and their units by class of the mean, and days by units. */
class DayCounts {
  readonly days = new Float64Array(CLASSES);
  readonly units = new Float64Array(CLASSES);
  readonly byUnits = new Float64Array(TABLE_UNITS + 1);
  /** Classes that have days, and the most units of a day. */
  readonly classes = new Set<number>();
  most = 0;

  add(place: number, sold: number): void {
    this.days[place] = (this.days[place] ?? 0) + 1;
    this.units[place] = (this.units[place] ?? 0) + sold;
    this.classes.add(place);
    if (sold > TABLE_UNITS) return;
    this.byUnits[sold] = (this.byUnits[sold] ?? 0) + 1;
    if (sold > this.most) this.most = sold;
  }

  clear(): void {
    for (const place of this.classes) this.days[place] = this.units[place] = 0;
    this.classes.clear();
    this.byUnits.fill(0, 0, this.most + 1);
    this.most = 0;
  }
}

/**
 * Adds up the logarithm of the likelihood of a series by dispersion. Days are counted by class of mean and by units
 * first: of two years there are some 130 classes and counts, and one sum for each took a fifth of one for each day.
 */
function seriesLikelihood(
  panel: Panel,
  groups: Groups,
  fit: Fit,
  i: number,
  { dispersions, spread, units }: Tables,
  counts: DayCounts,
  likelihood: Float64Array,
): void {
  const size = dispersions.length;
  const [from, to] = cellsOf(panel, i, fit.days);
  const { logFactor, width } = fit.effects;
  const base = (groups.ofSeries[i] ?? 0) * width + (panel.first[i] ?? 0) - panel.firstDay - from;
  for (let cell = from; cell < to; cell++) {
    const kind = panel.kind[cell] ?? CLOSED;
    if (kind < WHOLE) continue;
    const reduction = (-fit.elasticity * (panel.step[cell] ?? 0)) / STEPS;
    const lift = panel.promoted[cell] === 1 ? fit.lift : 0;
    const logMean = (fit.level[i] ?? 0) + (logFactor[base + cell] ?? 0) + reduction + lift;
    const place = Math.max(0, Math.min(CLASSES - 1, Math.round((logMean - LEAST_LOG) * CLASSES_A_UNIT)));
    const sold = panel.units[cell] ?? 0;
    if (kind === WHOLE) {
      counts.add(place, sold);
      if (sold <= TABLE_UNITS) continue;
      for (let g = 0; g < size; g++) likelihood[g] = (likelihood[g] ?? 0) + growth(dispersions[g] ?? 1, sold);
    } else {
      const mean = exp(logMean);
      for (let g = 0; g < size; g++)
        likelihood[g] =
          (likelihood[g] ?? 0) + atLeast(mean, dispersions[g] ?? 1, spread[place * size + g] ?? 0, sold);
    }
  }
  for (const place of counts.classes) {
    const [days, sold] = [counts.days[place] ?? 0, counts.units[place] ?? 0];
    for (let g = 0; g < size; g++)
      likelihood[g] =
        (likelihood[g] ?? 0) - (sold + days * (dispersions[g] ?? 1)) * (spread[place * size + g] ?? 0);
  }
  for (let n = 1; n <= counts.most; n++) {
    const days = counts.byUnits[n] ?? 0;
    if (days === 0) continue;
    for (let g = 0; g < size; g++) likelihood[g] = (likelihood[g] ?? 0) + days * (units[n * size + g] ?? 0);
  }
  counts.clear();
}

/** ln P(D >= sold). */
function atLeast(mean: number, k: number, spread: number, sold: number): number {
  // Beyond what a world sells: such a day says nothing of the dispersion.
  if (sold > MOST_CENSORED) return 0;
  const q = mean / (k + mean);
  let chance = exp(-k * spread);
  let head = 0;
  for (let n = 0; n < sold; n++) {
    head += chance;
    chance *= ((n + k) / (n + 1)) * q;
  }
  return log(Math.max(1e-12, 1 - head));
}

/** Sum of ln(1 + j / k) for j below n: the difference of two logarithms of the gamma function. */
function growth(k: number, n: number): number {
  return logGamma(k + n) - logGamma(k) - n * log(k);
}

/** Stirling's series, from 8 on; below, by the recurrence. */
function logGamma(x: number): number {
  let [z, shift] = [x, 0];
  for (; z < 8; z++) shift += log(z);
  const square = 1 / (z * z);
  const series = (1 / 12 - square * (1 / 360 - square / 1260)) / z;
  return (z - 0.5) * log(z) - z + 0.9189385332046727 + series - shift;
}

function makeTables(): Tables {
  const dispersions = ownDispersions();
  const size = dispersions.length;
  const spread = new Float64Array(CLASSES * size);
  for (let c = 0; c < CLASSES; c++) {
    const mean = exp(LEAST_LOG + c / CLASSES_A_UNIT);
    for (let g = 0; g < size; g++) spread[c * size + g] = log(1 + mean / (dispersions[g] ?? 1));
  }
  const units = new Float64Array((TABLE_UNITS + 1) * size);
  for (let n = 1; n <= TABLE_UNITS; n++) {
    for (let g = 0; g < size; g++)
      units[n * size + g] = (units[(n - 1) * size + g] ?? 0) + log(1 + (n - 1) / (dispersions[g] ?? 1));
  }
  return { dispersions, spread, units };
}
