import { exp } from '../model/exact-math.js';
import type { PromotionInput } from '../own/world-file.js';
import { dateOf } from '../model/calendar.js';
import { STEPS } from './everyday-price.js';
import type { Fit } from './fitted.js';
import { cellsOf, type Panel } from './panel.js';

/** One price ratio of one product for some days, and the stores that had it. */
interface Offer {
  readonly product: number;
  readonly from: number;
  readonly to: number;
  readonly step: number;
  readonly stores: number[];
}

/** The promotions of a history by their prices, those of one product, time and price as one. */
export function findPromotions(panel: Panel, fit: Fit): readonly PromotionInput[] {
  const stepOf = stepsOf(panel, fit);
  const offers = new Map<string, Offer>();
  const sellers = new Map<number, number>();
  for (const i of panel.store.keys()) {
    const product = panel.product[i] ?? 0;
    const store = panel.store[i] ?? 0;
    sellers.set(product, (sellers.get(product) ?? 0) + 1);
    const [from, end] = cellsOf(panel, i, Infinity);
    const firstDay = panel.first[i] ?? 0;
    for (let cell = from; cell < end;) {
      const step = stepOf(cell);
      let next = cell + 1;
      while (next < end && isLike(stepOf(next), step)) next++;
      if (step < 0) {
        const [first, last] = [firstDay + cell - from, firstDay + next - 1 - from];
        const key = [product, first, last, step].join();
        const known = offers.get(key);
        if (known === undefined) offers.set(key, { product, from: first, to: last, step, stores: [store] });
        else known.stores.push(store);
      }
      cell = next;
    }
  }
  return [...offers.values()]
    .sort((a, b) => a.product - b.product || a.from - b.from || a.to - b.to || a.step - b.step)
    .map(({ product, from, to, step, stores }) => ({
      product_id: panel.products[product] ?? '',
      ...(stores.length === sellers.get(product)
        ? {}
        : { stores: stores.map((store) => panel.stores[store] ?? '') }),
      from: dateOf(from),
      to: dateOf(to),
      price: Number(exp(step / STEPS).toFixed(3)),
    }));
}

/**
 * Reduction of each cell's price. A history without prices says when a promotion was, and the fit how much more it sold:
 * that is written as the price that sells as much.
 */
function stepsOf({ step, promoted, price }: Panel, { elasticity, lift }: Fit): (cell: number) => number {
  if (price.some((one) => one > 0) || elasticity <= 0) return (cell) => step[cell] ?? 0;
  const sold = -Math.round((Math.max(0, lift) / elasticity) * STEPS);
  return (cell) => (promoted[cell] === 1 ? sold : 0);
}

/** Whether a price continues: prices that are revenue over units waver a little from day to day. */
const isLike = (step: number, first: number): boolean =>
  first === 0 ? step === 0 : step < 0 && Math.abs(step - first) <= 15;
