import { createWorld, type ReplenishmentPolicy } from '@store/generator';

// A policy knows what a retailer knows in the evening: records, own sales, open orders, prices, the calendar.
const week: ReplenishmentPolicy = ({ products, memo }) => ({
  orders: products.map(({ product_id, recentSales, recordedStock, onOrder }) => {
    const sold = recentSales.slice(-7).reduce<number>((sum, units) => sum + (units ?? 0), 0);
    return { product_id, quantity: Math.max(0, Math.ceil(1.5 * sold) + 2 - recordedStock - onOrder) };
  }),
  // A JSON value for the store's next evening; snapshots hold it.
  memo: { evenings: ((memo as { evenings: number } | undefined)?.evenings ?? 0) + 1 },
});

const size = { seed: 7, stores: 4, products: 60, days: 56 };
for (const policy of ['sS', week] as const) {
  const { fillRate, costs } = createWorld({ ...size, policy }).score();
  console.log(
    `${(fillRate * 100).toFixed(1)} % sold of what was wanted, at a cost of ${costs.total.toFixed(0)}`,
  );
}
console.log(`no policy costs less than ${createWorld(size).costBound().total.toFixed(0)}`);
