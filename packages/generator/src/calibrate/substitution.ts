import { exp } from '../model/exact-math.js';
import type { ProductInput } from '../own/world-file.js';
import { priceFactors, priceIndex, type Fit } from './fitted.js';
import { BARE, cellsOf, CENSORED, CLOSED, type Panel } from './panel.js';
import type { Groups } from './groups.js';
import { censoredMean } from './negative-binomial.js';

/**
 * Share of each series' demand that is its own. In a world, buyers of a product that is not there take the next one of
 * its category: they came to that shelf in the history, and come to it again when the world is simulated.
 *
 * @param rate - share of these buyers who take the next product
 */
export function ownShares(
  panel: Panel,
  groups: Groups,
  fit: Fit,
  products: ReadonlyMap<string, ProductInput>,
  rate: number,
): Float64Array {
  const { length } = panel.store;
  const shares = new Float64Array(length).fill(1);
  if (rate === 0) return shares;
  const prices = priceFactors(fit);
  const width = panel.lastDay - panel.firstDay + 1;
  const category = panel.products.map((id) => products.get(id)?.category ?? 'General');
  let [neighbour, spilled] = [-1, 0];
  for (let i = 0; i < length; i++) {
    const [from, to] = cellsOf(panel, i, Infinity);
    const base = (groups.ofSeries[i] ?? 0) * width + (panel.first[i] ?? 0) - panel.firstDay - from;
    const level = exp(fit.level[i] ?? 0);
    let [came, lost, days] = [0, 0, 0];
    for (let cell = from; cell < to; cell++) {
      const kind = panel.kind[cell] ?? CLOSED;
      if (kind === CLOSED) continue;
      const at = priceIndex(panel.step[cell] ?? 0, panel.promoted[cell] ?? 0);
      const mean = level * (fit.effects.factor[base + cell] ?? 0) * (prices[at] ?? 1);
      const units = panel.units[cell] ?? 0;
      came += mean;
      days++;
      if (kind === BARE) lost += mean;
      if (kind === CENSORED) lost += censoredMean(mean, fit.dispersion[i] ?? 1, units) - units;
    }
    const product = panel.product[i] ?? 0;
    const follows =
      neighbour >= 0 &&
      panel.store[neighbour] === panel.store[i] &&
      category[panel.product[neighbour] ?? 0] === category[product];
    if (follows && came > 0) shares[i] = Math.max(0.2, 1 - (rate * spilled * days) / came);
    // Of a day, and of own buyers only: who stands in for nobody goes home.
    spilled = (lost * (shares[i] ?? 1)) / Math.max(1, days);
    neighbour = i;
  }
  return shares;
}
