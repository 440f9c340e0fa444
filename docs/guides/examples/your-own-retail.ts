import { createWorld, readWorldFile } from '@store/generator';

const file = readWorldFile(`{
  "worldFile": 1,
  "stores": [
    { "store_id": "lx-1", "store_name": "Alfama", "timeZone": "Europe/Lisbon", "currency": "EUR", "language": "pt",
      "opens": { "sat": ["09:00", "14:00"], "sun": null }, "holidays": "PT", "assortment": ["oats", "figs"] },
    { "store_id": "be-1", "timeZone": "Europe/Berlin", "currency": "EUR", "holidays": "DE" }
  ],
  "products": [
    { "product_id": "oats", "product_name": { "en": "Oats", "pt": "Aveia" }, "category": "Pantry", "unit_price": 2.35 },
    { "product_id": "figs", "product_name": "Figs", "category": "Produce", "unit_price": 4.1, "shelfLifeDays": 6 }
  ],
  "calendar": {
    "promotions": [{ "product_id": "oats", "from": "2026-01-06", "to": "2026-01-08", "price": 0.8 }]
  },
  "demand": { "series": [{ "store_id": "lx-1", "product_id": "oats", "mean": 6, "dispersion": 2 }] },
  "extra": [{ "name": "currency", "type": "string", "from": "store.currency" }]
}`);

// The file is data: seed, start and length are options beside it.
const world = createWorld({ ...file, seed: 7, start: '2026-01-05', days: 7 });
for (const { event_type, event_time, store_id, product_name, unit_price } of world.events()) {
  if (event_type === 'price_change' && store_id === 'lx-1') console.log(event_time, product_name, unit_price);
}
console.log(world.columns.at(-1)?.Name, world.truth().totals().demand);

try {
  createWorld({ ...file, stores: [{ store_id: 'lx-1', currency: 'EUR', assortment: ['oats', 'fig'] }] });
} catch (error) {
  console.log(error instanceof Error ? error.message : error);
}
