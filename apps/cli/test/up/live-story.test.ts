import { describe, expect, test } from 'vitest';
import { ChainWatch, type ChainFacts } from '../../src/up/chain-watch.js';
import { FaultWatch } from '../../src/up/fault-watch.js';
import { Freshness } from '../../src/up/freshness.js';
import { History } from '../../src/up/history.js';
import { lowStockPage, parseLowQuery, type LowShelf } from '../../src/up/low-stock.js';
import { RunLog } from '../../src/up/run-log.js';

describe('freshness', () => {
  test('is the age of the oldest event that a count has not seen, and of the count where it has seen all', () => {
    const freshness = new Freshness(0);
    freshness.made(10, 1000);
    freshness.made(25, 2000);
    freshness.made(25, 2500);
    freshness.made(40, 3000);
    freshness.seen(10, 2900);
    expect(freshness.freshAt).toBe(2000);
    freshness.seen(30, 3100);
    expect(freshness.freshAt).toBe(3000);
    freshness.seen(40, 4000);
    expect(freshness.freshAt).toBe(4000);
  });

  test('stands still while nothing is seen, and a world that makes nothing does not age it', () => {
    const freshness = new Freshness(0);
    freshness.made(5, 1000);
    freshness.seen(0, 2000);
    freshness.seen(0, 9000);
    expect(freshness.freshAt).toBe(1000);
    freshness.seen(5, 9500);
    freshness.seen(5, 12_000);
    expect(freshness.freshAt).toBe(12_000);
  });
});

describe('the chain', () => {
  const stats = {
    delivered: 10,
    pending: 0,
    failed: 0,
    throttledRecords: 0,
    retriedRecords: 0,
    p50Ms: 3,
  };
  const facts: ChainFacts = {
    world: { state: 'running', trucksOnTheWay: 4 },
    stats,
    faults: [],
    isDown: false,
    madePerSecond: 600,
    rows: 10,
    freshAt: 0,
    queueSince: undefined,
  };
  const causes = (watch: ChainWatch, more: Partial<ChainFacts>, now: number): string =>
    Object.values(watch.judge({ ...facts, ...more }, now))
      .map(({ state, cause }) => `${state}: ${cause}`)
      .join(', ');

  test('is well while every part has news', () => {
    expect(causes(new ChainWatch(0), {}, 500)).toBe(
      'well: running, well: sending, well: answers, well: fresh, well: ran, well: driving',
    );
  });

  test('without its endpoint says which part is dead, and which only cannot work', () => {
    const watch = new ChainWatch(0);
    const down = { isDown: true, stats: { ...stats, pending: 400 } };
    expect(causes(watch, down, 1000)).toBe(
      'well: running, slow: retrying, dead: down, slow: unreachable, slow: unreachable, slow: unreachable',
    );
    expect(watch.judge({ ...facts, ...down }, 7000).endpoint.since).toBe(1000);
  });

  test('notices a planner that has not run for three of its intervals, and a producer that lost events', () => {
    const watch = new ChainWatch(0);
    watch.planned(3, 1000);
    expect(watch.judge(facts, 6900).planner).toMatchObject({ state: 'well', value: 3, lastGood: 1000 });
    expect(watch.judge(facts, 7100).planner).toMatchObject({ state: 'slow', cause: 'behind' });
    expect(watch.judge({ ...facts, stats: { ...stats, failed: 2 } }, 7100).producer).toMatchObject({
      state: 'dead',
      value: 2,
    });
  });

  test('a part whose work takes longer than its interval is not behind while it works, and is once it says nothing', () => {
    const watch = new ChainWatch(0);
    const workers = (now: number): readonly string[] => {
      const { planner, trucks } = watch.judge(facts, now);
      return [planner.cause, trucks.cause];
    };
    let now = 5000;
    for (let round = 0; round < 20; round++) {
      watch.planned(1, now, 5000);
      watch.good('trucks', now, 3500);
      now += 7000;
      expect(workers(now)).toEqual(['ran', 'driving']);
    }
    // However slow it was, it is behind after three times ten seconds.
    watch.planned(1, now, 60_000);
    expect(workers(now + 29_900)[0]).toBe('ran');
    expect(workers(now + 30_100)[0]).toBe('behind');
    // A machine that is quiet again is judged as one.
    for (let second = 0; second < 900; second += 2) watch.planned(1, (now += 2000), 100);
    expect(workers(now + 7000)[0]).toBe('behind');
  });
});

test('faults are bands and lines of the log; one is over when what waited is delivered', () => {
  const log = new RunLog();
  const faults = new FaultWatch(log);
  faults.look(['kill'], { pending: 0, failed: 0 }, 1000);
  faults.look(['kill'], { pending: 5000, failed: 0 }, 20_000);
  faults.look([], { pending: 9000, failed: 0 }, 31_000);
  expect(faults.bands).toEqual([{ fault: 'kill', from: 1000, to: 31_000 }]);
  expect(log.after().map(({ text }) => text)).toEqual(['Endpoint killed']);
  faults.look([], { pending: 3, failed: 0 }, 32_000);
  expect(log.after(1).map(({ kind, text }) => [kind, text])).toEqual([
    ['good', 'Endpoint back after 30 s: 9,000 waiting events delivered, 0 lost'],
  ]);
});

test('who was away gets the lines behind the last one, and after another start all of them', () => {
  const log = new RunLog();
  for (const text of ['a', 'b', 'c']) log.add('note', text, 0);
  expect(log.after(1).map(({ text }) => text)).toEqual(['b', 'c']);
  expect(log.after(3)).toEqual([]);
  expect(log.after(99).map(({ text }) => text)).toEqual(['a', 'b', 'c']);
});

test('an hour by the second and a day by the minute stay below 200 KB', () => {
  const history = new History();
  for (let at = 1_780_000_000; at < 1_780_000_000 + 90_000; at++)
    history.add({ at, made: 612, landed: 598, freshMs: 383, waiting: at % 60 === 7 ? 90 : 3, lost: 0 });
  const { seconds, minutes } = history.message();
  expect([seconds.at.length, minutes.at.length]).toEqual([3600, 1440]);
  expect(minutes.waiting.every((waiting) => waiting === 90)).toBe(true);
  expect(JSON.stringify(history.message()).length).toBeLessThan(200_000);
});

describe('low stock', () => {
  const shelf = (name: string, store: string, more: Partial<LowShelf>): LowShelf => ({
    storeId: store,
    productId: name,
    storeName: store,
    productName: name,
    category: 'Dairy',
    currentStock: 5,
    minThreshold: 20,
    onOrder: 0,
    sinceMs: 1000,
    ...more,
  });
  const shelves = [
    shelf('Milk', 'Linz', { currentStock: 0, onOrder: 36, arrivesAtMs: 9000 }),
    shelf('Butter', 'Lyon', { sinceMs: 10 }),
    shelf('Apples', 'Linz', { category: 'Produce', currentStock: 19, onOrder: 36 }),
  ];
  const names = (search: string): string[] =>
    lowStockPage(shelves, parseLowQuery(new URLSearchParams(search))).rows.map((row) => row.productName);

  test.each([
    ['', ['Milk', 'Butter', 'Apples']],
    ['sort=name', ['Apples', 'Butter', 'Milk']],
    ['sort=-name', ['Milk', 'Butter', 'Apples']],
    ['sort=order', ['Butter', 'Apples', 'Milk']],
    ['sort=since', ['Butter', 'Apples', 'Milk']],
    ['q=LINZ', ['Milk', 'Apples']],
    ['q=linz+produce', ['Apples']],
    ['from=1&count=1', ['Butter']],
    ['sort=nonsense&from=-1&count=x', ['Milk', 'Butter', 'Apples']],
  ])('?%s', (search, expected) => {
    expect(names(search)).toEqual(expected);
  });
});
