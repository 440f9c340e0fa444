import type { ReplenishmentPolicy } from '@store/generator';

/** Orders up to what recent sales say will go until the order after this one arrives, with some to spare. */
export const policy: ReplenishmentPolicy = ({ products, daysToReview }) =>
  products.map(({ product_id, recentSales, recordedStock, onOrder, leadDays, promotions }) => {
    const days = recentSales.filter((sold) => sold !== null);
    const mean = days.reduce((sum, sold) => sum + sold, 0.5) / Math.max(1, days.length);
    const expected = mean * (leadDays + (daysToReview ?? 1)) * (promotions.length > 0 ? 1.4 : 1);
    const level = Math.ceil(expected + 3 * Math.sqrt(expected));
    const position = recordedStock + onOrder;
    return { product_id, quantity: position < level ? level + Math.ceil(7 * mean) - position : 0 };
  });
