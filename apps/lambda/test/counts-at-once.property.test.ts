import type { InventoryEvent } from '@store/schema';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CountWorld, type Fate } from './count-world.js';

interface Count {
  readonly shop: string;
  readonly item: string;
  readonly hour: number;
  readonly stock: number;
  /** A row that is no event for its type. */
  readonly isWrong: boolean;
}

const shops = ['S1', 'S2'];
const items = ['a', 'b'];
const count = fc.record<Count>({
  shop: fc.constantFrom(...shops),
  item: fc.constantFrom(...items),
  // Few hours and few stocks: a shelf is counted twice at one time, and the same count is told twice.
  hour: fc.nat(5),
  stock: fc.nat(3),
  isWrong: fc.nat(9).map((n) => n === 0),
});
const forms = ['array', 'lines', 'csv', 'object'] as const;
const message = fc.record({
  counts: fc.array(count, { minLength: 1, maxLength: 4 }),
  form: fc.constantFrom(...forms),
  /** A queue delivers a message at least once. */
  copies: fc.constantFrom(1, 1, 2),
});
const fates = fc.constantFrom<Fate>(
  'done',
  'done',
  'done',
  'done',
  'fails before',
  'fails after',
  'ends before',
  'ends after',
);

const rowOf = ({ shop, item, hour, stock, isWrong }: Count): Record<string, unknown> => ({
  shop,
  item,
  at: `2026-01-05T0${hour}:00:00Z`,
  stock,
  type: isWrong ? 'recount' : 'stock_count',
});

function textOf(counts: readonly Count[], form: (typeof forms)[number]): string {
  const rows = counts.map(rowOf);
  if (form === 'array') return JSON.stringify(rows);
  if (form === 'lines') return rows.map((row) => JSON.stringify(row)).join('\n');
  const [first = {}] = rows;
  return [Object.keys(first), ...rows.map((row) => Object.values(row))]
    .map((cells) => cells.join())
    .join('\n');
}

/** The events of the lake, each once. One id has one content. */
function eventsOf({ events }: CountWorld): readonly InventoryEvent[] {
  const byId = new Map<string, InventoryEvent>();
  for (const event of events) {
    expect(byId.get(event.event_id) ?? event).toEqual(event);
    byId.set(event.event_id, event);
  }
  return [...byId.values()];
}

const hourOf = ({ event_time }: InventoryEvent): number => Number(event_time.slice(11, 13));

test('of functions that count one shelf at the same time, each change is told once, whatever fails or ends when', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(message, { minLength: 1, maxLength: 8 }),
      fc.array(fates, { maxLength: 40 }),
      fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 4 }),
      async (scheduler, messages, given, sizes) => {
        const world = new CountWorld(scheduler, given);
        const queue = messages.flatMap(({ counts, form, copies }, at) => {
          const text = textOf(counts, form);
          const body = form === 'object' ? world.upload(`counts-${at}.csv`, text) : text;
          return Array.from({ length: copies }, () => body);
        });
        const work = async (size: number): Promise<void> => {
          while (queue.length > 0) queue.push(...(await world.invoke(queue.splice(0, size))));
        };
        await scheduler.waitFor(Promise.all(sizes.map(work)));
        // What somebody had in hand while the others saw an empty queue.
        await scheduler.waitFor(work(1));

        const events = eventsOf(world);
        const all = messages.flatMap(({ counts }) => counts);
        for (const shop of shops)
          for (const item of items) {
            const shelf = events
              .filter(({ store_id, product_id }) => store_id === shop && product_id === item)
              .sort((one, other) => one.sequence - other.sequence);
            let [before] = shelf;
            for (const event of shelf) {
              expect(event.quantity_delta).toBe(event.current_stock - (before?.current_stock ?? 0));
              expect(event.event_time >= (before?.event_time ?? '')).toBe(true);
              before = event;
            }
            expect(new Set(shelf.map(({ sequence }) => sequence)).size).toBe(shelf.length);
            // What is counted last is never out of order.
            const right = all.filter((one) => one.shop === shop && one.item === item && !one.isWrong);
            if (right.length > 0)
              expect(before === undefined ? -1 : hourOf(before)).toBe(
                Math.max(...right.map(({ hour }) => hour)),
              );
          }
        // Each count is an event, or kept: since it is wrong, or since a later one was first.
        for (const one of all) {
          const { shop, item, hour, stock, isWrong } = one;
          const isThere = events.some(
            (event) =>
              event.store_id === shop &&
              event.product_id === item &&
              hourOf(event) === hour &&
              event.current_stock === stock,
          );
          const codes = world.kept.flatMap(({ code, raw }) => {
            const text = 'text' in raw ? raw.text : '';
            const values = Object.values(rowOf(one));
            return text === JSON.stringify(rowOf(one)) || text.trim().endsWith(values.join()) ? [code] : [];
          });
          if (isWrong) expect(codes).not.toEqual([]);
          else expect(isThere || codes.includes('OUT_OF_ORDER')).toBe(true);
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('a count whose function ended before it was sent is told when it comes again behind a later one', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const world = new CountWorld(scheduler, ['done', 'ends after']);
      const [first = '', later = ''] = [
        { shop: 'S1', item: 'a', hour: 1, stock: 7, isWrong: false },
        { shop: 'S1', item: 'a', hour: 3, stock: 4, isWrong: false },
      ].map((one) => textOf([one], 'lines'));
      const again = await scheduler.waitFor(world.invoke([first]));
      await scheduler.waitFor(world.invoke([later, ...again]));

      expect(world.kept).toEqual([]);
      const told = world.events.map(({ current_stock, quantity_delta }) => [current_stock, quantity_delta]);
      expect(told.sort()).toEqual([
        [4, -3],
        [7, 0],
      ]);
    }),
    { numRuns: 10 },
  );
});

test('a file has many counts of one shelf, and comes again after its function ended: each is told once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const world = new CountWorld(scheduler, ['done', 'done', 'done', 'done', 'ends before']);
      const rows = Array.from({ length: 1500 }, (_, minute) =>
        ['S1', 'a', new Date(minute * 60_000).toISOString(), minute % 7, 'stock_count'].join(),
      );
      const body = world.upload('minutes.csv', ['shop,item,at,stock,type', ...rows].join('\n'));
      await scheduler.waitFor(world.invoke([body]));
      expect(await scheduler.waitFor(world.invoke([body]))).toEqual([]);
      expect(world.kept).toEqual([]);
      expect(eventsOf(world).map(({ quantity_delta }) => quantity_delta)).toHaveLength(1500);
    }),
    { numRuns: 1 },
  );
});
