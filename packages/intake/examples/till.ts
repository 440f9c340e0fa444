import { mappings, toInventoryEvent, type EventMapping } from '@store/intake';

/** What the tills of one chain send. */
const till: EventMapping = {
  name: 'till',
  matches: (record) => 'branch' in record && 'article' in record,
  toEvent: ({ branch, town, article, label, price, left, reorderAt, sold, at, no }) => ({
    event_type: 'sale',
    event_time: at,
    sequence: no,
    store_id: branch,
    store_name: branch,
    location: { city: town, region: town, country: 'NO', latitude: 59.91, longitude: 10.75 },
    product_id: article,
    product_name: label,
    category: 'unknown',
    unit_price: price,
    quantity_delta: typeof sold === 'number' ? -sold : sold,
    current_stock: left,
    min_threshold: reorderAt,
    on_order: 0,
  }),
};

const sale = { branch: ' 12 ', town: 'Oslo', article: 'A-7', label: 'Milk', price: '1.29', sold: 3, no: 41 };
for (const record of [
  { ...sale, left: '8', reorderAt: 10, at: '2026-01-05 09:00:00+01:00' },
  { ...sale, left: 'some', reorderAt: 10, at: 'this morning' },
]) {
  const result = toInventoryEvent(record, [till, ...mappings]);
  if (result.ok) {
    const { store_id, event_time, current_stock, is_low_stock } = result.event;
    console.log(`store ${store_id}, ${event_time}: ${current_stock} left, low: ${is_low_stock}`);
  } else {
    for (const { code, path } of result.issues) console.log(`refused: ${code} at ${path.join('.')}`);
  }
}
