import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { expect, test } from 'vitest';
import { firehoseChannels, estimateIngest, ingestCostUsd, type Attributes } from '../src/index.js';
import { serviceError, setUp } from './set-up.js';
import { until } from './until.js';

test('diagnostics channels tell of batches, failures and blocks, and never of events', async () => {
  const messages: [string | symbol, unknown][] = [];
  const listen = (message: unknown, name: string | symbol): void => void messages.push([name, message]);
  for (const name of Object.values(firehoseChannels)) subscribe(name, listen);
  const answers = ['ResourceNotFoundException', 'InvalidArgumentException', undefined];
  const { clock, producer } = setUp(
    () => {
      const name = answers.shift();
      if (name !== undefined) throw serviceError(name, 400);
      return undefined;
    },
    { deadLetter: () => undefined },
  );
  producer.put({ id: 1, text: 'secret' });
  await until(
    clock,
    producer.flush().catch(() => undefined),
  );
  await until(clock, producer.flush());
  producer.put({ id: 2, text: 'secret' });
  await until(clock, producer.close());
  for (const name of Object.values(firehoseChannels)) unsubscribe(name, listen);
  expect(messages.map(([name, message]) => [name, (message as { errorCode?: string }).errorCode])).toEqual([
    [firehoseChannels.blocked, 'STREAM_NOT_FOUND'],
    [firehoseChannels.batch, 'STREAM_NOT_FOUND'],
    [firehoseChannels.failed, 'POISON_RECORD'],
    [firehoseChannels.batch, 'POISON_RECORD'],
    [firehoseChannels.batch, undefined],
  ]);
  expect(JSON.stringify(messages)).not.toContain('secret');
});

test('a meter of OpenTelemetry’s shape gets the counters and the durations', async () => {
  const sums = new Map<string, number>();
  const attributesSeen = new Set<string | undefined>();
  const instrument = (name: string) => (value: number, attributes?: Attributes) => {
    sums.set(name, (sums.get(name) ?? 0) + value);
    attributesSeen.add(attributes?.['aws.firehose.delivery_stream']);
  };
  const { clock, producer } = setUp(undefined, {
    meter: {
      createCounter: (name) => ({ add: instrument(name) }),
      createHistogram: (name) => ({ record: instrument(name) }),
    },
  });
  for (let id = 0; id < 10; id++) producer.put({ id });
  await until(clock, producer.close());
  expect(Object.fromEntries(sums)).toEqual({
    'firehose.producer.request.duration': 0,
    'firehose.producer.events.delivered': 10,
    'firehose.producer.requests': 1,
    'firehose.producer.records.delivered': 1,
    'firehose.producer.bytes.delivered': 90,
    'firehose.producer.bytes.billed': 5120,
  });
  expect([...attributesSeen]).toEqual(['readings']);
});

test('the cost meter counts what AWS bills', async () => {
  const { clock, producer } = setUp(undefined, { packing: { mode: 'single' } });
  for (let id = 0; id < 100; id++) producer.put({ id });
  await until(clock, producer.close());
  const { billedBytes, billedUnits, costUsd, eventBytes, wasteShare } = producer.stats();
  expect([billedBytes, billedUnits, eventBytes]).toEqual([512_000, 100, 990]);
  expect(wasteShare).toBeCloseTo(1 - 990 / 512_000);
  expect(costUsd).toBe(ingestCostUsd(512_000));
});

test('an estimate shows what packing saves', () => {
  const packed = estimateIngest(1_000_000, 380);
  const single = estimateIngest(1_000_000, 380, 'single');
  expect(single.billedBytes / packed.billedBytes).toBeGreaterThan(13);
  expect(single).toMatchObject({ records: 1_000_000, requests: 2000, billedBytes: 5.12e9 });
  expect(packed.billedBytes / packed.eventBytes).toBeLessThan(1.01);
  expect(estimateIngest(0, 380)).toMatchObject({ records: 0, requests: 0, billedBytes: 0, usd: 0 });
});
