import { dateOf } from '../model/calendar.js';
import { withoutHundredths } from '../model/currencies.js';
import { currencyFor } from '../own/own-settings.js';
import type { PriceByCurrency, ProductInput, StoreInput } from '../own/world-file.js';
import { hasEnded, rowsEnd } from './left-out.js';
import type { Panel } from './panel.js';

/** The currency of stores of which nothing is known: one that the prices of products are in. */
export function usualCurrency(products: ReadonlyMap<string, ProductInput>): string {
  for (const { unit_price } of products.values())
    if (typeof unit_price === 'object') return Object.keys(unit_price)[0] ?? 'USD';
  return 'USD';
}

/** Products of a history, with what a description says of them: prices, and first and last days of sale. */
export function productsFound(
  panel: Panel,
  given: ReadonlyMap<string, ProductInput>,
  stores: ReadonlyMap<string, StoreInput>,
): readonly ProductInput[] {
  const size = panel.products.length;
  // Of each product, by currency.
  const prices = panel.products.map(() => new Map<string, number[]>());
  const currencies = panel.stores.map((id, s) => {
    const store = stores.get(id);
    return store === undefined ? usualCurrency(given) : currencyFor(store, s);
  });
  /** Days of sale that a product would have had on each day, in all stores. */
  const total = new Float64Array(size);
  const first = new Float64Array(size).fill(Infinity);
  const last = new Float64Array(size).fill(-Infinity);
  for (const [i, p] of panel.product.entries()) {
    const price = panel.price[i] ?? 0;
    const currency = currencies[panel.store[i] ?? 0] ?? '';
    const known = prices[p]?.get(currency);
    if (price > 0 && known === undefined) prices[p]?.set(currency, [price]);
    else if (price > 0) known?.push(price);
    const [after, share] = rowsEnd(panel, i);
    total[p] = (total[p] ?? 0) + share;
    first[p] = Math.min(first[p] ?? 0, panel.first[i] ?? 0);
    last[p] = Math.max(last[p] ?? 0, panel.lastDay - after);
  }
  return panel.products.map((product_id, p) => {
    const sold = total[p] ?? 0;
    const began = hasEnded((first[p] ?? 0) - panel.firstDay, sold);
    const ended = hasEnded(panel.lastDay - (last[p] ?? 0), sold);
    return {
      product_id,
      ...priceIn(prices[p] ?? new Map(), new Set(currencies)),
      ...(began ? { launched: dateOf(first[p] ?? 0) } : {}),
      ...(ended ? { withdrawn: dateOf(last[p] ?? 0) } : {}),
      ...given.get(product_id),
    };
  });
}

/** The middle price of a product in each currency of the stores; what is sold in one alone has that number in others. */
function priceIn(
  prices: ReadonlyMap<string, readonly number[]>,
  currencies: ReadonlySet<string>,
): { readonly unit_price?: PriceByCurrency } {
  const all = [...prices.values()].flat();
  if (all.length === 0) return {};
  const within = [...currencies].map((currency): [string, number] => {
    const whole = withoutHundredths.includes(currency);
    const price = median(prices.get(currency) ?? all);
    return [currency, Math.max(whole ? 1 : 0.01, Number(price.toFixed(whole ? 0 : 2)))];
  });
  const [[, only] = ['', 0]] = within;
  return { unit_price: within.length === 1 ? only : Object.fromEntries(within) };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
