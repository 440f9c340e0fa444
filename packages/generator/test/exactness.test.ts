import { createHash } from 'node:crypto';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createWorld, MODEL_VERSION, presets, type WorldOptions } from '../src/index.js';
import { linesOf, smallWorld } from './lines.js';

test('the first million events of a seed are the same bytes on every machine', () => {
  // A new hash is a new world: raise MODEL_VERSION with it.
  const hash = createHash('sha256');
  let left = 1_000_000;
  for (const chunk of createWorld({ seed: 42, stores: 100, products: 1000, days: 30 }).ndjson()) {
    const lines = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    let end = 0;
    for (; end < lines.length && left > 0; left--) end = lines.indexOf(10, end) + 1;
    hash.update(lines.subarray(0, end));
    if (left === 0) break;
  }
  expect([MODEL_VERSION, left, hash.digest('hex')]).toEqual([
    2,
    0,
    '77173a17c79f345f2e0cf2e5853533b8645b599da7e85fe28517d6da88e1b3b8',
  ]);
});

test('the union of shards is the unsharded world byte for byte, for any count, more shards than stores too', () => {
  for (const options of [{}, { chaos: true }, { preset: 'highLow', days: 9 }] satisfies WorldOptions[]) {
    const whole = linesOf(smallWorld(options)).sort();
    fc.assert(
      fc.property(fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 13, max: 5000 })), (count) => {
        const union: string[] = [];
        for (let index = 0; index < count; index++) {
          const shard = { index, count };
          if (Math.floor((index * 9) / count) < Math.floor(((index + 1) * 9) / count)) {
            union.push(...linesOf(smallWorld({ ...options, shard })));
          }
        }
        expect(union.sort()).toEqual(whole);
      }),
      { numRuns: 8 },
    );
  }
  expect(linesOf(smallWorld({ shard: { index: 0, count: 100 } }))).toEqual([]);
});

test('seeking an instant equals reading up to it, forward and back, with and without chaos', () => {
  const chaos = { late: 0.1, duplicate: 0.1, outOfOrder: 0.1, dropped: 0.1 };
  // Some products are launched on one of these days.
  const launching = { ...presets.m5, model: { ...presets.m5.model, launchRate: 0.5 } };
  const kinds: readonly WorldOptions[] = [
    { preset: launching, products: 90, stores: 2 },
    { chaos },
    { preset: 'highLow' },
  ];
  for (const kind of kinds) {
    const options: WorldOptions = { days: 40, stores: 5, ...kind };
    const world = smallWorld(options);
    const { startMs, endMs } = world;
    const all = [...smallWorld(options).events()];
    fc.assert(
      fc.property(fc.integer({ min: startMs, max: endMs }), (ms) => {
        world.seek(new Date(ms));
        const { value } = world.events().next();
        if (options.chaos === undefined) {
          const expected = all.find(({ event_time }) => Date.parse(event_time) >= ms);
          expect(value).toEqual(expected);
        } else if (value !== undefined) {
          expect(all).toContainEqual(value);
        }
      }),
      { numRuns: 18 },
    );
    world.seek(new Date(startMs));
    expect([...world.events()]).toEqual(all);
  }
});

test('continuing from a snapshot equals never having stopped, at any event, with and without chaos', () => {
  for (const options of [{}, { chaos: true }, { preset: 'highLow', days: 16 }] satisfies WorldOptions[]) {
    const all = linesOf(smallWorld(options));
    const other = smallWorld(options);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 0, max: 500 }), (count, wander) => {
        const world = smallWorld(options);
        const events = world.events();
        for (let n = 0; n < count; n++) events.next();
        const snapshot = world.snapshot();
        for (let n = 0; n < wander; n++) events.next();
        other.restore(snapshot);
        expect(linesOf(other)).toEqual(all.slice(count));
      }),
      { numRuns: 8 },
    );
  }
  expect(() => {
    smallWorld().restore(smallWorld({ seed: 8 }).snapshot());
  }).toThrow(expect.objectContaining({ code: 'SNAPSHOT_MISMATCH' }));
  expect(() => {
    smallWorld().restore(new Uint8Array(3));
  }).toThrow(expect.objectContaining({ code: 'SNAPSHOT_MISMATCH' }));
});

test('a snapshot is taken from any view of its bytes, and refused when a bit or a byte of it is wrong', () => {
  const world = smallWorld({ chaos: true, replenishment: 'deliveries' });
  const events = world.events();
  for (let n = 0; n < 50; n++) events.next();
  const bytes = world.snapshot();
  const rest = linesOf(world);
  const shifted = new Uint8Array(bytes.length + 7);
  shifted.set(bytes, 3);
  const shared = new SharedArrayBuffer(bytes.length);
  new Uint8Array(shared).set(bytes);
  const views = [
    Buffer.from(bytes),
    Buffer.concat([Buffer.from(bytes)]),
    shifted.subarray(3, 3 + bytes.length),
    new DataView(bytes.buffer),
    new Uint16Array(bytes.slice().buffer),
    bytes.slice().buffer,
    new Uint8Array(shared),
    runInNewContext('Uint8Array.from(bytes)', { bytes }) as Uint8Array,
  ];
  for (const view of views) {
    world.restore(view);
    expect(linesOf(world)).toEqual(rest);
  }
  world.restore(bytes);
  const refused = expect.objectContaining({ code: 'SNAPSHOT_MISMATCH' }) as unknown;
  const wrong = fc.oneof(
    fc.nat(bytes.length - 1).map((length) => bytes.subarray(0, length)),
    fc
      .nat(bytes.length * 8 - 1)
      .map((bit) => bytes.map((byte, n) => (n === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))),
    fc.uint8Array({ minLength: 1, maxLength: 9 }).map((more) => Buffer.concat([bytes, more])),
    fc.constantFrom<unknown>(undefined, null, 'SOW3', 7, {}, [], [1, 2], new Date(0), { length: 9 }),
    fc.constant(Uint8Array.of(0x53, 0x4f, 0x57, 0x32, ...bytes.subarray(4))),
  );
  fc.assert(
    fc.property(wrong, (given) => {
      expect(() => {
        world.restore(given as Uint8Array);
      }).toThrow(refused);
    }),
    { numRuns: 200 },
  );
  expect(linesOf(world)).toEqual(rest);
});

test('stock is the stock before plus the change, time never goes back, sequences rise by one', () => {
  const preset = fc.constantFrom(
    presets.m5.model,
    presets.fresh.model,
    presets.highLow.model,
    presets.audit.model,
    presets.theory.model,
    { ...presets.m5.model, policy: 'RS' as const },
    { ...presets.m5.model, policy: 'sQ' as const },
    { ...presets.fresh.model, weekdays: [1, 0, 1, 1, 1, 1, 0], countIntervalDays: 7 },
  );
  fc.assert(
    fc.property(fc.nat(), preset, (seed, model) => {
      const stock = new Map<string, number>();
      const sequence = new Map<string, number>();
      const ids = new Set<string>();
      let time = '';
      for (const event of createWorld({
        seed,
        stores: 6,
        products: 20,
        days: 20,
        preset: { model, format: presets.m5.format },
      }).events()) {
        const series = `${event.store_id} ${event.product_id}`;
        const before = stock.get(series);
        if (before !== undefined && event.current_stock !== before + event.quantity_delta)
          expect(event).toBe(before);
        stock.set(series, event.current_stock);
        if (event.sequence !== (sequence.get(event.store_id) ?? 0) + 1) expect(event).toBe('in sequence');
        sequence.set(event.store_id, event.sequence);
        if (event.event_time < time) expect(event).toBe('in time');
        time = event.event_time;
        if (model.backorders ? false : event.current_stock < 0) expect(event).toBe('not below zero');
        ids.add(event.event_id);
      }
      expect(ids.size).toBe([...sequence.values()].reduce((sum, n) => sum + n, 0));
    }),
    { numRuns: 15 },
  );
});

test('the length of a world does not change its events', () => {
  const short = linesOf(smallWorld({ days: 2 }));
  expect(linesOf(smallWorld({ days: 9 })).slice(0, short.length)).toEqual(short);
});
