import { expect, test } from 'vitest';
import { runStore } from '../terminal.js';

interface Way {
  readonly records: number;
  readonly billedBytes: number;
  readonly ingestDollars: number;
  readonly conversionDollars: number;
  readonly dollars: number;
  readonly secondsAtQuota: number;
}

interface Estimate {
  readonly events: number;
  readonly eventBytes: number;
  readonly measured: boolean;
  readonly packed: Way;
  readonly single: Way;
  readonly ratio: number;
  readonly prices: Readonly<Record<string, { readonly usd: number; readonly asOf: string }>>;
}

const world = ['--stores', '20', '--products', '50', '--days', '3'];

async function estimate(...args: readonly string[]): Promise<Estimate> {
  const { code, stdout, stderr } = await runStore(['estimate', ...args, '--json']);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return JSON.parse(stdout) as Estimate;
}

test('packed and unpacked: the same events, and each record billed in whole steps of 5 KiB', async () => {
  const { events, eventBytes, measured, packed, single, ratio } = await estimate(...world);
  expect(measured).toBe(true);
  expect(single.records).toBe(events);
  expect(single.billedBytes).toBe(events * 5120);
  expect(packed.billedBytes % 5120).toBe(0);
  expect(packed.billedBytes / eventBytes).toBeLessThan(1.05);
  expect(ratio).toBeCloseTo(single.dollars / packed.dollars);
  expect(ratio).toBeGreaterThan(8);
});

test('dollars are billed gigabytes at the dated prices that it prints', async () => {
  const { packed, prices } = await estimate(...world);
  const gigabytes = packed.billedBytes / 1024 ** 3;
  expect(packed.ingestDollars).toBeCloseTo(gigabytes * (prices.firehoseIngest?.usd ?? 0), 12);
  expect(packed.conversionDollars).toBeCloseTo(gigabytes * (prices.firehoseConversion?.usd ?? 0), 12);
  expect(packed.dollars).toBeCloseTo(packed.ingestDollars + packed.conversionDollars, 12);
  for (const { asOf } of Object.values(prices)) expect(asOf).toMatch(/^\d{4}-\d\d-\d\d$/);
  const { stdout } = await runStore(['estimate', ...world]);
  expect(stdout).toContain(`prices as of ${prices.firehoseIngest?.asOf ?? ''}`);
});

test('a large world is computed from a part of it, within a few percent of the whole', async () => {
  const part = await estimate('--stores', '400', '--products', '200', '--days', '4');
  expect(part.measured).toBe(false);
  const whole = await estimate('--stores', '40', '--products', '200', '--days', '4');
  expect(part.events / whole.events).toBeGreaterThan(9);
  expect(part.events / whole.events).toBeLessThan(11);
  const bounded = await estimate(
    '--stores',
    '400',
    '--products',
    '200',
    '--days',
    '4',
    '--max-events',
    '90000',
  );
  expect(bounded.events).toBe(90_000);
  expect(bounded.packed.records).toBeLessThan(part.packed.records / 3);
});

test('the region decides quota and price; where the price is not known, it must be said', async () => {
  const near = await estimate(...world);
  const far = await estimate(...world, '--region', 'ap-southeast-1', '--ingest-price', '0.058');
  expect(far.packed.ingestDollars).toBeCloseTo(near.packed.ingestDollars * 2, 12);
  // 1 MiB a second instead of 5.
  expect(far.packed.secondsAtQuota / near.packed.secondsAtQuota).toBeCloseTo(5);
  const { code, stderr } = await runStore(['estimate', ...world, '--region', 'ap-southeast-1']);
  expect(code).toBe(2);
  expect(stderr).toContain('--ingest-price');
});

test('above the limit it warns, and the estimate is printed all the same', async () => {
  const args = ['estimate', ...world, '--json'];
  const warned = await runStore([...args, '--warn-above', '0.0000001']);
  expect(warned.stderr).toContain('more than');
  expect(warned.stderr).toContain('(--warn-above)');
  expect(warned.code).toBe(0);
  expect(JSON.parse(warned.stdout)).toHaveProperty('packed');
  const quiet = await runStore([...args, '--warn-above', '0.0000001', '--quiet']);
  expect(quiet.stderr).toBe('');
});
