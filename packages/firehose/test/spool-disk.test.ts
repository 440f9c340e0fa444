import { createVirtualClock, type VirtualClock } from '@store/foundation';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFirehoseProducer, inProcessTransport, type FirehoseProducer } from '../src/index.js';
import { spoolEvent, spoolEventId } from './spool-event.js';
import { settlePromises, until } from './until.js';

/** A real file system of one MiB: what a full disk answers is the kernel's word, not a mock's. */
function mountSmall(dir: string): boolean {
  return spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', dir]).status === 0;
}

const probe = mkdtempSync(join(tmpdir(), 'spool-mount-'));
const mountable = process.platform === 'linux' && mountSmall(probe);
if (mountable) spawnSync('umount', [probe]);
rmSync(probe, { recursive: true });

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'spool-disk-'));
  if (mountable) mountSmall(dir);
});
afterEach(() => {
  if (mountable) spawnSync('umount', ['--lazy', dir]);
  rmSync(dir, { recursive: true, force: true });
});

interface SetUp {
  readonly clock: VirtualClock;
  readonly producer: FirehoseProducer<object>;
  readonly received: number[];
  readonly service: { up: boolean };
}

function setUp(mode: 'always' | 'overflow', up: boolean, durability: 'process' | 'disk' = 'process'): SetUp {
  const clock = createVirtualClock();
  const received: number[] = [];
  const service = { up };
  const transport = inProcessTransport((records) => {
    if (!service.up) throw Object.assign(new Error('down'), { code: 'ECONNREFUSED' });
    for (const data of records) {
      const lines = Buffer.from(data).toString().split('\n').slice(0, -1);
      received.push(...lines.map(spoolEventId));
    }
    return { FailedPutCount: 0, RequestResponses: records.map(() => ({ RecordId: 'id' })) };
  });
  const producer = createFirehoseProducer<object>({
    deliveryStreamName: 'spooled',
    transport,
    clock,
    spool: { dir, mode, durability },
    packing: { maxEvents: 100, maxBytes: 20_000 },
    memory: { maxBytes: 400_000 },
    retry: { maxAgeMs: Infinity },
  });
  return { clock, producer, received, service };
}

/** Puts until the producer asks to wait, or `most` are in; returns how many. */
function putUntilFull(producer: FirehoseProducer<object>, most: number): number {
  for (let id = 0; id < most; id++) if (!producer.put(spoolEvent(id))) return id + 1;
  return most;
}

const closes = (producer: FirehoseProducer<object>): void => {
  const { accepted, delivered, failed, spooled, pending } = producer.stats();
  expect(delivered + failed + spooled + pending).toBe(accepted);
};

const numbers = (count: number): number[] => Array.from({ length: count }, (_, id) => id);
const sorted = (ids: readonly number[]): number[] => [...ids].sort((a, b) => a - b);

test.skipIf(!mountable)(
  'on a full disk `persist` says so, nothing is lost, and room makes it well',
  async () => {
    const { clock, producer, received, service } = setUp('always', false);
    // Something else has filled the disk except some hundred KiB.
    writeFileSync(join(dir, 'somebody-else'), Buffer.alloc(700_000));
    const count = putUntilFull(producer, 100_000);
    closes(producer);
    const error: unknown = await producer.persist().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'SPOOL_FULL', retryable: true, cause: { code: 'ENOSPC' } });
    closes(producer);
    rmSync(join(dir, 'somebody-else'));
    await producer.persist();
    service.up = true;
    await until(clock, producer.close());
    closes(producer);
    expect(sorted(received)).toEqual(numbers(count));
    expect(readdirSync(dir)).toEqual([]);
  },
);

test.skipIf(!mountable)(
  'a disk that fills up while records overflow holds what it took; the rest stays in memory',
  async () => {
    const { clock, producer, received, service } = setUp('overflow', false);
    const count = putUntilFull(producer, 100_000);
    await settlePromises();
    closes(producer);
    const { spooled, pending } = producer.stats();
    expect(spooled).toBeGreaterThan(0);
    expect(pending).toBeGreaterThan(0);
    service.up = true;
    await until(clock, producer.close());
    closes(producer);
    expect(sorted(received)).toEqual(numbers(count));
  },
);

test.skipIf(!mountable)(
  'what was on the full disk when the process ended is sent by the next one',
  async () => {
    const first = setUp('always', false);
    const count = putUntilFull(first.producer, 100_000);
    const { undelivered, spooled } = await first.producer.abort();
    const events = undelivered.reduce((sum, record) => sum + record.events, 0);
    expect(events + spooled).toBe(count);
    const second = setUp('always', true);
    expect(second.producer.stats().recovered).toBe(spooled);
    await until(second.clock, second.producer.close());
    expect(second.received.length).toBe(spooled);
    expect(new Set(second.received).size).toBe(spooled);
  },
);

test('what the disk cannot give back now is asked for again, and goes out when it can', async () => {
  const { clock, producer, received, service } = setUp('always', false);
  const count = 2000;
  for (let id = 0; id < count; id++) expect(producer.put(spoolEvent(id))).toBe(true);
  await producer.persist();
  const [name = ''] = readdirSync(dir).filter((file) => file.endsWith('.log'));
  const whole = readFileSync(join(dir, name));
  truncateSync(join(dir, name), 0);
  service.up = true;
  const report = await until(clock, producer.flush({ deadlineMs: 10_000 }));
  closes(producer);
  expect(report).toMatchObject({ complete: false, lastError: { code: 'SPOOL_UNREADABLE' } });
  expect(report.spooled).toBeGreaterThan(0);
  writeFileSync(join(dir, name), whole);
  await until(clock, producer.close());
  closes(producer);
  expect(sorted(received)).toEqual(numbers(count));
});

test.each(['process', 'disk'] as const)(
  'with its files deleted nothing is confirmed any more (durability %s)',
  async (durability) => {
    const { producer } = setUp('always', false, durability);
    producer.put(spoolEvent(1));
    await producer.persist();
    for (const name of readdirSync(dir)) rmSync(join(dir, name));
    producer.put(spoolEvent(2));
    await expect(producer.persist()).rejects.toMatchObject({
      code: expect.stringMatching(/^SPOOL_/) as unknown,
    });
    const { undelivered, spooled } = await producer.abort();
    expect(undelivered.length + spooled).toBeGreaterThan(0);
  },
);
