import { acceptAll, createFirehoseProducer, inProcessTransport } from '@store/firehose';
import { createMemoryLedger, planDeliveries, requestFor } from '@store/restock';
import { describe, expect, test } from 'vitest';
import { EventRing, readFilter } from '../../src/up/data-events.js';
import { RequestLog } from '../../src/up/data-requests.js';
import type { RunEvent } from '../../src/up/runs.js';
import { WireLog } from '../../src/up/data-wire.js';

const event = (number: number, change: Partial<RunEvent> = {}): RunEvent => ({
  event_id: `e-${number}`,
  event_type: 'sale',
  event_time: '2026-01-06T08:00:00.000Z',
  sequence: number,
  store_id: 'S1',
  store_name: 'Linz Market',
  location: { city: 'Linz', region: '', country: 'AT', latitude: 48.3, longitude: 14.3 },
  product_id: 'P1',
  product_name: 'Oat milk',
  category: 'Dairy',
  unit_price: 2.5,
  quantity_delta: -1,
  current_stock: number,
  min_threshold: 9,
  on_order: 0,
  is_low_stock: number < 9,
  run: 1,
  ...change,
});

describe('events that pass', () => {
  const matches = (filter: string, change: Partial<RunEvent> = {}): boolean =>
    readFilter(filter)(event(5, change));

  test('a filter compares numbers as numbers, reaches into structs, and joins conditions', () => {
    expect(matches('event_type = sale')).toBe(true);
    expect(matches('event_type != sale')).toBe(false);
    expect(matches('current_stock < 10 and current_stock >= 5')).toBe(true);
    expect(matches("location.city = 'Linz' and is_low_stock = true")).toBe(true);
    expect(matches('store_name ~ market')).toBe(true);
    expect(matches('oat milk')).toBe(true);
    expect(matches('oat milk and current_stock > 5')).toBe(false);
    expect(() => matches('color = red')).toThrow('Events have no field color.');
    expect(() => matches('constructor ~ red')).toThrow('Events have no field constructor.');
  });

  test('the newest are kept, and only those after a number are told', () => {
    const ring = new EventRing();
    for (let number = 1; number <= 6000; number++) ring.add(event(number));
    const first = ring.newest(0, () => true);
    expect([first.passed, first.events.length, first.events[0]?.number]).toEqual([6000, 100, 6000]);
    expect(ring.newest(5998, () => true).events.map(({ number }) => number)).toEqual([6000, 5999]);
    // What left the ring is not found any more.
    expect(ring.newest(0, ({ event_id }) => event_id === 'e-900').events).toEqual([]);
  });
});

test('a record that is refused and sent again is one record of two attempts, and is found by its events', async () => {
  const wire = new WireLog();
  let calls = 0;
  const refusesFirst = inProcessTransport((records) => {
    calls += 1;
    if (calls > 1) return acceptAll(records);
    return {
      FailedPutCount: records.length,
      RequestResponses: records.map(() => ({
        ErrorCode: 'ServiceUnavailableException',
        ErrorMessage: 'Slow down.',
      })),
    };
  });
  const producer = createFirehoseProducer({ deliveryStreamName: 's', transport: wire.tap(refusesFirst) });
  producer.put(event(1));
  producer.put(event(2));
  await producer.close();
  const { made, calls: told } = wire.newest(0);
  expect(made).toBe(2);
  expect(told.map(({ refused, events }) => [refused, events])).toEqual([
    [0, 2],
    [1, 2],
  ]);
  expect(told[1]?.problem).toBe('Slow down.');
  expect(wire.find('e-2')?.record).toMatchObject({ place: 1, events: 2, attempts: 2, billedBytes: 5120 });
  expect(wire.find('e-3')).toBeUndefined();
  expect(wire.call(1)?.text).toMatch(/^\{"event_id":"e-1"/);
});

test('a request is followed from the planner to the shelf, under the load that brings it', async () => {
  const log = new RequestLog();
  const ledger = log.tap(createMemoryLedger());
  const low = event(3, { event_id: 'low', sequence: 7 });
  const request = requestFor(low);
  await ledger.ask(request);
  await ledger.ask(request);
  expect(log.newest()).toMatchObject({
    asked: 1,
    requests: [{ state: 'asked', quantity: request.quantity }],
  });
  await ledger.take(request);
  expect(log.ofShelf('S1', 'P1')?.state).toBe('acknowledged');
  const [load] = planDeliveries([request]);
  if (load === undefined) throw new Error('There is no load.');
  log.left(load);
  expect(log.ofShelf('S1', 'P1')).toMatchObject({ state: 'on_the_way', load: load.load_id });
  await ledger.advance(request.request_id, 'delivered');
  expect(log.newest().requests).toMatchObject([{ id: request.request_id, state: 'delivered' }]);
  expect(log.ofShelf('S1', 'P2')).toBeUndefined();
});
