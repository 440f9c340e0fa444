import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { idsOf, setUp, type Reading } from './set-up.js';
import { until } from './until.js';

const readings = (count: number): Reading[] => Array.from({ length: count }, (_, id) => ({ id }));
const small = { packing: { maxEvents: 7, maxBytes: 500 }, memory: { maxBytes: 5000 } };

test('a Web stream pipes into the producer with back-pressure', async () => {
  const { clock, producer, received } = setUp(undefined, small);
  const source = new ReadableStream<Reading>({
    start(controller) {
      for (const reading of readings(1000)) controller.enqueue(reading);
      controller.close();
    },
  });
  await until(clock, source.pipeTo(producer.writable()));
  expect(idsOf(received)).toEqual(readings(1000).map(({ id }) => id));
  expect(producer.stats().memoryBytes).toBeLessThanOrEqual(5000);
});

test('a Node stream does, too', async () => {
  const { clock, producer, received } = setUp(undefined, small);
  await until(
    clock,
    pipeline(Readable.from(readings(1000)), Writable.fromWeb(producer.writable(), { objectMode: true })),
  );
  expect(idsOf(received).length).toBe(1000);
});

test('iterables, sync and async, go at the producer’s pace', async () => {
  const { clock, producer, received } = setUp(undefined, small);
  async function* slow(): AsyncGenerator<Reading> {
    yield* readings(300);
  }
  expect(await until(clock, producer.pipe(slow()))).toBe(300);
  expect(await until(clock, producer.pipe(readings(300)))).toBe(300);
  await until(clock, producer.close());
  expect(idsOf(received).length).toBe(600);
});

test('what cannot be sent is told and passed over', async () => {
  const { clock, producer } = setUp(undefined, small);
  const rejected: number[] = [];
  const source = [{ id: 0 }, { id: 1, text: 'x'.repeat(600) }, { id: 2 }];
  const taken = await until(
    clock,
    producer.pipe(source, { onReject: (_, index) => void rejected.push(index) }),
  );
  expect([taken, rejected]).toEqual([2, [1]]);
  await expect(producer.pipe(source)).rejects.toMatchObject({ code: 'EVENT_TOO_LARGE' });
});

test('encoded bytes are one event: lines inside, nothing, and what is no bytes are refused and not taken', () => {
  const { producer } = setUp();
  const wrong = ['{"id":1}\n{"id":2}\n', '{"id":1}\n{"id":2}', '\n', '', '\n{"id":1}', '{"id":1}\n\n'];
  for (const text of wrong) {
    expect(() => producer.putEncoded(Buffer.from(text)), text).toThrow(
      expect.objectContaining({ code: 'ENCODE' }),
    );
  }
  const text: unknown = '{"id":1}';
  expect(() => producer.putEncoded(text as Uint8Array)).toThrow('Expected an encoded event as bytes, got "{');
  expect(() => producer.putEncoded(Buffer.from(wrong[0] ?? ''))).toThrow('to `pipeLines`');
  expect(producer.stats().accepted).toBe(0);
  producer.putEncoded(new Uint8Array(Buffer.from('{"id":1}\r\n')));
  expect(producer.stats().accepted).toBe(1);
});

test('lines may be cut anywhere, and the chunk may be reused', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 60 }), fc.boolean(), async (chunkBytes, endsOpen) => {
      const { clock, producer, received } = setUp();
      const whole = readings(50)
        .map((reading) => `${JSON.stringify(reading)}\n`)
        .join('\n');
      const bytes = Buffer.from(endsOpen ? whole.slice(0, -1) : whole);
      function* lent(): Generator<Uint8Array> {
        const chunk = new Uint8Array(chunkBytes);
        for (let at = 0; at < bytes.length; at += chunkBytes) {
          const piece = bytes.subarray(at, at + chunkBytes);
          chunk.set(piece);
          yield chunk.subarray(0, piece.length);
          chunk.fill(0);
        }
      }
      expect(await until(clock, producer.pipeLines(lent()))).toBe(50);
      await until(clock, producer.close());
      expect(idsOf(received)).toEqual(readings(50).map(({ id }) => id));
    }),
    { numRuns: 40 },
  );
});

test('lines of any length, in chunks of any length, are the events that one by one would be', async () => {
  const line = fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 1, max: 400 }) },
    { weight: 1, arbitrary: fc.constantFrom(0, 900, 5000, 70_000) },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { minLength: 1, maxLength: 1500, size: 'max' }),
      fc.integer({ min: 1, max: 200_000 }),
      fc.boolean(),
      async (lengths, chunkBytes, tight) => {
        const packing = tight ? { maxEvents: 40, maxBytes: 6000 } : {};
        const { clock, producer, received } = setUp(undefined, { packing });
        const lines = lengths.map((length, index) => String(index).padStart(length, ' ').slice(0, length));
        const bytes = Buffer.from(`${lines.join('\n')}\n`);
        function* chunks(): Generator<Uint8Array> {
          for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
        }
        const refused: number[] = [];
        const onReject = (_: unknown, index: number): void => void refused.push(index);
        const taken = await until(clock, producer.pipeLines(chunks(), { onReject }));
        await until(clock, producer.close());
        // An empty line is no event, and counts for no index either.
        const events = lines.filter((text) => text !== '');
        const tooLarge = events.flatMap((text, index) => (tight && text.length >= 6000 ? [index] : []));
        expect(refused).toEqual(tooLarge);
        expect(taken).toBe(events.length - tooLarge.length);
        expect(producer.stats().delivered).toBe(taken);
        const sent = received.join('');
        expect(sent).toBe(
          events
            .filter((_, index) => !tooLarge.includes(index))
            .map((text) => `${text}\n`)
            .join(''),
        );
      },
    ),
    { numRuns: 25 },
  );
});

test('a source without line feeds is one event that is too large, and what follows it continues', async () => {
  const { clock, producer, received } = setUp(undefined, small);
  const chunk = Buffer.alloc(64 * 1024, 'x');
  let mostHeld = 0;
  const before = process.memoryUsage().arrayBuffers;
  function* chunks(): Generator<Uint8Array> {
    for (let count = 0; count < 1000; count++) {
      yield chunk;
      mostHeld = Math.max(mostHeld, process.memoryUsage().arrayBuffers - before);
    }
    yield Buffer.from('\n{"id":1}\n');
  }
  const errors: unknown[] = [];
  const onReject = (error: unknown): void => void errors.push(error);
  expect(await until(clock, producer.pipeLines(chunks(), { onReject }))).toBe(1);
  await until(clock, producer.close());
  expect(errors).toMatchObject([
    { code: 'EVENT_TOO_LARGE', details: { eventBytes: 1000 * chunk.length + 1 } },
  ]);
  expect(idsOf(received)).toEqual([1]);
  expect(mostHeld).toBeLessThan(8 * 1024 * 1024);
});

test('an error about a line names the byte where it begins, however the chunks lie and whether it ends', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 20 }),
      fc.integer({ min: 500, max: 3000 }),
      fc.integer({ min: 1, max: 4000 }),
      fc.boolean(),
      async (lengths, tooLong, chunkBytes, ends) => {
        const { producer } = setUp(undefined, small);
        const before = lengths.map((length) => `${'y'.repeat(length)}\n`).join('');
        const bytes = Buffer.from(`${before}${'x'.repeat(tooLong)}${ends ? '\n' : ''}`);
        function* chunks(): Generator<Uint8Array> {
          for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
        }
        const error: unknown = await producer.pipeLines(chunks()).catch((thrown: unknown) => thrown);
        expect(error).toMatchObject({
          code: 'EVENT_TOO_LARGE',
          details: { atByte: before.length, limitBytes: 500 },
        });
        expect(String(error)).toContain(`in the line that begins at byte ${before.length}.`);
        await producer.abort();
      },
    ),
  );
});

test('an endless line ends the pipe as soon as it is too long, if nobody takes rejects', async () => {
  const { producer } = setUp(undefined, small);
  let read = 0;
  function* endless(): Generator<Uint8Array> {
    for (;;) {
      read++;
      yield Buffer.alloc(100, 'x');
    }
  }
  await expect(producer.pipeLines(endless())).rejects.toMatchObject({
    code: 'EVENT_TOO_LARGE',
    details: { atByte: 0 },
  });
  expect(read).toBe(6);
});

test('of a source that is stopped inside a line, that line is not sent', async () => {
  const { clock, producer, received } = setUp();
  const stop = new AbortController();
  function* chunks(): Generator<Uint8Array> {
    yield Buffer.from('{"id":0}\n{"id":1');
    stop.abort();
    yield Buffer.from('}\n');
  }
  expect(await until(clock, producer.pipeLines(chunks(), { signal: stop.signal }))).toBe(1);
  await until(clock, producer.close());
  expect(idsOf(received)).toEqual([0]);
});
