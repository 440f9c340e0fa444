import { expect, test } from 'vitest';
import {
  createFirehoseProducer,
  inProcessTransport,
  type BatchAnswer,
  type BatchHandler,
  type ProducerOptions,
} from '../src/index.js';
import { VirtualClock } from './virtual-clock.js';

interface Reading {
  readonly id: number;
  readonly text?: string;
}

function setUp(handler?: BatchHandler, options: Partial<ProducerOptions<Reading>> = {}) {
  const clock = new VirtualClock();
  const received: string[] = [];
  const calls: number[] = [];
  const transport = inProcessTransport(async (records, context) => {
    calls.push(records.length);
    const answer: BatchAnswer = (await handler?.(records, context)) ?? {
      FailedPutCount: 0,
      RequestResponses: records.map((_, i) => ({ RecordId: `id-${i}` })),
    };
    records.forEach((data, i) => {
      const failed = answer.RequestResponses?.[i]?.ErrorCode !== undefined;
      if (!failed) received.push(Buffer.from(data).toString());
    });
    return answer;
  });
  const producer = createFirehoseProducer<Reading>({
    deliveryStreamName: 'readings',
    transport,
    clock,
    random: () => 0.5,
    ...options,
  });
  return { clock, received, calls, producer };
}

const lines = (received: readonly string[]): string[] => received.join('').split('\n').filter(Boolean);

test('events reach the stream as lines of JSON, in order, many in one record', async () => {
  const { clock, producer, received } = setUp();
  for (let id = 0; id < 1234; id++) producer.put({ id, text: 'Zürich ☕' });
  await clock.until(producer.close());
  expect(lines(received).map((line) => (JSON.parse(line) as Reading).id)).toEqual(
    Array.from({ length: 1234 }, (_, id) => id),
  );
  expect(received.every((record) => record.endsWith('\n'))).toBe(true);
  expect(received.length).toBe(3);
});

test('a lone event goes out after the linger, without a flush', async () => {
  const { clock, producer, received } = setUp();
  producer.put({ id: 1 });
  expect(clock.step()).toBe(true);
  await clock.until(Promise.resolve());
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
  const report = await clock.until(producer.close());
  expect(seen).toEqual([['{"id":0}\n', '{"id":1}\n', '{"id":2}\n'], ['{"id":1}\n']]);
  expect(report).toMatchObject({ complete: true, delivered: 3, pending: 0 });
  expect(producer.stats()).toMatchObject({ retriedRecords: 1, throttledRecords: 1, ambiguous: 0 });
});

test('abort hands back what was not delivered', async () => {
  const { producer } = setUp();
  producer.put({ id: 1 });
  producer.put({ id: 2 });
  const { records, events } = await producer.abort();
  expect(events).toBe(2);
  expect(Buffer.concat(records.map(({ data }) => data)).toString()).toBe('{"id":1}\n{"id":2}\n');
  expect(() => producer.put({ id: 3 })).toThrow('closed');
});

test('putAsync resolves with the id of the record', async () => {
  const { clock, producer } = setUp();
  const receipt = producer.putAsync({ id: 1 });
  expect(await clock.until(receipt)).toEqual({ recordId: 'id-0', attempts: 1, possibleDuplicate: false });
});
