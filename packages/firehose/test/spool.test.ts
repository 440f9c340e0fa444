import { createVirtualClock } from '@store/foundation';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  createFirehoseProducer,
  inProcessTransport,
  type Undelivered,
  type ProducerOptions,
} from '../src/index.js';
import { spoolEvent, spoolEventId } from './spool-event.js';
import { runSpoolKills } from './spool-kills.js';
import { settlePromises, until } from './until.js';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'spool-test-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true });
});

function setUp(options: Partial<ProducerOptions<object>> = {}, isUp = true) {
  let up = isUp;
  const clock = createVirtualClock();
  const received: number[] = [];
  const transport = inProcessTransport((records) => {
    if (!up) throw Object.assign(new Error('down'), { code: 'ECONNREFUSED' });
    for (const data of records) {
      for (const line of Buffer.from(data).toString().split('\n').slice(0, -1))
        received.push(spoolEventId(line));
    }
    return { FailedPutCount: 0, RequestResponses: records.map(() => ({ RecordId: 'id' })) };
  });
  const producer = createFirehoseProducer<object>({
    deliveryStreamName: 'spooled',
    transport,
    clock,
    spool: { dir, mode: 'always' },
    packing: { maxEvents: 10 },
    ...options,
  });
  const comeUp = (): void => {
    up = true;
  };
  return { clock, producer, received, comeUp };
}

const segments = (): string[] => readdirSync(dir).filter((name) => name.endsWith('.log'));
const numbers = (count: number): number[] => Array.from({ length: count }, (_, id) => id);

/** Leaves a spool of `count` events that nobody has sent. */
async function leave(count: number): Promise<void> {
  const { producer } = setUp({}, false);
  for (let id = 0; id < count; id++) producer.put(spoolEvent(id));
  expect(await producer.abort()).toEqual({ spooled: count, undelivered: [] });
}

test('what one process leaves, the next one sends, and the files go', async () => {
  await leave(95);
  const { clock, producer, received } = setUp();
  expect(producer.stats()).toMatchObject({ accepted: 95, recovered: 95, spooled: 95, ambiguous: 95 });
  await until(clock, producer.close());
  expect(received.sort((a, b) => a - b)).toEqual(numbers(95));
  expect(producer.stats()).toMatchObject({ delivered: 95, spooled: 0, pending: 0 });
  expect(readdirSync(dir)).toEqual([]);
});

test('records overflow to disk when memory is short, and come back', async () => {
  const options = {
    spool: { dir },
    packing: { maxEvents: 10, maxBytes: 4000 },
    memory: { maxBytes: 40_000 },
  };
  const { clock, producer, received, comeUp } = setUp(options, false);
  for (let id = 0; id < 2000; id++) expect(producer.put(spoolEvent(id))).toBe(true);
  await settlePromises();
  const { accepted, memoryBytes, pending, spooled } = producer.stats();
  expect(accepted).toBe(pending + spooled);
  expect(spooled).toBeGreaterThan(1500);
  expect(memoryBytes).toBeLessThanOrEqual(40_000);
  comeUp();
  await until(clock, producer.close());
  expect(received.sort((a, b) => a - b)).toEqual(numbers(2000));
  expect(readdirSync(dir)).toEqual([]);
});

test('where memory is short, too, a lone event goes out after the linger, without a flush', async () => {
  const { clock, producer, received, comeUp } = setUp(
    { memory: { maxBytes: 4_200_000 }, packing: {}, spool: { dir } },
    false,
  );
  const text = 'x'.repeat(100_000);
  for (let id = 0; id < 60; id++) producer.put({ ...spoolEvent(id), text });
  comeUp();
  await until(clock, producer.flush());
  producer.put(spoolEvent(60));
  while (clock.step()) await settlePromises();
  expect([new Set(received).size, producer.stats().spooled]).toEqual([61, 0]);
  await producer.close();
});

test('a process with less memory sends the larger records of one before it', async () => {
  const large = setUp({ packing: {} }, false);
  const text = 'x'.repeat(100_000);
  for (let id = 0; id < 20; id++) large.producer.put({ ...spoolEvent(id), text });
  await large.producer.abort();
  const small = setUp({ packing: { maxBytes: 50_000 }, memory: { maxBytes: 1_000_000 } });
  for (let id = 20; id < 40; id++) small.producer.put(spoolEvent(id));
  await until(small.clock, small.producer.close());
  expect(small.received.sort((a, b) => a - b)).toEqual(numbers(40));
});

test('persist confirms that a copied directory holds everything', async () => {
  for (const durability of ['process', 'disk'] as const) {
    const { producer } = setUp({ spool: { dir, mode: 'always', durability } }, false);
    for (let id = 0; id < 25; id++) producer.put(spoolEvent(id));
    await Promise.all([producer.persist(), producer.persist()]);
    const bytes = Buffer.concat(segments().map((name) => readFileSync(join(dir, name))));
    expect(bytes.toString('latin1').match(/SLF2/g)?.length).toBe(3);
    await producer.abort();
    for (const name of readdirSync(dir)) rmSync(join(dir, name));
  }
});

test('two producers cannot share a directory', async () => {
  const { producer } = setUp();
  expect(() => setUp()).toThrow(expect.objectContaining({ code: 'SPOOL_LOCKED', details: { dir } }));
  await producer.close();
  await setUp().producer.close();
});

test('the lock of a process that has ended is taken over', async () => {
  writeFileSync(join(dir, 'lock'), '999999999 1 abc');
  await setUp().producer.close();
  expect(readdirSync(dir)).toEqual([]);
});

test('a spool of another delivery stream is not sent', async () => {
  await leave(5);
  expect(() => setUp({ deliveryStreamName: 'another' })).toThrow("another's");
});

test('a spool of an earlier release is refused with the way out, and stays as it is', () => {
  const older = join(import.meta.dirname, 'fixtures/older-spool');
  cpSync(older, dir, { recursive: true });
  writeFileSync(join(dir, 'lock'), '999999999 1 abc');
  expect(() => setUp()).toThrow(
    expect.objectContaining({
      code: 'SPOOL_FORMAT',
      message: expect.stringContaining('deliver them') as unknown,
    }),
  );
  expect(readdirSync(dir)).toEqual([...readdirSync(older), 'lock'].sort());
});

test('a torn tail costs no record that was complete, wherever the process was killed', async () => {
  await leave(50);
  const [name = ''] = segments();
  const whole = readFileSync(join(dir, name));
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 80, max: whole.length }), async (length) => {
      writeFileSync(join(dir, name), whole);
      truncateSync(join(dir, name), length);
      const letters: Undelivered[] = [];
      const { clock, producer, received } = setUp({ deadLetter: (found) => void letters.push(...found) });
      const kept = producer.stats().recovered;
      await until(clock, producer.close());
      expect(received.sort((a, b) => a - b)).toEqual(numbers(kept));
      expect(letters).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test('a flipped bit costs one record at most, and its bytes are handed back', async () => {
  await leave(50);
  const [name = ''] = segments();
  const whole = readFileSync(join(dir, name));
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: whole.length - 1 }),
      fc.integer({ min: 0, max: 7 }),
      async (at, bit) => {
        const damaged = Buffer.from(whole);
        damaged[at] = (damaged[at] ?? 0) ^ (1 << bit);
        writeFileSync(join(dir, name), damaged);
        const letters: Undelivered[] = [];
        const { clock, producer, received } = setUp({ deadLetter: (found) => void letters.push(...found) });
        await until(clock, producer.close());
        const ids = new Set(received);
        expect(ids.size).toBeGreaterThanOrEqual(40);
        if (ids.size < 50) {
          expect(letters.length).toBe(1);
          for (const { error } of letters) expect(error.code).toBe('SPOOL_CORRUPT');
        }
        for (const left of readdirSync(dir)) rmSync(join(dir, left));
      },
    ),
    { numRuns: 100 },
  );
});

test('a process that is killed loses nothing that was confirmed', async () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const { confirmed } = await runSpoolKills(3, seed).catch((cause: unknown) => {
    throw new Error(`Again: npm run campaign -- firehose/spool 3 ${seed}`, { cause });
  });
  expect(confirmed).toBeGreaterThan(0);
});

test('what a closed producer could neither deliver nor spool is handed back, once', async () => {
  const spool = { dir, mode: 'overflow' as const, maxBytes: 1024 * 1024 };
  const { clock, producer } = setUp({ spool, packing: { maxEvents: 500 } }, false);
  const text = 'x'.repeat(900);
  const count = 4000;
  for (let id = 0; id < count; id++) producer.put({ ...spoolEvent(id), text });
  const report = await until(clock, producer.close({ deadlineMs: 1000 }));
  expect(report.complete).toBe(false);
  const { undelivered, spooled } = await producer.abort();
  const events = undelivered.reduce((sum, record) => sum + record.events, 0);
  expect(events).toBe(producer.stats().pending);
  expect(events).toBeGreaterThan(0);
  expect(events + spooled).toBe(count);
  expect(new Set(undelivered.map(({ error }) => error.code))).toEqual(new Set(['TRANSPORT']));
  expect((await producer.abort()).undelivered).toEqual([]);
});

test('options that callers without types may misspell are refused', () => {
  const misspelt = { dir, mode: 'allways' };
  // @ts-expect-error -- the typo is what is tested
  expect(() => setUp({ spool: misspelt })).toThrow(
    "Expected `spool.mode` to be 'overflow' or 'always', got \"allways\".",
  );
});
