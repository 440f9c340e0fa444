import { createWorld } from '@store/generator';

// The same options give the same events, on any machine.
const options = { seed: 7, stores: 4, products: 25, start: '2026-01-05', days: 2 };

// 1. Typed objects, in the order of time.
const kinds = new Map<string, number>();
for (const event of createWorld(options).events()) {
  kinds.set(event.event_type, (kinds.get(event.event_type) ?? 0) + 1);
}
console.log(Object.fromEntries([...kinds].sort(([a], [b]) => (a < b ? -1 : 1))));

// 2. The same as bytes, for a file, a queue or a socket. A loop that keeps no chunk saves memory with `{ lend: true }`.
const bytesOf = (index: number, count: number): string[] => {
  const text = new TextDecoder();
  let lines = '';
  for (const chunk of createWorld({ ...options, shard: { index, count } }).ndjson())
    lines += text.decode(chunk);
  return lines.trim().split('\n');
};

// 3. Two processes make half of it each, and together exactly the whole.
const halves = [...bytesOf(0, 2), ...bytesOf(1, 2)].sort();
console.log('halves are the whole:', halves.join('\n') === bytesOf(0, 1).sort().join('\n'));

// 4. A world that waits for your own trucks: only what you deliver fills a shelf.
const world = createWorld({ ...options, days: 4, replenishment: 'deliveries' });
const [first] = world.events();
if (first === undefined) throw new Error('The world has no event.');
const { store_id, product_id } = first;
world.seek('2026-01-05');
world.deliver({ store_id, product_id, quantity: 30, at: '2026-01-07T10:00:00Z' });
for (const { event_type, event_time, quantity_delta } of world.events()) {
  if (event_type === 'restock') console.log(event_type, event_time, quantity_delta);
}
