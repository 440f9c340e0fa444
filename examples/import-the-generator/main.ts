/** A world in a program of your own: events by kind, and the shelf that is emptiest at noon of the second day. */
import { createWorld } from '@store/generator';

const options = { seed: 7, stores: 3, products: 40, start: '2026-01-05', days: 2 };

const counts = new Map<string, number>();
for (const { event_type } of createWorld(options).events())
  counts.set(event_type, (counts.get(event_type) ?? 0) + 1);
for (const [type, count] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1)))
  console.log(`${type}: ${count}`);

// The same options give the same world; `at` reads it from another instant.
const afternoon = createWorld(options).at('2026-01-06T12:00:00Z');
let lowest: { readonly shelf: string; readonly missing: number } | undefined;
for (const { store_id, product_name, current_stock, min_threshold } of afternoon.events()) {
  const missing = min_threshold - current_stock;
  if (lowest === undefined || missing > lowest.missing)
    lowest = { shelf: `${product_name} in ${store_id}`, missing };
}
console.log(`furthest below its reorder point: ${lowest?.shelf ?? ''}, by ${lowest?.missing ?? 0} units`);
