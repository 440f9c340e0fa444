import type { PolicyAnswer, PolicyState, ReplenishmentPolicy } from '../src/index.js';

type Name = 'sS' | 'sQ' | 'newsvendor';

/** The built-in policies as functions of what a retailer knows. */
export const repeated: Readonly<Record<Name, ReplenishmentPolicy>> = {
  sS: ({ products }) =>
    products
      .filter(({ onOrder, recordedStock, reorderPoint }) => onOrder === 0 && recordedStock < reorderPoint)
      .map(({ product_id, recordedStock, orderUpTo }) => ({
        product_id,
        quantity: orderUpTo - recordedStock,
      })),
  sQ: ({ products }) =>
    products
      .filter(({ onOrder, recordedStock, reorderPoint }) => onOrder === 0 && recordedStock < reorderPoint)
      .map(({ product_id, orderUpTo, reorderPoint }) => ({ product_id, quantity: orderUpTo - reorderPoint })),
  newsvendor: ({ products }) =>
    products
      .filter(({ onOrder, recordedStock, orderUpTo }) => onOrder === 0 && recordedStock < orderUpTo)
      .map(({ product_id, recordedStock, orderUpTo }) => ({
        product_id,
        quantity: orderUpTo - recordedStock,
      })),
};

/** A policy whose orders depend on everything that it sees, on a memo, and on several open orders at the same time. */
export function restless(state: PolicyState): PolicyAnswer {
  const { date, products, calendar, memo, daysToReview } = state;
  // What this function returned itself.
  const before = (memo ?? { evenings: 0, seen: 0 }) as { readonly evenings: number; readonly seen: number };
  const orders = products.map(
    ({ product_id, recentSales, onOrder, recordedStock, promotions, ...more }, n) => {
      const week = recentSales.slice(-7).reduce<number>((sum, sold) => sum + (sold ?? 0), 0);
      const mood = (before.seen + n + date.length + promotions.length + (daysToReview ?? 0)) % 3;
      const short = week + more.leadDays - recordedStock - onOrder + mood;
      return { product_id, quantity: Math.max(0, short) };
    },
  );
  const sold = products.reduce((sum, { soldToday }) => sum + soldToday, 0);
  const holidays = calendar.filter(({ holiday }) => holiday).length;
  return { orders, memo: { evenings: before.evenings + 1, seen: before.seen + sold + holidays } };
}
