import { expect, test } from 'vitest';
import { validateInventoryEvent, validateWorkshopEvent } from '@store/schema';
import type { Clock } from '@store/foundation';
import { createWorld, presets } from '../src/index.js';
import { linesOf, smallWorld } from './lines.js';

const objects = [...smallWorld().events()];

test('lines are what JSON.stringify writes, in chunks of any size', () => {
  const expected = objects.map((event) => `${JSON.stringify(event)}\n`).join('');
  for (const chunkBytes of [1024, 5000, 65_536, 1_000_000]) {
    let text = '';
    for (const chunk of smallWorld().ndjson({ chunkBytes })) {
      expect(chunk.length).toBeLessThanOrEqual(chunkBytes);
      expect(chunk.at(-1)).toBe(10);
      text += new TextDecoder().decode(chunk);
    }
    expect(text).toBe(expected);
  }
});

test('lines of negative stock, of large numbers and of every store and product are right too', () => {
  const { model, format } = presets.theory;
  const preset = {
    model: { ...model, fixedMean: 90, fixedReorderPoint: 9000, fixedOrderUpTo: 60_000 },
    format,
  };
  const world = { stores: 70, products: 3, days: 3, preset };
  expect(linesOf(createWorld(world))).toEqual(
    Array.from(createWorld(world).events(), (event) => JSON.stringify(event)),
  );
  const names = { stores: 1, products: 700, days: 1 };
  expect(linesOf(createWorld(names))).toEqual(
    Array.from(createWorld(names).events(), (event) => JSON.stringify(event)),
  );
});

test('every event passes the validator of its type', () => {
  for (const event of createWorld({ stores: 40, products: 60, days: 2 }).events()) {
    const result = validateInventoryEvent(event);
    if (!result.ok) expect(result).toBe('valid');
  }
  let low = 0;
  for (const event of createWorld({ stores: 10, products: 30, preset: presets.workshop }).events()) {
    expect(Object.keys(event)).toHaveLength(9);
    const result = validateWorkshopEvent(event);
    if (!result.ok) expect(result).toBe('valid');
    if (event.is_stock_low) low++;
  }
  expect(low).toBeGreaterThan(0);
  const workshop = createWorld({ stores: 10, products: 30, preset: presets.workshop });
  const built = Array.from(
    createWorld({ stores: 10, products: 30, preset: presets.workshop }).events(),
    (event) => JSON.stringify(event),
  );
  let text = '';
  for (const chunk of workshop.ndjson()) text += new TextDecoder().decode(chunk);
  expect(text).toBe(`${built.join('\n')}\n`);
});

test('columns hold the same events, and readers share one position', () => {
  const world = smallWorld();
  const seen: unknown[] = [];
  const events = world.events();
  for (let n = 0; n < 5; n++) seen.push(events.next().value);
  for (const batch of world.batches({ maxEvents: 7 })) {
    for (let n = 0; n < batch.length; n++) seen.push(world.eventAt(batch, n));
    if (seen.length > 50) break;
  }
  seen.push(events.next().value);
  const rest = linesOf(world).map((line) => JSON.parse(line) as unknown);
  expect([...seen, ...rest]).toEqual(objects);
});

test('the stream has the same bytes for default readers and for those with their own buffer', async () => {
  const expected = linesOf(smallWorld()).join('\n') + '\n';
  expect(await new Response(smallWorld().ndjsonStream({ chunkBytes: 4096 })).text()).toBe(expected);
  const reader = smallWorld().ndjsonStream().getReader({ mode: 'byob' });
  const decoder = new TextDecoder();
  let text = '';
  let buffer = new Uint8Array(777);
  for (;;) {
    const { done, value } = await reader.read(buffer);
    if (value !== undefined) text += decoder.decode(value, { stream: true });
    if (done) break;
    buffer = new Uint8Array(value.buffer);
  }
  expect(text).toBe(expected);
});

test('the stream makes nothing that is not read', async () => {
  const world = smallWorld();
  const reader = world.ndjsonStream({ chunkBytes: 2048 }).getReader();
  const { value } = await reader.read();
  const had = new TextDecoder().decode(value).split('\n').length - 1;
  reader.releaseLock();
  expect(objects.slice(had).map((event) => event.event_id)).toContain(world.events().next().value?.event_id);
});

test('an abort ends every way of reading', async () => {
  const signal = AbortSignal.abort();
  const aborted = expect.objectContaining({ code: 'ABORTED' }) as Error;
  expect(() => [...smallWorld().events({ signal })]).toThrow(aborted);
  expect(() => [...smallWorld().batches({ signal })]).toThrow(aborted);
  expect(() => [...smallWorld().ndjson({ signal })]).toThrow(aborted);
  await expect(smallWorld().ndjsonStream({ signal }).getReader().read()).rejects.toThrow(aborted);
  for await (const { length } of smallWorld().live({ signal })) expect(length).toBe('never');
});

/** A clock whose timers fall due as soon as they are set: time moves only when somebody waits. */
function fakeClock(): Clock & { at: number } {
  const clock = {
    at: 1000,
    now: () => clock.at,
    wallNow: () => clock.at,
    schedule(callback: () => void, delayMs: number): () => void {
      queueMicrotask(() => {
        clock.at += delayMs;
        callback();
      });
      return () => undefined;
    },
  };
  return clock;
}

test('what a reader gets is its own, and with `lend` the same memory again', async () => {
  const text = (chunks: Iterable<Uint8Array>): string => Buffer.concat([...chunks]).toString();
  const lent = (chunks: Iterable<Uint8Array>): string =>
    Array.from(chunks, (chunk) => Buffer.from(chunk).toString()).join('');
  const expected = `${linesOf(smallWorld()).join('\n')}\n`;
  expect(text([...smallWorld().ndjson({ chunkBytes: 2048 })])).toBe(expected);
  expect(lent(smallWorld().ndjson({ chunkBytes: 2048, lend: true }))).toBe(expected);
  const memory = new Set(
    Array.from(smallWorld().ndjson({ chunkBytes: 2048, lend: true }), ({ buffer }) => buffer),
  );
  expect(memory.size).toBe(1);
  const world = smallWorld();
  const batches = [...world.batches({ maxEvents: 9 })];
  const live = [];
  for await (const batch of smallWorld().live({ speed: 1e7, clock: fakeClock() })) live.push(batch);
  for (const read of [batches, live]) {
    const ids = read.flatMap((batch) =>
      Array.from({ length: batch.length }, (_, n) => world.eventAt(batch, n).event_id),
    );
    expect(ids).toEqual(objects.map(({ event_id }) => event_id));
  }
  expect(new Set(smallWorld().batches({ maxEvents: 9, lend: true })).size).toBe(1);
});

test('a world played live hands out each event when it is due, and all of them', async () => {
  const clock = fakeClock();
  const world = smallWorld({ days: 1 });
  const seen: string[] = [];
  for await (const batch of world.live({ speed: 600, clock })) {
    for (let n = 0; n < batch.length; n++) {
      const due = 1000 + ((batch.time[n] ?? 0) - world.startMs) / 600;
      expect(clock.at).toBeGreaterThanOrEqual(Math.floor(due));
      expect(clock.at - due).toBeLessThan(60_000);
      seen.push(world.eventAt(batch, n).event_id);
    }
  }
  expect(seen).toEqual(Array.from(smallWorld({ days: 1 }).events(), ({ event_id }) => event_id));
});

test('a rate holds a fast world back', async () => {
  const clock = fakeClock();
  let count = 0;
  for await (const batch of smallWorld().live({ speed: 10_000_000, maxRate: 50, maxEvents: 10, clock }))
    count += batch.length;
  expect(count).toBe(objects.length);
  expect(clock.at - 1000).toBeGreaterThanOrEqual((count / 50) * 1000 - 1);
});
