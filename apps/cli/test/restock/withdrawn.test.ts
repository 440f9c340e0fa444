import { createWorld } from '@store/generator';
import { createLowStockDetector, detectLowStock } from '@store/restock';
import { expect, test } from 'vitest';

const day = 86_400_000;
const start = '2026-01-05';
const products = Array.from({ length: 60 }, (_, p) => ({
  product_id: `p${p}`,
  ...(p % 3 === 0 ? {} : { withdrawn: `2026-01-${String(6 + (p % 9)).padStart(2, '0')}` }),
}));
const lastDay = (product_id: string): number => {
  const { withdrawn = '2030-01-01' } = products[Number(product_id.slice(1))] ?? {};
  return Date.parse(withdrawn);
};

test.each([0, 4])(
  'trucks come for what is kept, and for nothing that is withdrawn, at a margin of %s',
  (recoveryMargin) => {
    const world = createWorld({
      seed: 15,
      start,
      days: 30,
      stores: [
        { store_id: 's', timeZone: 'UTC' },
        { store_id: 't', timeZone: 'UTC' },
      ],
      products,
      replenishment: 'deliveries',
    });
    const detector = createLowStockDetector({ recoveryMargin });
    const events = [];
    let trucks = 0;
    for (const event of world.events()) {
      events.push(event);
      const request = detector.add(event);
      if (request === undefined) continue;
      const { store_id, product_id, quantity } = request;
      expect(Date.parse(event.event_time)).toBeLessThan(lastDay(product_id) + day);
      const atMs = Date.parse(event.event_time) + day / 2;
      if (atMs < Date.parse(start) + 28 * day) {
        world.deliver({ store_id, product_id, quantity, at: new Date(atMs) });
      }
      trucks += 1;
    }
    expect(trucks).toBeGreaterThan(100);
    // Who looks at the lake for the first time finds nothing open of them either, but some of what is kept.
    const open = detectLowStock(events, { episodes: 'open', recoveryMargin });
    expect(open.filter(({ product_id }) => lastDay(product_id) < Date.parse(start) + 30 * day)).toEqual([]);
    expect(open.length).toBeGreaterThan(0);
  },
);
