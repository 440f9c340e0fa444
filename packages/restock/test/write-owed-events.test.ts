import { createVirtualClock } from '@store/foundation';
import type { InventoryEvent } from '@store/schema';
import { eventHourPartitioning } from '@store/schema';
import fc from 'fast-check';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { createMemoryLedger, requestFor, writeOwedEvents, type RestockLedger } from '../src/index.js';
import { inventoryEvent } from './events.js';
import { openLake, type Lake } from './lake.js';

let lake: Lake;
let ledger: RestockLedger;
let events: InventoryEvent[];
const request = requestFor(inventoryEvent({ sequence: 7, current_stock: 2, quantity_delta: -3 }));

beforeAll(async () => {
  lake = await openLake();
});
beforeEach(async () => {
  ledger = createMemoryLedger();
  events = [
    inventoryEvent({ sequence: 7, current_stock: 2, quantity_delta: -3, unit_price: 1.25 }),
    inventoryEvent({ sequence: 8, current_stock: 1, on_order: 1 }),
    inventoryEvent({ store_id: "O'Hara", sequence: 3 }),
  ];
  await lake.fill(events);
});

/** Takes a request on, and brings it so far. */
async function move(...states: readonly ('on_the_way' | 'delivered' | 'cancelled')[]): Promise<void> {
  await ledger.ask(request);
  await ledger.take(request);
  await ledger.told(request.request_id, 1);
  for (const state of states) await ledger.advance(request.request_id, state);
}

async function write(
  sink: (sent: readonly InventoryEvent[]) => Promise<void> = async (sent) => {
    events.push(...sent);
    await lake.fill(events);
  },
  from?: string,
): Promise<number> {
  const entries = await ledger.find([request.request_id]);
  return writeOwedEvents(ledger, entries.values(), async (sql) => lake.rows(sql), sink, {
    table: 'inventory_events',
    partitioning: eventHourPartitioning,
    ...(from === undefined ? {} : { from }),
  });
}

test('an order is written on its shelf, as its last event was, and once', async () => {
  await move();
  expect(await write()).toBe(1);
  expect(events.at(-1)).toMatchObject({
    event_id: `${request.request_id}/order_placed`,
    event_type: 'order_placed',
    store_name: 'Store 1',
    location: { city: 'Oslo', latitude: 59.9 },
    unit_price: 1.25,
    quantity_delta: 0,
    current_stock: 1,
    on_order: 1 + request.quantity,
    is_low_stock: true,
  });
  expect(await write()).toBe(0);
});

test('a request that continued before anything was written owes both events, one on the other', async () => {
  await move('on_the_way', 'delivered');
  expect(await write()).toBe(2);
  expect(
    events.slice(-2).map(({ event_type, current_stock, on_order }) => [event_type, current_stock, on_order]),
  ).toEqual([
    ['order_placed', 1, 1 + request.quantity],
    ['restock', 1 + request.quantity, 1],
  ]);
});

test('an order that the trucks have not heard of is none yet: they may refuse it', async () => {
  await ledger.ask(request);
  await ledger.take(request);
  expect(await write()).toBe(0);
  await ledger.release(request.request_id, 1);
  expect(await write()).toBe(0);
  await ledger.take(request);
  await ledger.told(request.request_id, 1);
  expect(await write()).toBe(1);
});

test('what was not accepted stays owed; what is in the lake already is noted alone', async () => {
  await move();
  const broken = async (): Promise<void> => Promise.reject(new Error('no stream'));
  await expect(write(broken)).rejects.toThrow('no stream');
  expect([...(await ledger.find([request.request_id])).values()][0]?.owed_events).toEqual(['order_placed']);
  // Accepted, and the process ended before it was noted.
  const died = async (sent: readonly InventoryEvent[]): Promise<void> => {
    events.push(...sent);
    await lake.fill(events);
    throw new Error('killed');
  };
  await expect(write(died)).rejects.toThrow('killed');
  expect(await write()).toBe(0);
  expect(events.filter(({ event_type }) => event_type === 'order_placed')).toHaveLength(1);
  expect([...(await ledger.find([request.request_id])).values()][0]?.owed_events).toEqual([]);
});

test('a shelf that was silent since `from` keeps what it owes', async () => {
  await move();
  expect(await write(undefined, '2026-01-06T00:00:00Z')).toBe(0);
  expect(await write(undefined, '2026-01-05T00:00:00Z')).toBe(1);
});

test('whatever is taken back, asked again and cut off: each move is one event, and on order is what comes', async () => {
  const step = fc.constantFrom('take', 'take', 'cancel', 'ask', 'deliver', 'write', 'write and die', 'sell');
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const clock = createVirtualClock(Date.UTC(2026, 0, 6));
      ledger = createMemoryLedger({ clock });
      events = [inventoryEvent({ sequence: 7, current_stock: 2 })];
      await lake.fill(events);
      await ledger.ask(request);
      const moves = { order_placed: 0, adjustment: 0, restock: 0 };
      const entry = async () => (await ledger.find([request.request_id])).get(request.request_id);
      for (const what of steps) {
        clock.advance(60_000);
        const { attempt = 1, state = '' } = (await entry()) ?? {};
        const isOrdered = state === 'acknowledged';
        if (what === 'ask') await ledger.ask(request);
        if (what === 'take' && state === 'asked') {
          await ledger.take(request);
          await ledger.told(request.request_id, attempt);
          moves.order_placed += 1;
        }
        if (what === 'cancel' && (isOrdered || state === 'asked')) {
          await ledger.advance(request.request_id, 'cancelled');
          if (isOrdered) moves.adjustment += 1;
        }
        if (what === 'deliver' && isOrdered) {
          await ledger.advance(request.request_id, 'delivered');
          moves.restock += 1;
        }
        if (what === 'write') await write();
        if (what === 'write and die') {
          await write(async (sent) => {
            events.push(...sent);
            await lake.fill(events);
            throw new Error('killed');
          }).catch(() => undefined);
        }
        const last = events.at(-1);
        if (what === 'sell' && last !== undefined) {
          const event_time = new Date(
            Math.max(clock.wallNow(), Date.parse(last.event_time) + 1),
          ).toISOString();
          events.push({ ...last, event_id: `sale-${events.length}`, event_type: 'sale', event_time });
          await lake.fill(events);
        }
      }
      await write();

      expect(new Set(events.map(({ event_id }) => event_id)).size).toBe(events.length);
      for (const kind of ['order_placed', 'adjustment', 'restock'] as const)
        expect(events.filter(({ event_type }) => event_type === kind)).toHaveLength(moves[kind]);
      const isComing = (await entry())?.state === 'acknowledged';
      expect(events.at(-1)?.on_order).toBe(isComing ? request.quantity : 0);
      expect(await entry()).not.toHaveProperty('earlier_attempts');
    }),
    { numRuns: 60 },
  );
});
