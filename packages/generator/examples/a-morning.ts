import { createWorld } from '@store/generator';

// Two stores for two days. The same options give the same events, everywhere and always.
const world = createWorld({ seed: 7, stores: 2, products: 40, start: '2026-01-05', days: 2 });

let events = 0;
for (const { is_low_stock, store_id, product_name, current_stock, min_threshold } of world.events()) {
  if (++events > 60) break;
  if (is_low_stock && events > 50) {
    console.log(`${store_id}: ${current_stock} ${product_name} left, threshold ${min_threshold}`);
  }
}

// Go anywhere, and read the same world as bytes, ready to be sent.
world.seek('2026-01-06T12:00:00Z');
let bytes = 0;
for (const chunk of world.ndjson()) bytes += chunk.length;
console.log(`${bytes} bytes of NDJSON from noon on`);

const { demand, sold, stockouts } = world.truth().totals();
console.log(`${demand} units wanted, ${sold} sold; empty shelves at closing:`, stockouts);
