import type { WorldFile } from '@store/generator';

/** What `store world init` and `store init` write: every part of a world file once, small enough to be read. */
export const worldTemplate: WorldFile = {
  worldFile: 1,
  stores: [
    {
      store_id: 'lx-1',
      store_name: 'Alfama',
      timeZone: 'Europe/Lisbon',
      currency: 'EUR',
      language: 'pt',
      location: { city: 'Lisboa', region: 'Lisboa', country: 'PT', latitude: 38.71, longitude: -9.13 },
      opens: { sat: ['09:00', '14:00'], sun: null },
      holidays: 'PT',
      cluster: 'old town',
      assortment: ['oats', 'figs'],
    },
    {
      store_id: 'be-1',
      store_name: 'Kreuzberg',
      location: { city: 'Berlin', region: 'Berlin', country: 'DE', latitude: 52.5, longitude: 13.39 },
      holidays: 'DE',
    },
  ],
  products: [
    {
      product_id: 'oats',
      product_name: { pt: 'Aveia', en: 'Oats' },
      category: 'Pantry',
      unit_price: 2.35,
      packUnits: 8,
      shelfLifeDays: 300,
    },
    { product_id: 'figs', product_name: 'Figs', category: 'Produce', unit_price: { EUR: 4.1 }, packUnits: 6 },
    {
      product_id: 'soap',
      product_name: 'Soap',
      category: 'Household',
      unit_price: 1.95,
      launched: '2026-01-07',
    },
  ],
  calendar: {
    weekdays: [0.9, 0.9, 0.9, 0.9, 1, 1.3, 1.1],
    byCategory: { Produce: { months: [0.8, 0.8, 0.9, 1, 1, 1.1, 1.2, 1.3, 1.3, 1, 0.8, 0.8] } },
    promotions: [{ product_id: 'oats', stores: ['lx-1'], from: '2026-01-06', to: '2026-01-09', price: 0.8 }],
  },
  demand: { series: [{ store_id: 'lx-1', product_id: 'oats', mean: 3.2, dispersion: 1.8 }] },
  extra: [{ name: 'currency', type: 'string', from: 'store.currency' }],
};
