import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createWorld, readWorldFile, WorldError, type World, type WorldOptions } from '../src/index.js';
import { lisbon, worldFiles } from './world-files.js';

// Each a change of the documentation's file, by path, and the message.
const without = (change: object): object => ({ ...lisbon, ...change });
const store = (change: object): object =>
  without({ stores: [lisbon.stores[0], { ...lisbon.stores[1], ...change }] });
const product = (change: object): object =>
  without({ products: [lisbon.products[0], { ...lisbon.products[1], ...change }] });
const calendar = (change: object): object => without({ calendar: { ...lisbon.calendar, ...change } });
const demand = (change: object): object => without({ demand: { ...lisbon.demand, ...change } });
test.each([
  [
    store({ assortment: ['oats', 'figs', 'oat'] }),
    "stores[1].assortment[2]: no product 'oat'. Did you mean 'oats'?",
  ],
  [store({ assortment: ['figs', 'figs'] }), 'stores[1].assortment[1]: '],
  [store({ store_id: 'lx-1' }), "stores[1].store_id: 'lx-1' is the id of stores[0] already"],
  [store({ timezone: 'UTC' }), 'Unknown option `stores[1].timezone`. Did you mean `stores[1].timeZone`?'],
  [
    store({ timeZone: 'Europe/Lisboa' }),
    "stores[1].timeZone: no time zone 'Europe/Lisboa' in the table. Did you mean 'Europe/Lisbon'?",
  ],
  [store({ timeZone: 'europe/lisbon' }), "in the table. Did you mean 'Europe/Lisbon'?"],
  [store({ timeZone: '+02:00' }), "no time zone '+02:00' in the table. Give its rule: {"],
  [
    store({ timeZone: 'Asia/Kathmandu' }),
    'Give its rule: {"name":"Asia/Kathmandu","standardMinutes":345,"daylight":"none"}.',
  ],
  [
    store({ timeZone: 'Europe/Kyiv' }),
    'in the table. Give its rule: {"name":"Europe/Kyiv","standardMinutes":120,"daylight":"eu"}.',
  ],
  [
    store({ opens: { sun: ['01:00', '03:00'] } }),
    'stores[1].opens.sun: the clocks of Europe/Lisbon change before 02:00 on a Sunday; open at 02:00 or later.',
  ],
  [
    store({ opens: { mon: ['9:00', '20:00'] } }),
    'Expected `stores[1].opens.mon[0]` to be a time from 00:00 to 24:00 with two digits for the hour, such as 09:00, got "9:00".',
  ],
  [store({ opens: { tue: ['09:00', 20] } }), 'Expected `stores[1].opens.tue[1]` to be a time from'],
  [store({ opens: { mon: ['09:00'] } }), 'Expected `stores[1].opens.mon` to be null, or two times'],
  [
    store({ opens: { mon: ['18:00', '02:00'] } }),
    'stores[1].opens.mon: closes at 02:00, and opens at 18:00; a day ends at 24:00, so give no hours behind midnight.',
  ],
  [
    store({ opens: { mon: ['00:00', '01:15'] } }),
    'stores[1].opens.mon: 00:00 to 01:15 is less than half an hour from 01:00 to 23:00, when sales are.',
  ],
  [store({ holidays: 'XX' }), 'Expected `stores[1].holidays` to be '],
  [store({ holidays: { '2026-13-01': 0 } }), 'Expected `stores[1].holidays["2026-13-01"]` to be a date'],
  ...['02-30', '04-31', '2026-02-29', '2026-02-30'].map((date): [object, string] => [
    store({ holidays: { [date]: 0 } }),
    `Expected \`stores[1].holidays["${date}"]\` to be a date`,
  ]),
  [store({ holidays: [{ date: '02-30', factor: 0 }] }), 'Expected `stores[1].holidays[0].date` to be a date'],
  [
    store({
      holidays: [
        { date: '05-01', factor: 0 },
        { date: '05-01', factor: 1 },
      ],
    }),
    "stores[1].holidays[1].date: '05-01' is the date of stores[1].holidays[0] already",
  ],
  [store({ holidays: 'pt' }), "Did you mean 'PT'?"],
  [store({ holidays: 'Portugal' }), "Did you mean 'PT'?"],
  [store({ currency: 'eur' }), "Did you mean 'EUR'?"],
  [
    without({ stores: [lisbon.stores[0], { store_id: 'o', timeZone: 'Asia/Tokyo' }] }),
    'products[0].unit_price: no price in JPY',
  ],
  [
    { stores: [{ store_id: 'o', timeZone: 'Asia/Tokyo' }], products: [{ product_id: 'p', unit_price: 1.5 }] },
    'products[0].unit_price: no whole price in JPY, the currency of stores[0]',
  ],
  ...(
    [
      [{ stores: [] }, 'calendar.promotions[0].stores: names no store'],
      [{ stores: ['lx-1', 'lx-1'] }, "calendar.promotions[0].stores[1]: 'lx-1' appears twice"],
    ] as const
  ).map(([change, message]): [object, string] => [
    calendar({
      promotions: [{ product_id: 'oats', from: '2026-04-06', to: '2026-04-12', price: 0.8, ...change }],
    }),
    message,
  ]),
  [
    {
      ...store({ assortment: ['figs'] }),
      calendar: {
        promotions: [
          { product_id: 'oats', stores: ['lx-2'], from: '2026-04-06', to: '2026-04-12', price: 0.8 },
        ],
      },
    },
    "calendar.promotions[0].stores[0]: 'lx-2' does not sell 'oats'; add it to stores[1].assortment",
  ],
  [store({ store_id: 'a\ud800' }), 'Expected `stores[1].store_id` to be text of whole characters'],
  [
    product({ product_name: { pt: '\udc00' } }),
    'Expected `products[1].product_name["pt"]` to be text of whole',
  ],
  [store({ facts: { a: '\udc00' } }), 'Expected `stores[1].facts["a"]` to be text of whole characters'],
  [
    without({ stores: [Object.create({ store_id: 'x', timeZone: 'UTC' })] }),
    'stores[0]: an object of a class, or with hidden or inherited fields; give a plain object',
  ],
  [product({ facts: new Map() }), 'products[1].facts'],
  [
    store({ timeZone: { name: 'Asia/Kathmandu', standardMinutes: 345, daylight: 'none' } }),
    'stores[1].location: missing, and no built-in city has the time zone Asia/Kathmandu and the currency EUR. Give',
  ],
  [
    store({ holidays: 'JP' }),
    'the time zone Europe/Lisbon and the currency EUR and the holidays of JP. Give the store its city',
  ],
  [
    store({ currency: 'USD', location: lisbon.stores[0]?.location }),
    'products[0].unit_price: no price in USD, the currency of stores[1]; add it.',
  ],
  [product({ product_id: 'oats' }), "products[1].product_id: 'oats' is the id of products[0] already"],
  [
    product({ unit_price: 1.005 }),
    'Expected `products[1].unit_price` to be 0.01 to 20000000 in whole hundredths, got 1.005.',
  ],
  [
    product({ unit_price: '2.35' }),
    'Expected `products[1].unit_price` to be a number such as 2.35, or one for each currency, got "2.35".',
  ],
  [product({ launched: '2026-02-30' }), 'Expected `products[1].launched` to be a day such as'],
  [product({ launched: '2026-03-02', withdrawn: '2026-03-01' }), 'products[1].withdrawn: before its launch'],
  [product({ category: 'Fruit' }), 'calendar.byCategory["Produce"]: no product of the category \'Produce\''],
  [
    calendar({ byCluster: { town: {} } }),
    'calendar.byCluster["town"]: no store of the cluster \'town\'. Add it to `stores`',
  ],
  [calendar({ weekdays: [1, 1] }), 'Expected `calendar.weekdays` to be a list of 7 numbers'],
  [
    calendar({ byCategory: { Produce: { months: [1, 1, 1, 1, 1, 1, 1, 1, -2, 1, 1, 1] } } }),
    'Expected `calendar.byCategory["Produce"].months[8]` to be 0 to 100, got -2.',
  ],
  [
    calendar({ promotions: [{ product_id: 'oats', from: '2026-04-06', to: '2026-04-12', price: 1.1 }] }),
    'Expected `calendar.promotions[0].price` to be above 0 and at most 1, got 1.1.',
  ],
  [
    demand({ series: [{ store_id: 'lx-1', product_id: 'rye', mean: 1 }] }),
    "demand.series[0].product_id: no product 'rye'",
  ],
  [
    demand({ series: [{ store_id: 'lx-1', product_id: 'figs', mean: Number.NaN }] }),
    'Expected `demand.series[0].mean` to be 0.008 to 99',
  ],
  [
    without({ extra: [{ name: 'store_id', type: 'string', value: 'x' }] }),
    "extra[0].name: the events have a column 'store_id' already",
  ],
  [
    without({ extra: [{ name: 'x', type: 'string', from: 'store.curency' }] }),
    "extra[0].from: no field 'store.curency'. Did you mean 'store.currency'?",
  ],
  [
    without({ extra: [{ name: 'x', type: 'int', from: 'store.currency' }] }),
    'extra[0].from: store.currency is "EUR", which is no int. Write "type": "string", or give another field.',
  ],
  [
    without({ extra: [{ name: 'x', type: 'int', value: 1.5 }] }),
    'extra[0].value: the value is 1.5, which is no int. Write "type": "double", or give another value.',
  ],
  ...['__proto__', 'constructor'].map((name): [object, string] => [
    without({ extra: [{ name, type: 'string', value: 'x' }] }),
    `extra[0].name: every object of JavaScript has '${name}' already`,
  ]),
  ...['datehour', 'date'].map((name): [object, string] => [
    without({ extra: [{ name, type: 'string', value: 'x' }] }),
    `extra[0].name: '${name}' is a partition key of the table`,
  ]),
  [without({ network: {} }), 'network: a supply network is planned'],
  [without({ worldFile: 2 }), 'Expected `worldFile` to be 1, the version of the format, got 2.'],
  [without({ stores: [] }), 'Expected `stores` to be a list of 1 to 1000000 stores, got a list of 0.'],
])('a wrong file is refused with the path of the value and what to do: %#', (file, message) => {
  const open = (): World => createWorld(file as WorldOptions);
  expect(open).toThrow(WorldError);
  expect(open).toThrow(message);
});

test('a store without a location is in a city that has its zone, currency and holidays', () => {
  const { stores } = createWorld({
    stores: [
      { store_id: 'a', holidays: 'JP' },
      { store_id: 'b', currency: 'GBP' },
      { store_id: 'c', timeZone: 'Europe/Rome', currency: 'EUR' },
      { store_id: 'd', timeZone: 'UTC', currency: 'BRL' },
      { store_id: 'e', timeZone: 'Asia/Calcutta' },
    ],
  });
  expect(stores.map(({ location }) => location.country)).toEqual(['JP', 'GB', 'IT', 'BR', 'IN']);
  expect(stores.map(({ timeZone }) => timeZone.name)).toEqual([
    'Asia/Tokyo',
    'Europe/London',
    'Europe/Rome',
    'UTC',
    'Asia/Kolkata',
  ]);
});

test('the published JSON Schema takes every file that is right, and refuses unknown keys at every depth', () => {
  const schema = JSON.parse(
    readFileSync(new URL('../world-file.schema.json', import.meta.url), 'utf8'),
  ) as object;
  const valid = new Ajv2020({ strict: false }).compile(schema);
  fc.assert(
    fc.property(worldFiles, (file) => {
      expect(valid(file), JSON.stringify(valid.errors)).toBe(true);
    }),
    { numRuns: 50 },
  );
  const filed = { $schema: 'node_modules/@store/generator/world-file.schema.json', ...lisbon };
  expect(valid(filed)).toBe(true);
  expect(readWorldFile(JSON.stringify(filed))).toEqual(lisbon);
  for (const file of [
    store({ typo: 1 }),
    product({ typo: 1 }),
    calendar({ typo: 1 }),
    demand({ typo: 1 }),
    without({ typo: 1 }),
  ])
    expect(valid(file)).toBe(false);
});

test('a file that is no JSON, no object, no UTF-8 or no version 1 is refused in one line', () => {
  for (const text of [
    '',
    '{"worldFile":1,\n"stores":[}',
    '[]',
    'null',
    '{}',
    Uint8Array.of(0xff, 0xfe),
    '{"worldFile":1,"worldfile":1}',
    '{"worldFile":1,"worldFile":1}',
  ]) {
    expect(() => readWorldFile(text)).toThrow(WorldError);
    expect(() => readWorldFile(text)).toThrow(/^[^\n]+$/);
  }
  const twice = '{"worldFile":1,\n"stores":[{"store_id":"a","timeZone":"UTC",\n"store_id":"b"}]}';
  expect(() => readWorldFile(twice)).toThrow(
    'stores[0].store_id: appears twice in the file, again in line 3',
  );
  expect(() => readWorldFile('{\n"worldFile": 1,\n"stores": [\n],\n}')).toThrow(
    /^The world file is not JSON: .*, in line 5$/,
  );
  expect(() => readWorldFile('['.repeat(100_000))).toThrow(
    'Expected a world file of objects and lists at most 500 within each other.',
  );
  expect(readWorldFile(`\ufeff${JSON.stringify(lisbon)}`)).toEqual(lisbon);
});
