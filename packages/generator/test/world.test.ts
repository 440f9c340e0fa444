import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createWorld, WorldError } from '../src/index.js';
import { threefry2x32 } from '../src/model/threefry.js';

test('random numbers are the published known answers of Threefry2x32-13', () => {
  const out = new Uint32Array(2);
  threefry2x32(out, 0, 0, 0, 0);
  expect([...out]).toEqual([0x9d1c5ec6, 0x8bd50731]);
  threefry2x32(out, 0x13198a2e, 0x03707344, 0x243f6a88, 0x85a308d3);
  expect([...out]).toEqual([0xba3e4725, 0xf27d669e]);
});

test('the union of shards is the unsharded world, for any count', () => {
  const lines = (shard?: { index: number; count: number }): string[] =>
    [...createWorld({ seed: 3, stores: 6, products: 15, days: 3, ...(shard && { shard }) }).events()].map(
      (event) => JSON.stringify(event),
    );
  const whole = lines().sort();
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), (count) => {
      const union = Array.from({ length: count }, (_, index) => lines({ index, count })).flat();
      expect(union.sort()).toEqual(whole);
    }),
    { numRuns: 15 },
  );
});

test('stock is the stock before plus the change, time never goes back, sequences rise by one', () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const stock = new Map<string, number>();
      const sequence = new Map<string, number>();
      let time = '';
      for (const event of createWorld({ seed, stores: 4, products: 25, days: 12 }).events()) {
        const series = `${event.store_id} ${event.product_id}`;
        const before = stock.get(series);
        if (before !== undefined) expect(event.current_stock).toBe(before + event.quantity_delta);
        stock.set(series, event.current_stock);
        expect(event.sequence).toBe((sequence.get(event.store_id) ?? 0) + 1);
        sequence.set(event.store_id, event.sequence);
        expect(event.event_time >= time).toBe(true);
        time = event.event_time;
        expect(event.is_low_stock).toBe(event.current_stock < event.min_threshold);
      }
    }),
    { numRuns: 10 },
  );
});

test('a wrong option is named, with what is allowed', () => {
  expect(() => createWorld({ stores: 0 })).toThrow(WorldError);
  expect(() => createWorld({ stores: 0 })).toThrow('Expected `stores` to be 1 to 1000000, got 0.');
});
