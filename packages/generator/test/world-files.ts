import fc from 'fast-check';
import type { ProductInput, StoreInput, WorldFile } from '../src/index.js';

/** The world file of the documentation, with a second store that sells everything. */
export const lisbon: WorldFile & {
  readonly stores: readonly StoreInput[];
  readonly products: readonly ProductInput[];
} = {
  worldFile: 1,
  stores: [
    {
      store_id: 'lx-1',
      store_name: 'Alfama',
      timeZone: 'Europe/Lisbon',
      currency: 'EUR',
      language: 'pt',
      location: { city: 'Lisboa', region: 'Lisboa', country: 'PT', latitude: 38.71, longitude: -9.13 },
      opens: { mon: ['09:00', '20:00'], sat: ['09:00', '14:00'], sun: null },
      holidays: 'PT',
      cluster: 'old town',
      assortment: ['oats', 'figs'],
    },
    { store_id: 'lx-2', timeZone: 'Europe/Lisbon', currency: 'EUR' },
  ],
  products: [
    {
      product_id: 'oats',
      product_name: { pt: 'Aveia', en: 'Oats' },
      category: 'Pantry',
      unit_price: { EUR: 2.35 },
      packUnits: 8,
      shelfLifeDays: 300,
      launched: '2026-03-02',
      withdrawn: '2026-11-30',
    },
    { product_id: 'figs', product_name: 'Figs', category: 'Produce', unit_price: 4.1 },
  ],
  calendar: {
    weekdays: [1, 1, 1, 1, 1, 1.4, 1],
    months: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
    holidays: true,
    byCategory: { Produce: { months: [0.8, 0.8, 0.9, 1, 1, 1.1, 1.2, 1.3, 1.3, 1, 0.8, 0.8] } },
    byCluster: { 'old town': { weekdays: [0.9, 0.9, 0.9, 1, 1.1, 1.3, 0.9] } },
    promotions: [{ product_id: 'oats', stores: ['lx-1'], from: '2026-04-06', to: '2026-04-12', price: 0.8 }],
  },
  demand: {
    series: [{ store_id: 'lx-1', product_id: 'oats', mean: 3.2, dispersion: 1.8 }],
    elasticity: 2,
    memory: 0.3,
    shocks: { store: 0.05, local: 0.01 },
  },
  extra: [{ name: 'currency', type: 'string', from: 'store.currency' }],
};

const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });
const factors = (length: number): fc.Arbitrary<number[]> =>
  fc
    .array(fc.constantFrom(0, 0.5, 1, 1.5), { minLength: length - 1, maxLength: length - 1 })
    .map((list) => [1, ...list]);
const day = fc
  .integer({ min: 1, max: 40 })
  .map((n) => new Date(Date.UTC(2026, 2, n)).toISOString().slice(0, 10));

function product(p: number): fc.Arbitrary<ProductInput> {
  return fc.record(
    {
      product_id: fc.constant(`p${p}`),
      product_name: fc.constantFrom<NonNullable<ProductInput['product_name']>[]>(
        'Ração "a"',
        { pt: 'Pão', en: 'Bread' },
        { en: 'Only' },
      ),
      category: fc.constantFrom('A', 'B'),
      unit_price: fc.constantFrom<NonNullable<ProductInput['unit_price']>[]>(0.01, 12.5, {
        EUR: 2,
        USD: 3,
        NZD: 4.25,
      }),
      packUnits: fc.constantFrom(1, 7),
      shelfLifeDays: fc.constantFrom(2, 300),
      launched: fc.constantFrom('2026-03-10', '2026-03-14'),
      withdrawn: fc.constantFrom('2026-03-14', '2026-03-25'),
    },
    { requiredKeys: ['product_id'] },
  );
}

function store(s: number, ids: readonly string[]): fc.Arbitrary<StoreInput> {
  const hours = fc.constantFrom<NonNullable<StoreInput['opens']>[]>(
    { sun: null },
    { mon: null, tue: ['00:00', '24:00'] },
    { sat: ['13:00', '13:30'] },
    { fri: ['00:00', '02:00'], thu: ['22:00', '23:00'] },
  );
  return fc.record(
    {
      store_id: fc.constant(`s${s}`),
      timeZone: fc.constantFrom('Europe/Lisbon', 'Pacific/Auckland', 'Pacific/Honolulu', 'UTC'),
      currency: fc.constantFrom('EUR', 'USD', 'NZD'),
      location: fc.constant({
        city: 'Otaki',
        region: '',
        country: 'NZ',
        latitude: -40.76,
        longitude: 175.15,
      }),
      language: fc.constantFrom('pt', 'en', 'fr'),
      opens: hours,
      holidays: fc.constantFrom<NonNullable<StoreInput['holidays']>[]>('PT', false, {
        '2026-03-20': 0,
        '03-21': 2,
      }),
      cluster: fc.constantFrom('old', 'new'),
      assortment: fc.subarray([...ids]),
    },
    { requiredKeys: ['store_id', 'currency', 'location'] },
  );
}

/** World files of up to five stores and seven products, with everything that one may have. */
export const worldFiles: fc.Arbitrary<WorldFile> = fc
  .record({ stores: fc.integer({ min: 1, max: 5 }), products: fc.integer({ min: 1, max: 7 }) })
  .chain(({ stores, products }) => {
    const ids = Array.from({ length: products }, (_, p) => `p${p}`);
    const promotion = fc.record({
      product_id: fc.constantFrom(...ids),
      stores: fc.constantFrom<(readonly string[] | undefined)[]>(undefined, ['s0']),
      from: fc.constantFrom('2026-03-01', '2026-03-09'),
      to: day.filter((date) => date > '2026-03-09'),
      price: fc.constantFrom(0.5, 0.8, 1),
    });
    return fc.record({
      worldFile: fc.constant(1 as const),
      stores: fc.tuple(...Array.from({ length: stores }, (_, s) => store(s, ids))),
      products: fc.tuple(...ids.map((_, p) => product(p))),
      calendar: fc.record(
        {
          weekdays: factors(7),
          months: factors(12),
          byCategory: fc.dictionary(
            fc.constantFrom('A', 'B'),
            fc.record({ weekdays: factors(7), months: factors(12) }, { requiredKeys: [] }),
            { maxKeys: 2 },
          ),
          holidays: fc.boolean(),
          promotions: fc.array(promotion, { maxLength: 3 }),
        },
        { requiredKeys: [] },
      ),
      demand: fc.record(
        {
          elasticity: fc.constantFrom(0, 3),
          memory: fc.constantFrom(0, 0.5),
          shocks: fc.constantFrom({ store: 0.3 }, { local: 0.3 }, { store: 0.1, local: 0.1 }),
        },
        { requiredKeys: [] },
      ),
      policy: maybe(fc.constantFrom('sS' as const, 'sQ' as const, 'RS' as const, 'newsvendor' as const)),
      extra: maybe(
        fc.constant([
          { name: 'currency', type: 'string', from: 'store.currency' },
          { name: 'chain', type: 'int', value: 7 },
          { name: 'keeps', type: 'int', from: 'product.shelfLifeDays' },
        ] as const),
      ),
    });
  })
  // A promotion that no store can have is refused, and a season of no product.
  .map((file) => ({
    ...file,
    calendar: {
      ...file.calendar,
      byCategory: Object.fromEntries(
        Object.entries(file.calendar.byCategory ?? {}).filter(([name]) =>
          file.products.some(({ category }) => category === name),
        ),
      ),
      promotions: (file.calendar.promotions ?? []).filter(({ product_id, stores }) =>
        file.stores.some(
          ({ store_id, assortment }) =>
            (stores?.includes(store_id) ?? true) && (assortment?.includes(product_id) ?? true),
        ),
      ),
    },
  }))
  // What is undefined is left out, as in a file.
  .map((file) => JSON.parse(JSON.stringify(file)) as WorldFile);
