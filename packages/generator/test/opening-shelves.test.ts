import { expect, test } from 'vitest';
import { createWorld } from '../src/index.js';

const options = { seed: 7, stores: 4, products: 30, start: '2026-01-05', days: 6 } as const;
const keyOf = (shelf: { readonly store_id: string; readonly product_id: string }): string =>
  `${shelf.store_id}/${shelf.product_id}`;

test('the first event of a shelf changes its opening stock by its delta, wherever the world stands', () => {
  const world = createWorld(options);
  const events = [...world.events()];
  const opening = [...world.openingShelves()];
  expect(opening).toHaveLength(4 * 30);
  expect([...createWorld(options).openingShelves()]).toEqual(opening);
  const shelves = new Map(opening.map((shelf) => [keyOf(shelf), shelf]));
  const seen = new Set<string>();
  for (const event of events) {
    if (seen.has(keyOf(event))) continue;
    seen.add(keyOf(event));
    const shelf = shelves.get(keyOf(event));
    expect(event.current_stock - event.quantity_delta).toBe(shelf?.current_stock);
    expect(event.min_threshold).toBe(shelf?.min_threshold);
  }
  expect(seen.size).toBeGreaterThan(80);
});
