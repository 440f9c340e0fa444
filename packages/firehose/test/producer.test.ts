import { expect, test } from 'vitest';
import { sdkTransport, withProducer } from '../src/index.js';
import { idsOf, serviceError, setUp } from './set-up.js';
import { until } from './until.js';

test('events reach the stream as lines of JSON, in order, many in one record', async () => {
  const { clock, producer, received } = setUp();
  for (let id = 0; id < 1234; id++) producer.put({ id, text: 'Zürich ☕' });
  await until(clock, producer.close());
  expect(idsOf(received)).toEqual(Array.from({ length: 1234 }, (_, id) => id));
  expect(received.every((record) => record.endsWith('\n'))).toBe(true);
  expect(received.length).toBe(3);
});

test('a lone event goes out after the linger, without a flush', async () => {
  const { clock, producer, received } = setUp();
  producer.put({ id: 1 });
  expect(clock.step()).toBe(true);
  await until(clock, Promise.resolve());
  expect(clock.now()).toBe(250);
  expect(received).toEqual(['{"id":1}\n']);
});

test('only the refused record is sent again, byte for byte', async () => {
  const seen: string[][] = [];
  const { clock, producer } = setUp(
    (records) => {
      seen.push(records.map((data) => Buffer.from(data).toString()));
      const refuse = seen.length === 1;
      return {
        FailedPutCount: refuse ? 1 : 0,
        RequestResponses: records.map((_, i) =>
          refuse && i === 1 ? { ErrorCode: 'ServiceUnavailableException' } : { RecordId: 'r' },
        ),
      };
    },
    { packing: { mode: 'single' } },
  );
  for (let id = 0; id < 3; id++) producer.put({ id });
  const report = await until(clock, producer.close());
  expect(seen).toEqual([['{"id":0}\n', '{"id":1}\n', '{"id":2}\n'], ['{"id":1}\n']]);
  expect(report).toMatchObject({ complete: true, delivered: 3, pending: 0 });
  expect(producer.stats()).toMatchObject({ retriedRecords: 1, throttledRecords: 1, ambiguous: 0 });
});

test('abort hands back what was not delivered', async () => {
  const { producer } = setUp();
  producer.put({ id: 1 });
  producer.put({ id: 2 });
  const { undelivered, spooled } = await producer.abort();
  expect(undelivered).toMatchObject([{ events: 2, ambiguous: false, error: { code: 'CLOSED' } }]);
  expect(Buffer.concat(undelivered.map(({ data }) => data)).toString()).toBe('{"id":1}\n{"id":2}\n');
  expect([spooled, producer.stats().pending]).toEqual([0, 2]);
  expect(() => producer.put({ id: 3 })).toThrow('closed');
});

test('send resolves with the id of the record, and putAsync is another name of it', async () => {
  const { clock, producer } = setUp();
  const receipts = Promise.all([producer.send({ id: 1 }), producer.putAsync({ id: 2 })]);
  const receipt = { recordId: 'record-0', attempts: 1, possibleDuplicate: false };
  expect(await until(clock, receipts)).toEqual([receipt, receipt]);
});

test('put says false before memory is full, drained resolves when there is room, and ignoring both throws', async () => {
  const { clock, producer } = setUp(undefined, {
    packing: { maxEvents: 10, maxBytes: 1000 },
    memory: { maxBytes: 10_000 },
    rate: { bytesPerSec: 1000 },
  });
  let id = 0;
  while (producer.put({ id, text: 'x'.repeat(50) })) id++;
  await until(clock, producer.drained());
  expect(producer.put({ id: ++id })).toBe(true);
  expect(() => {
    for (;;) producer.put({ id: ++id, text: 'x'.repeat(50) });
  }).toThrow(expect.objectContaining({ code: 'BUFFER_FULL', details: { limitBytes: 9436 } }));
  const { accepted, memoryBytes } = producer.stats();
  expect(accepted).toBe(id);
  expect(memoryBytes).toBeLessThanOrEqual(10_000);
  await until(clock, producer.close());
  expect(producer.stats()).toMatchObject({ delivered: id, pending: 0 });
});

test('an event that no record can hold is refused and leaves no trace', async () => {
  const { clock, producer, received } = setUp(undefined, { packing: { maxBytes: 100 } });
  producer.put({ id: 1 });
  expect(() => producer.put({ id: 2, text: 'x'.repeat(100) })).toThrow(
    expect.objectContaining({ code: 'EVENT_TOO_LARGE' }),
  );
  expect(() => producer.putEncoded(Buffer.alloc(100, 120))).toThrow('at most 100 bytes');
  producer.put({ id: 3 });
  await until(clock, producer.close());
  expect(received).toEqual(['{"id":1}\n{"id":3}\n']);
});

test('encoded events need not end their line, and may', async () => {
  const { clock, producer, received } = setUp();
  producer.putEncoded(Buffer.from('{"id":1}'));
  producer.putEncoded(new Uint8Array(Buffer.from('{"id":2}\n')));
  await until(clock, producer.close());
  expect(received).toEqual(['{"id":1}\n{"id":2}\n']);
});

test('a flush with a deadline says what is still pending', async () => {
  const { clock, producer } = setUp(() => new Promise(() => undefined));
  producer.put({ id: 1 });
  expect(await until(clock, producer.flush({ deadlineMs: 100 }))).toMatchObject({
    complete: false,
    delivered: 0,
    pending: 1,
  });
  expect(clock.now()).toBe(100);
  const controller = new AbortController();
  const stopped = producer.flush({ signal: controller.signal });
  controller.abort();
  expect(await stopped).toMatchObject({ complete: false });
});

test('a flush ends although events keep coming', async () => {
  const { clock, producer } = setUp();
  producer.put({ id: 0 });
  const flushed = producer.flush();
  for (let id = 1; id < 10; id++) producer.put({ id });
  expect(await until(clock, flushed)).toMatchObject({ complete: true, delivered: 1, pending: 9 });
});

test('leaving the scope flushes', async () => {
  const { clock, producer, received } = setUp();
  const scope = async (): Promise<void> => {
    await using inner = producer;
    inner.put({ id: 1 });
  };
  await until(clock, scope());
  expect(received).toEqual(['{"id":1}\n']);
});

test('options are checked with what was expected and what was given', () => {
  expect(() => setUp(undefined, { batch: { maxRecords: 900 } })).toThrow(
    'Expected `batch.maxRecords` to be 1 to 500, got 900.',
  );
  expect(() => setUp(undefined, { rate: { share: 0 } })).toThrow(
    'Expected `rate.share` to be above 0 and at most 1, got 0.',
  );
  expect(() => setUp(undefined, { deliveryStreamName: 'no blanks' })).toThrow('got "no blanks"');
  expect(() => setUp(undefined, { batch: { maxBytes: 5000 } })).toThrow(
    'Expected `batch.maxBytes` to be at least 1024000 to hold a record of `packing.maxBytes`, got 5000.',
  );
  expect(() => setUp(undefined, { memory: { maxBytes: 5000 } })).toThrow(
    'to hold three of the largest records',
  );
});

test.each([
  [{ lingerMs: 5 }, 'lingerMs', 'Unknown option `lingerMs`.'],
  [{ batch: { maxrecords: 5 } }, 'batch.maxrecords', 'Did you mean `batch.maxRecords`?'],
  [{ spool: { dir: 'x', mode: 'allways' } }, 'spool.mode', "Did you mean 'always'?"],
  [{ transport: {} }, 'transport', 'an object with the method `send`'],
  [{ client: {} }, 'client', 'a FirehoseClient of the AWS SDK'],
  [{ retry: null }, 'retry', 'an object of options'],
])('%j is refused, with its place and what is known', (options, option, words) => {
  // What callers without types may pass.
  expect(() => setUp(undefined, options as object)).toThrow(
    expect.objectContaining({
      code: 'INVALID_OPTION',
      details: { option },
      message: expect.stringContaining(words) as string,
    }),
  );
});

test('an option that is undefined has its default', async () => {
  // What callers without strict types may pass.
  const batch = { lingerMs: undefined } as object;
  const { clock, producer } = setUp(undefined, { batch });
  producer.put({ id: 1 });
  clock.step();
  expect(clock.now()).toBe(250);
  await until(clock, producer.close());
});

test('options of single calls are checked, too', async () => {
  const { producer } = setUp();
  const misspelt: object = { deadline: 5, sginal: undefined };
  for (const call of [
    producer.flush(misspelt),
    producer.close(misspelt),
    producer.pipe([], misspelt),
    producer.pipeLines([], misspelt),
  ]) {
    await expect(call).rejects.toMatchObject({ code: 'INVALID_OPTION', details: { option: 'deadline' } });
  }
  expect(() => sdkTransport(misspelt)).toThrow('Unknown option `deadline`.');
  expect(() =>
    withProducer(
      () => producer,
      async () => 1,
      misspelt,
    ),
  ).toThrow('Unknown option `deadline`.');
});

test('what was never sent comes back from an abort with the reason that held it up', async () => {
  const { clock, producer } = setUp(() => {
    throw serviceError('AccessDeniedException', 400);
  });
  producer.put({ id: 1 });
  await until(
    clock,
    producer.flush().catch(() => undefined),
  );
  producer.put({ id: 2 });
  const { undelivered } = await producer.abort();
  expect(undelivered).toMatchObject([
    { events: 1, ambiguous: false, error: { code: 'ACCESS_DENIED' } },
    { events: 1, ambiguous: false, error: { code: 'ACCESS_DENIED' } },
  ]);
});
