import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  createWorld,
  presets,
  readWorldFile,
  type PolicyState,
  type ReplenishmentPolicy,
  type World,
  type WorldOptions,
} from '../src/index.js';
import { offsetMinutes } from '../src/model/time-zone.js';
import { linesOf, smallWorld } from './lines.js';
import { repeated, restless } from './policies.js';
import { worldFiles } from './world-files.js';

const DAY_MS = 86_400_000;

const modelled = (name: 'm5' | 'fresh' | 'theory', change: object): WorldOptions => ({
  preset: { ...presets.m5, model: { ...presets[name].model, ...change } },
});

test('a function that repeats a built-in policy gives its events byte for byte', () => {
  const kinds = [
    ['sS', modelled('m5', { policy: 'sS' })],
    ['sQ', modelled('m5', { policy: 'sQ' })],
    ['newsvendor', modelled('fresh', {})],
    ['sS', modelled('theory', {})],
    ['sS', modelled('m5', { leadDays: [0, 2], lateRate: 0.5, fixedReorderPoint: 4, fixedOrderUpTo: 9 })],
    ['sS', modelled('m5', { weekdays: [1, 0, 1, 1, 1, 1, 0], countIntervalDays: 3, shrinkRate: 0.2 })],
  ] as const;
  for (const [name, options] of kinds) {
    const size = { ...options, days: 25, stores: 5 };
    const [own, builtIn] = [smallWorld({ ...size, policy: repeated[name] }), smallWorld(size)];
    const lines = linesOf(own);
    expect(lines).toEqual(linesOf(builtIn));
    expect(lines.length).toBeGreaterThan(200);
    expect(own.truth().totals()).toEqual(builtIn.truth().totals());
  }
});

test('shards, seek, truth and resume are as exact under a function with a memo as without', () => {
  fc.assert(
    fc.property(
      worldFiles,
      fc.integer({ min: 2, max: 4 }),
      fc.nat(300),
      fc.boolean(),
      (file, count, read, late) => {
        const open = (shard = { index: 0, count: 1 }): World =>
          createWorld({
            ...readWorldFile(JSON.stringify(file)),
            ...(late ? modelled('m5', { lateRate: 0.6, leadDays: [0, 3] }) : {}),
            ...{ start: '2026-03-08', days: 12, seed: 3, shard, policy: restless },
          });
        const world = open();
        const events = [...world.events()];
        const lines = linesOf(open());
        const parts = Array.from({ length: count }, (_, index) => linesOf(open({ index, count })));
        expect(parts.flat().sort()).toEqual([...lines].sort());
        const totals = world.truth().totals();
        expect(totals.sold + totals.lost).toBe(totals.demand + totals.substituted);
        const again = open();
        const reader = again.events();
        for (let n = 0; n < read; n++) reader.next();
        const snapshot = again.snapshot();
        for (let n = 0; n < 50; n++) reader.next();
        const other = open();
        other.restore(snapshot);
        expect(linesOf(other)).toEqual(lines.slice(read));
        const at = events[Math.min(read, events.length - 1)];
        if (at === undefined) return;
        other.seek(at.event_time);
        const expected = lines.slice(events.findIndex(({ event_time }) => event_time >= at.event_time));
        expect(linesOf(other.at(at.event_time))).toEqual(expected);
        expect(linesOf(other)).toEqual(expected);
      },
    ),
    { numRuns: 12 },
  );
});

test('a state is what the events of the store have told by then, and nothing else', () => {
  const states = new Map<string, PolicyState>();
  const policy: ReplenishmentPolicy = (state) => {
    states.set(`${state.store.store_id} ${state.date}`, state);
    return restless(state);
  };
  const size = { days: 30, stores: 4, start: '2026-05-20', seed: 5, policy };
  const world = smallWorld({ ...size, ...modelled('m5', { lateRate: 0.3, promotionRate: 0.1 }) });
  const events = [...world.events()];
  let checked = 0;
  for (const { date, store, products } of states.values()) {
    const today = Date.parse(date) / DAY_MS;
    const local = (time: string): number => {
      const ms = Date.parse(time);
      return ms + offsetMinutes(store.timeZone, Math.floor(ms / DAY_MS)) * 60_000;
    };
    const evening = Date.parse(date) + (store.closesAtMinute + 34) * 60_000;
    const told = events.filter(
      (event) => event.store_id === store.store_id && local(event.event_time) < evening,
    );
    // Of days that are in part outside the world's time, not all events are told.
    if (today * DAY_MS < world.startMs + 2 * DAY_MS || today * DAY_MS >= world.endMs - DAY_MS) continue;
    for (const product of products) {
      const mine = told.filter(({ product_id }) => product_id === product.product_id);
      const last = mine.at(-1);
      if (last === undefined) continue;
      const sold = new Map<number, number>();
      for (const { event_type, event_time, quantity_delta } of mine) {
        const day = Math.floor(local(event_time) / DAY_MS);
        if (event_type === 'sale') sold.set(day, (sold.get(day) ?? 0) - quantity_delta);
      }
      expect([product.recordedStock, product.onOrder]).toEqual([last.current_stock, last.on_order]);
      expect(product.onOrder).toBe(product.openOrders.reduce((sum, { quantity }) => sum + quantity, 0));
      expect(product.soldToday).toBe(sold.get(today) ?? 0);
      expect(product.recentSales).toHaveLength(28);
      const known = Math.min(28, today - world.startMs / DAY_MS - 1);
      for (let n = 1; n <= known; n++) expect(product.recentSales.at(-n)).toBe(sold.get(today - n + 1) ?? 0);
      checked++;
    }
  }
  expect(checked).toBeGreaterThan(1000);
});

test('two worlds that look alike show the same states, whatever the truth is', () => {
  const seen = (unseenShrinkShare: number): { states: string[]; lines: string[]; shrunk: number } => {
    const states: string[] = [];
    const policy: ReplenishmentPolicy = (state) => {
      states.push(JSON.stringify(state));
      return repeated.sS(state);
    };
    // Thefts that no count finds, from shelves that are never empty.
    const still = { countIntervalDays: 0, returnRate: 0, shelfFailureRate: 0, receivingErrorRate: 0 };
    const shrinkRate = unseenShrinkShare === 0 ? 0 : 0.02;
    const full = { fixedReorderPoint: 400, fixedOrderUpTo: 900, ...still, shrinkRate, unseenShrinkShare };
    const world = smallWorld({ ...modelled('m5', full), days: 40, policy });
    const lines = linesOf(world).map((line) => line.replace(/"event_id":"\w+/, ''));
    return { states, lines, shrunk: world.truth().totals().shrunk };
  };
  const [honest, robbed] = [seen(0), seen(1)];
  expect(robbed.lines).toEqual(honest.lines);
  expect(robbed.states.length).toBeGreaterThan(300);
  expect(robbed.states).toEqual(honest.states);
  expect(honest.shrunk).toBe(0);
  expect(robbed.shrunk).toBeGreaterThan(10);
});

test('a state has the calendar, prices and promotions that the retailer plans', () => {
  const states: PolicyState[] = [];
  const policy: ReplenishmentPolicy = (state) => {
    states.push(state);
    return [];
  };
  const world = createWorld({
    stores: [
      {
        store_id: 'lx',
        timeZone: 'Europe/Lisbon',
        currency: 'EUR',
        holidays: { '2026-04-03': 0, '2026-04-04': 1.5 },
        opens: { sat: ['09:00', '14:00'], sun: null },
      },
    ],
    products: [
      { product_id: 'oats', unit_price: 2, packUnits: 8, shelfLifeDays: 30 },
      { product_id: 'figs', unit_price: 4, launched: '2026-04-07' },
    ],
    calendar: { promotions: [{ product_id: 'oats', from: '2026-04-04', to: '2026-04-07', price: 0.5 }] },
    start: '2026-04-01',
    days: 9,
    policy,
  });
  for (const event of world.events()) if (event.event_type === 'order_placed') throw new Error('an order');
  const [first, second] = states.filter(({ date }) => date >= '2026-04-01');
  expect(first?.date).toBe('2026-04-01');
  expect(first?.calendar).toHaveLength(15);
  expect(first?.calendar.slice(0, 5)).toEqual([
    { date: '2026-04-01', weekday: 'wed', holiday: false, opens: ['08:00', '20:00'] },
    { date: '2026-04-02', weekday: 'thu', holiday: false, opens: ['08:00', '20:00'] },
    { date: '2026-04-03', weekday: 'fri', holiday: true, opens: null },
    { date: '2026-04-04', weekday: 'sat', holiday: true, opens: ['09:00', '14:00'] },
    { date: '2026-04-05', weekday: 'sun', holiday: false, opens: null },
  ]);
  expect([first?.daysToReview, second?.daysToReview]).toEqual([1, 2]);
  expect(first?.products.map(({ product_id }) => product_id)).toEqual(['oats']);
  expect(first?.products[0]).toMatchObject({
    price: 2,
    everydayPrice: 2,
    promotions: [{ from: '2026-04-04', to: '2026-04-07', price: 1 }],
    packUnits: 8,
    shelfLifeDays: 30,
    onOrder: 0,
    openOrders: [],
  });
  const last = states.find(({ date }) => date === '2026-04-09');
  expect(last?.products.map(({ product_id }) => product_id)).toEqual(['oats', 'figs']);
  const closed = last?.products[0]?.recentSales.slice(-7).map((sold) => sold === null);
  expect(closed).toEqual([true, false, true, false, false, false, false]);
});

test('orders come in whole cases, several may be open, and the oldest comes first', () => {
  const seen: PolicyState[] = [];
  const policy: ReplenishmentPolicy = (state) => {
    seen.push(state);
    return state.products.map(({ product_id }) => ({ product_id, quantity: 3 }));
  };
  const world = createWorld({
    ...modelled('m5', { leadDays: [3, 3], lateRate: 0, missedOrderRate: 0 }),
    ...{ stores: 1, products: [{ product_id: 'oats', packUnits: 8, unit_price: 1 }], days: 9, policy },
  });
  const events = [...world.events()];
  const orders = events.filter(({ event_type }) => event_type === 'order_placed');
  expect(orders.length).toBeGreaterThan(7);
  expect(orders.slice(-5).map(({ on_order }) => on_order)).toEqual([24, 24, 24, 24, 24]);
  const last = seen.at(-1)?.products[0];
  expect(last?.openOrders.map(({ quantity }) => quantity)).toEqual([8, 8]);
  expect(last?.openOrders.map(({ due }) => due)).toEqual(
    [...(last?.openOrders ?? [])].map(({ due }) => due).sort(),
  );
  const restocks = events.filter(({ event_type }) => event_type === 'restock');
  expect(restocks.length).toBeGreaterThan(4);
});

const wrongAnswers: readonly (readonly [what: string, answer: unknown, message: string])[] = [
  ['nothing', undefined, 'it returned undefined; return a list of orders, or { orders, memo }.'],
  [
    'a promise',
    Promise.resolve([]),
    'it returned a promise; return a list of orders, or { orders, memo } immediately',
  ],
  ['another object', { order: [] }, "it returned an object with 'order'; return a list"],
  ['orders that are no list', { orders: {} }, '`orders` is '],
  ['a hole', [undefined], 'orders[0] is undefined; give { product_id, quantity }.'],
  [
    'no product',
    [{ quantity: 1 }],
    'orders[0].product_id is undefined, which the store does not have on sale',
  ],
  ['an unknown product', [{ product_id: 'SKU-00001', quantity: 1 }], "Did you mean 'SKU-000001'?"],
  [
    'half a unit',
    [{ product_id: 'SKU-000001', quantity: 0.5 }],
    "orders[0].quantity of 'SKU-000001' is 0.5; give a",
  ],
  [
    'less than none',
    [{ product_id: 'SKU-000001', quantity: -1 }],
    "quantity of 'SKU-000001' is -1; give a whole",
  ],
  ['no number', [{ product_id: 'SKU-000001', quantity: Number.NaN }], "quantity of 'SKU-000001' is NaN"],
  ['no end', [{ product_id: 'SKU-000001', quantity: Infinity }], "quantity of 'SKU-000001' is Infinity"],
  ['text', [{ product_id: 'SKU-000001', quantity: '3' }], 'quantity of \'SKU-000001\' is "3"'],
  [
    'a typing error',
    [{ product_id: 'SKU-000001', units: 3 }],
    "of 'SKU-000001' has the unknown field 'units'",
  ],
  [
    'a product twice',
    [
      { product_id: 'SKU-000001', quantity: 1 },
      { product_id: 'SKU-000001', quantity: 1 },
    ],
    "orders[1] orders 'SKU-000001' a second time",
  ],
  ['a date', { orders: [], memo: { at: new Date(0) } }, '`memo.at` is a Date, which JSON cannot carry'],
  ['a map', { orders: [], memo: new Map() }, '`memo` is a Map, which JSON cannot carry'],
  ['no finite number', { orders: [], memo: [1, Number.NaN] }, '`memo[1]` is NaN, which JSON cannot carry'],
  ['a hole in a list', { orders: [], memo: [undefined] }, '`memo[0]` is undefined, which JSON cannot carry'],
  ['a big integer', { orders: [], memo: { n: 5n } }, '`memo.n` is '],
  ['a typed array', { orders: [], memo: { means: new Float64Array(2) } }, '`memo.means` is a Float64Array'],
];

test.each(wrongAnswers)(
  '%s is no answer, and the error names the store and the day',
  (_, answer, message) => {
    const world = smallWorld({
      policy: (({ date }) => (date === '2026-01-06' ? answer : [])) as ReplenishmentPolicy,
    });
    const failed = (): unknown => {
      try {
        return linesOf(world);
      } catch (error) {
        return error;
      }
    };
    const error = failed();
    expect(error).toMatchObject({
      code: 'POLICY_FAILED',
      place: { store_id: 'store-0001', date: '2026-01-06' },
    });
    expect(String(error)).toContain('policy: store-0001 on 2026-01-06: ');
    expect(String(error)).toContain(message);
    // A world that stands within a day says so until it stands elsewhere.
    expect(failed()).toBe(error);
    expect(() => world.snapshot()).toThrow('policy: store-0001');
    world.seek('2026-01-05');
    expect(world.events().next().value?.event_time.slice(0, 10)).toBe('2026-01-05');
  },
);

test('what a policy throws is the cause, and a memo that contains itself is refused', () => {
  const cause = new RangeError('no figs');
  const thrown = (policy: ReplenishmentPolicy): unknown => {
    try {
      return linesOf(smallWorld({ policy }));
    } catch (error) {
      return error;
    }
  };
  expect(
    thrown(() => {
      throw cause;
    }),
  ).toMatchObject({ cause, message: 'policy: store-0001 on 2026-01-04: it threw: no figs' });
  const memo: { self?: unknown } = {};
  memo.self = memo;
  expect(String(thrown(() => ({ orders: [], memo })))).toContain(
    '`memo.self` is an object that contains itself',
  );
  const trap = {
    get orders(): never {
      throw cause;
    },
  };
  expect(thrown(() => trap)).toMatchObject({ cause, code: 'POLICY_FAILED' });
  // What is checked is what is ordered, whatever a foreign object says the next time.
  let asked = 0;
  const order = (product_id: string) => ({
    product_id,
    get quantity() {
      return asked++ === 0 ? 7 : 1e12;
    },
  });
  const ordering: ReplenishmentPolicy = ({ products: [first], memo }) => ({
    orders: memo === undefined && first !== undefined ? [order(first.product_id)] : [],
    memo: 'asked',
  });
  const one = smallWorld({ policy: ordering, stores: 1 });
  expect(Math.max(...Array.from(one.events(), ({ on_order }) => on_order))).toBe(8);
  expect(asked).toBe(1);
  let deep: unknown = 1;
  for (let n = 0; n < 100_000; n++) deep = [deep];
  expect(thrown(() => ({ orders: [], memo: deep }))).toMatchObject({ code: 'POLICY_FAILED' });
  expect(thrown(() => ({ orders: [], memo: { [Symbol('x')]: 1 } }))).toMatchObject({ code: 'POLICY_FAILED' });
  expect(
    String(thrown(({ products: [first] }) => [{ product_id: first?.product_id ?? '', quantity: 1e6 + 1 }])),
  ).toContain('a whole number of units from 0 to 1000000');
});

test('a policy is a name or a function, and a function needs a world that orders', () => {
  expect(() => createWorld({ policy: 'ss' } as unknown as WorldOptions)).toThrow("Did you mean 'sS'?");
  expect(() => createWorld({ policy: 7 } as unknown as WorldOptions)).toThrow('or a function of the state');
  expect(() => createWorld({ policy: () => [], replenishment: 'deliveries' })).toThrow(
    'Expected `replenishment`',
  );
  const snapshot = smallWorld({ policy: () => [] }).snapshot();
  expect(() => {
    smallWorld().restore(snapshot);
  }).toThrow(expect.objectContaining({ code: 'SNAPSHOT_MISMATCH' }));
});
