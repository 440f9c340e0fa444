import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createWorld } from '../src/index.js';
import { linesOf, smallWorld } from './lines.js';

const faults = { late: 0.1, duplicate: 0.1, outOfOrder: 0.1, dropped: 0.1 };

test('a bounded world is the beginning of the world, to the event, however it is read', async () => {
  for (const chaos of [false, faults]) {
    const all = linesOf(smallWorld({ chaos }));
    for (const maxEvents of [1, 5, 1024, 1025, all.length, all.length + 9]) {
      const expected = all.slice(0, maxEvents);
      const bounded = () => smallWorld({ chaos, maxEvents });
      expect(linesOf(bounded())).toEqual(expected);
      expect(Array.from(bounded().events(), (event) => JSON.stringify(event))).toEqual(expected);
      const world = bounded();
      const columns = [...world.batches({ maxEvents: 7 })].flatMap((batch) =>
        Array.from({ length: batch.length }, (_, n) => JSON.stringify(world.eventAt(batch, n))),
      );
      expect(columns).toEqual(expected);
      expect((await new Response(bounded().ndjsonStream()).text()).split('\n').slice(0, -1)).toEqual(
        expected,
      );
      let played = 0;
      for await (const batch of bounded().live({ speed: 10_000_000 })) played += batch.length;
      expect(played).toBe(expected.length);
    }
  }
});

test('a bounded world ends at the same event after a seek, in another world and from a snapshot', () => {
  for (const chaos of [false, faults]) {
    const all = linesOf(smallWorld({ chaos }));
    const { startMs, endMs } = smallWorld();
    const instant = fc.integer({ min: startMs, max: endMs });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: all.length }), instant, fc.nat(400), (maxEvents, ms, read) => {
        const expected = all.slice(0, maxEvents);
        const world = smallWorld({ chaos, maxEvents });
        world.seek(new Date(ms));
        const open = smallWorld({ chaos });
        open.seek(new Date(ms));
        const behind = linesOf(open);
        const left = behind.slice(0, Math.max(0, behind.length - (all.length - maxEvents)));
        expect(linesOf(world)).toEqual(left);
        expect(linesOf(smallWorld({ chaos, maxEvents }).at(new Date(ms)))).toEqual(left);
        world.seek(new Date(startMs));
        const events = world.events();
        for (let n = 0; n < read; n++) events.next();
        const restored = smallWorld({ chaos, maxEvents });
        restored.restore(world.snapshot());
        expect(linesOf(restored)).toEqual(expected.slice(read));
        expect(linesOf(world)).toEqual(expected.slice(read));
      }),
      { numRuns: 25 },
    );
  }
  const refused = expect.objectContaining({ code: 'SNAPSHOT_MISMATCH' }) as Error;
  const snapshot = smallWorld({ maxEvents: 9 }).snapshot();
  expect(() => {
    smallWorld({ maxEvents: 8 }).restore(snapshot);
  }).toThrow(refused);
});

test('each shard of a bounded world has as many events', () => {
  const shards = [0, 1, 2].map((index) => linesOf(smallWorld({ maxEvents: 20, shard: { index, count: 3 } })));
  expect(shards.map(({ length }) => length)).toEqual([20, 20, 20]);
  const whole = linesOf(smallWorld());
  for (const lines of shards) expect(whole).toEqual(expect.arrayContaining(lines));
});

test('a reading that is bounded ends there, and the next one continues behind it', async () => {
  const all = linesOf(smallWorld());
  const world = smallWorld();
  const lines = (): string[] => {
    let text = '';
    for (const chunk of world.ndjson({ maxEvents: 40 })) text += new TextDecoder().decode(chunk);
    return text.split('\n').slice(0, -1);
  };
  const seen = [...lines(), ...Array.from(world.events({ maxEvents: 3 }), (event) => JSON.stringify(event))];
  for (const batch of world.batches({ maxEvents: 4, totalEvents: 10 }))
    for (let n = 0; n < batch.length; n++) seen.push(JSON.stringify(world.eventAt(batch, n)));
  for await (const batch of world.live({ speed: 10_000_000, totalEvents: 11 }))
    for (let n = 0; n < batch.length; n++) seen.push(JSON.stringify(world.eventAt(batch, n)));
  seen.push(...(await new Response(world.ndjsonStream({ maxEvents: 6 })).text()).split('\n').slice(0, -1));
  expect(seen).toEqual(all.slice(0, 70));
  seen.push(...lines(), ...linesOf(world));
  expect(seen).toEqual(all);
});

test('a bound is at least one event', () => {
  const refused = expect.objectContaining({ code: 'INVALID_OPTION', option: 'maxEvents' }) as Error;
  for (const maxEvents of [0, -1, 1.5, Number.NaN, Infinity]) {
    expect(() => createWorld({ maxEvents })).toThrow(refused);
    expect(() => smallWorld().events({ maxEvents })).toThrow(refused);
    expect(() => smallWorld().ndjson({ maxEvents })).toThrow(refused);
  }
});
