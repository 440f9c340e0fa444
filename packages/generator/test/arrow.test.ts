import { tableFromIPC, tableToIPC } from 'apache-arrow';
import { expect, test } from 'vitest';
import { toArrow } from './to-arrow.js';
import { smallWorld } from './lines.js';

test('a batch becomes an Arrow table, its numbers without a copy, and Arrow reads the events back', () => {
  const world = smallWorld();
  const expected = [...smallWorld().events()];
  let seen = 0;
  for (const batch of world.batches({ maxEvents: 100 })) {
    const table = toArrow(world, batch);
    const values: unknown = table.getChild('current_stock')?.data[0]?.values;
    expect(values instanceof Int32Array && values.buffer === batch.currentStock.buffer).toBe(true);
    for (const row of tableFromIPC(tableToIPC(table)).toArray()) {
      const event = expected[seen++];
      // Arrow types its rows by the schema that a reader cannot know before reading.
      const { event_time: time, ...read } = row as Record<string, unknown>;
      expect(new Date(Number(time)).toISOString()).toBe(event?.event_time);
      expect(read).toMatchObject({
        sequence: event?.sequence,
        store_id: event?.store_id,
        product_id: event?.product_id,
        event_type: event?.event_type,
        quantity_delta: event?.quantity_delta,
        current_stock: event?.current_stock,
        min_threshold: event?.min_threshold,
        on_order: event?.on_order,
        unit_price_cents: Math.round(Number(event?.unit_price) * 100),
      });
    }
  }
  expect(seen).toBe(expected.length);
});
