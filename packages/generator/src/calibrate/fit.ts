import { exp, log } from '../model/exact-math.js';
import { CalendarEffects } from './calendar-effects.js';
import { fitDispersions } from './dispersions.js';
import { STEPS } from './everyday-price.js';
import { priceFactors, priceIndex, type Fit } from './fitted.js';
import type { Groups } from './groups.js';
import { LevelPriors } from './level-priors.js';
import { LocalLevels } from './local-levels.js';
import { censoredMean } from './negative-binomial.js';
import { BARE, cellsOf, CLOSED, WHOLE, type Panel } from './panel.js';

/** Rounds of a fit, and those after which dispersions are fitted again. */
const ROUNDS = 25;
const dispersionRounds: readonly number[] = [3, 8, 15, ROUNDS - 1];
/** Elasticity and lift of promotions before any history: the preset's, and none; with standard deviations. */
const USUAL_ELASTICITY = 2;
const ELASTICITY_SPREAD = 1;
const LIFT_SPREAD = 0.5;

/**
 * Fits levels, calendar, prices and dispersions to the first days of a panel, each in turn while the others hold: scores
 * of the negative binomial, with the expected demand of a day that ran out, or was empty from the morning on, in place of
 * its sales.
 */
export function fitPanel(panel: Panel, groups: Groups, days: number): Fit {
  const series = panel.store.length;
  const fit: Fit = {
    level: firstLevels(panel, days),
    dispersion: new Float64Array(series).fill(1.5),
    bounded: new Uint8Array(series),
    effects: new CalendarEffects(panel, groups, days),
    elasticity: USUAL_ELASTICITY,
    lift: 0,
    memory: 0,
    days,
  };
  const priors = new LevelPriors(panel, fit.level);
  const local = new LocalLevels(series, days);
  for (let round = 0; round < ROUNDS; round++) {
    runRound(panel, groups, fit, priors, local, round);
    if (dispersionRounds.includes(round)) fitDispersions(panel, groups, fit);
  }
  fit.memory = local.deviation;
  return fit;
}

function firstLevels(panel: Panel, days: number): Float64Array {
  return Float64Array.from(panel.store, (_, i) => {
    const [from, to] = cellsOf(panel, i, days);
    let [units, counted] = [0, 0];
    for (let cell = from; cell < to; cell++) {
      if ((panel.kind[cell] ?? CLOSED) < WHOLE) continue;
      units += panel.units[cell] ?? 0;
      counted++;
    }
    return log(Math.max(units, 0.5) / Math.max(counted, 1));
  });
}

/** Levels of all series, and then the calendar and prices from what is left. */
function runRound(
  panel: Panel,
  groups: Groups,
  fit: Fit,
  priors: LevelPriors,
  local: LocalLevels,
  round: number,
): void {
  const { units, kind, step, promoted } = panel;
  const { level, dispersion, effects } = fit;
  effects.begin();
  const { factor, score, information, width } = effects;
  const prices = priceFactors(fit);
  // Score and information of elasticity and lift.
  let [se, sl, iee, ill, iel] = [0, 0, 0, 0, 0];
  for (let i = 0; i < level.length; i++) {
    const [from, to] = cellsOf(panel, i, fit.days);
    if (from === to) continue;
    const k = dispersion[i] ?? 1;
    const ofDay = local.around(k);
    const base = (groups.ofSeries[i] ?? 0) * width + (panel.first[i] ?? 0) - panel.firstDay - from;
    let mean = exp(level[i] ?? 0);
    let [s, info] = [0, 0];
    for (let cell = from; cell < to; cell++) {
      const one = kind[cell] ?? CLOSED;
      if (one === CLOSED) continue;
      let m = mean * (factor[base + cell] ?? 0);
      const at = priceIndex(step[cell] ?? 0, promoted[cell] ?? 0);
      if (at > 0) m *= prices[at] ?? 1;
      const sold = units[cell] ?? 0;
      const weight = k / (k + m);
      s += weight * (wantedOn(local, i, cell - from, one, m, ofDay, sold) - m);
      if (one !== BARE) info += weight * m;
    }
    mean = exp((level[i] = priors.moved(i, s, info, round > 1)));
    for (let cell = from; cell < to; cell++) {
      const one = kind[cell] ?? CLOSED;
      if (one === CLOSED) continue;
      const place = base + cell;
      let m = mean * (factor[place] ?? 0);
      const at = priceIndex(step[cell] ?? 0, promoted[cell] ?? 0);
      if (at > 0) m *= prices[at] ?? 1;
      const sold = units[cell] ?? 0;
      const weight = k / (k + m);
      const beyond = wantedOn(local, i, cell - from, one, m, ofDay, sold) - m;
      const residual = weight * beyond;
      const wm = one === BARE ? 0 : weight * m;
      if (one !== BARE) local.note(i, cell - from, beyond, m, ofDay);
      score[place] = (score[place] ?? 0) + residual;
      information[place] = (information[place] ?? 0) + wm;
      if (at === 0) continue;
      const x = -(step[cell] ?? 0) / STEPS;
      const z = promoted[cell] ?? 0;
      se += residual * x;
      sl += residual * z;
      iee += wm * x * x;
      ill += wm * z;
      iel += wm * x * z;
    }
  }
  movePrices(fit, [se, sl, iee, ill, iel]);
  const shift = effects.move(round);
  for (let i = 0; i < level.length; i++) level[i] = (level[i] ?? 0) + (shift[groups.ofSeries[i] ?? 0] ?? 0);
  priors.update();
  local.update();
}

/**
 * What was wanted on the nth day of a series, by its mean and the level of its week. Shelves are empty from the morning on
 * in busy weeks above all: to leave such days out is to take their weeks for less than they were.
 */
function wantedOn(
  local: LocalLevels,
  i: number,
  n: number,
  kind: number,
  mean: number,
  ofDay: number,
  sold: number,
): number {
  if (kind === WHOLE) return sold;
  const expected = mean * local.at(i, n);
  return kind === BARE ? expected : censoredMean(expected, ofDay, sold);
}

/** One Newton step of elasticity and lift, each drawn to what it is before any history. */
function movePrices(
  fit: Fit,
  [se, sl, iee, ill, iel]: readonly [number, number, number, number, number],
): void {
  if (iee + ill === 0) return;
  const pe = 1 / ELASTICITY_SPREAD ** 2;
  const pl = 1 / LIFT_SPREAD ** 2;
  const a = iee + pe;
  const d = ill + pl;
  const ge = se - (fit.elasticity - USUAL_ELASTICITY) * pe;
  const gl = sl - fit.lift * pl;
  const det = a * d - iel * iel;
  const most = (by: number): number => Math.max(-0.5, Math.min(0.5, by));
  fit.elasticity += iee === 0 ? 0 : most((d * ge - iel * gl) / det);
  fit.lift += ill === 0 ? 0 : most((a * gl - iel * ge) / det);
}
