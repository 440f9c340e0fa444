import { expect, test } from 'vitest';
import {
  chaosDefaults,
  createWorld,
  eventTypes,
  presets,
  worldDefaults,
  worldLimits,
  type WorldOptions,
} from '../src/index.js';
import { offsetMinutes } from '../src/model/time-zone.js';

// What a program without types may pass.
const modelled = (change: object): unknown => ({
  ...presets.m5,
  model: { ...presets.m5.model, ...change },
});

test.each([
  ['a rate', modelled({ lateRate: 7 }), 'Expected `preset.model.lateRate` to be 0 to 1, got 7.'],
  [
    'no number',
    modelled({ logMean: Number.NaN }),
    'Expected `preset.model.logMean` to be -10 to 10, got NaN.',
  ],
  [
    'lead days',
    modelled({ leadDays: [3, 1] }),
    /^Expected `preset\.model\.leadDays` to be two whole numbers, /,
  ],
  [
    'weekdays',
    modelled({ weekdays: [1, 1] }),
    /^Expected `preset\.model\.weekdays` to be a list of 7 numbers/,
  ],
  [
    'months, none open',
    modelled({ months: Array(12).fill(0) }),
    /^Expected `preset\.model\.months` to be .* one at/,
  ],
  [
    'holes',
    modelled({ weekdays: Array(7) }),
    /^Expected `preset\.model\.weekdays\[0\]` to be 0 to 100, got undefined\./,
  ],
  ['a negative', modelled({ weekdays: [-1, 1, 1, 1, 1, 1, 1] }), /^Expected `preset\.model\.weekdays\[0\]`/],
  [
    'no finite one',
    modelled({ weekdays: [1, 1, 1, 1, 1, 1, Infinity] }),
    /^Expected `preset\.model\.weekdays\[6\]`/,
  ],
  [
    'shares above 1',
    modelled({ storeShare: 0.5, categoryShare: 0.2, productShare: 0.6 }),
    'Expected `preset.model.productShare` to be at most 1 less `storeShare` and `categoryShare`, 0.3, got 0.6.',
  ],
  [
    'levels in the wrong order',
    modelled({ fixedReorderPoint: 9, fixedOrderUpTo: 8 }),
    /^Expected `preset\.model\.fixedOrderUpTo` to be at least `fixedReorderPoint`, 9, got 8\.$/,
  ],
  ['text for a number', modelled({ leadDays: ['1', '2'] }), /^Expected `preset\.model\.leadDays` to be two/],
  ['a policy', modelled({ policy: 'xx' }), /^Expected `preset\.model\.policy` to be 'sS', /],
  [
    'a flag',
    modelled({ holidays: undefined }),
    'Expected `preset.model.holidays` to be true or false, got undefined.',
  ],
  [
    'a value beside the model',
    { ...presets.m5, shrinkRate: 0 },
    /^Unknown option `preset\.shrinkRate`\. Known/,
  ],
  ['a value of nobody’s', modelled({ shrinkrate: 0 }), 'Did you mean `preset.model.shrinkRate`?'],
])('%s of a preset is refused with its name', (_, preset, message) => {
  expect(() => createWorld({ preset } as WorldOptions)).toThrow(message);
});

test('a weekday or month of 0 is a closed day: no event of a store is on it, in local time', () => {
  const model = {
    ...presets.m5.model,
    weekdays: [1, 1, 0, 1, 1, 1, 0],
    months: [1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
  };
  const world = createWorld({ stores: 22, products: 30, days: 70, preset: { ...presets.m5, model } });
  const zones = new Map(world.stores.map(({ store_id, timeZone }) => [store_id, timeZone]));
  const seen = new Set<string>();
  for (const { store_id, event_time } of world.events()) {
    const zone = zones.get(store_id) ?? { name: '', standardMinutes: 0, daylight: 'none' };
    const ms = Date.parse(event_time);
    const day = Math.floor((ms + offsetMinutes(zone, Math.floor(ms / 86_400_000)) * 60_000) / 86_400_000);
    const date = new Date(day * 86_400_000);
    seen.add(`${date.getUTCDay()} ${date.getUTCMonth()}`);
  }
  expect(Array.from(seen).sort()).toEqual([
    '1 0',
    '1 2',
    '2 0',
    '2 2',
    '4 0',
    '4 2',
    '5 0',
    '5 2',
    '6 0',
    '6 2',
  ]);
});

test('what a world hands out is frozen, and what it was given may change afterwards', () => {
  const model = { ...presets.m5.model, weekdays: [...presets.m5.model.weekdays] };
  const shard = { index: 0, count: 2 };
  const world = createWorld({ stores: 4, products: 9, preset: { ...presets.m5, model }, shard });
  const given = [
    world.stores,
    world.products,
    presets,
    chaosDefaults,
    eventTypes,
    worldDefaults,
    worldLimits,
  ];
  const open: string[] = [];
  const walk = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) return;
    if (!Object.isFrozen(value)) open.push(path);
    for (const [name, part] of Object.entries(value)) walk(part, `${path}.${name}`);
  };
  walk(given, 'given');
  expect(open.filter((path) => path !== 'given')).toEqual([]);
  const before = [...world.events()];
  model.weekdays.fill(0);
  shard.index = 1;
  world.seek(new Date(world.startMs));
  expect([...world.events()]).toEqual(before);
});
