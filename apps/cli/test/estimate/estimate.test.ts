import { expect, test } from 'vitest';
import { runStore } from '../terminal.js';

interface Line {
  readonly meter: string;
  readonly quantity: number;
  readonly dollars: number;
}

interface Way {
  readonly records: number;
  readonly billedBytes: number;
  readonly bill: readonly Line[];
  readonly dollars: number;
  readonly secondsAtQuota: number;
}

interface Estimate {
  readonly events: number;
  readonly eventBytes: number;
  readonly measured: boolean;
  readonly requests: number;
  readonly packed: Way;
  readonly single: Way;
  readonly ratio: number;
  readonly prices: Readonly<Record<string, { readonly value: number; readonly asOf: string }>>;
}

const world = ['--stores', '20', '--products', '50', '--days', '3'];

async function estimate(...args: readonly string[]): Promise<Estimate> {
  const { code, stdout, stderr } = await runStore(['estimate', ...args, '--json']);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return JSON.parse(stdout) as Estimate;
}

const meter = ({ bill }: Way, name: string): Line =>
  bill.find((line) => line.meter === name) ?? { meter: name, quantity: Number.NaN, dollars: Number.NaN };

test('packed and unpacked: the same events, and each record billed in whole steps of 5 KiB', async () => {
  const { events, eventBytes, measured, packed, single, ratio } = await estimate(...world);
  expect(measured).toBe(true);
  expect(single.records).toBe(events);
  expect(single.billedBytes).toBe(events * 5120);
  expect(packed.billedBytes % 5120).toBe(0);
  expect(packed.billedBytes / eventBytes).toBeLessThan(1.05);
  expect(ratio).toBeCloseTo(
    meter(single, 'Firehose, ingestion').dollars / meter(packed, 'Firehose, ingestion').dollars,
  );
  expect(ratio).toBeGreaterThan(8);
});

test('every meter of the stack is in the bill, at the dated prices that it prints', async () => {
  const { packed, prices, requests } = await estimate(...world);
  const gigabytes = packed.billedBytes / 1024 ** 3;
  expect(meter(packed, 'Firehose, ingestion').dollars).toBeCloseTo(
    gigabytes * (prices.firehoseIngest?.value ?? 0),
    12,
  );
  expect(packed.bill.map((line) => line.meter.split(',')[0])).toEqual([
    ...Array.from({ length: 5 }, () => 'Firehose'),
    ...['S3', 'S3', 'Lambda', 'Lambda', 'Step Functions', 'Athena', 'SQS', 'DynamoDB', 'DynamoDB'],
    ...['EventBridge', 'CloudWatch'],
  ]);
  expect(requests).toBeGreaterThan(0);
  expect(meter(packed, 'EventBridge').quantity).toBe(requests);
  expect(packed.dollars).toBeCloseTo(
    packed.bill.reduce((sum, { dollars }) => sum + dollars, 0),
    12,
  );
  for (const { asOf } of Object.values(prices)) expect(asOf).toMatch(/^\d{4}-\d\d-\d\d$/);
  const { stdout } = await runStore(['estimate', ...world]);
  for (const line of packed.bill) expect(stdout).toContain(line.meter);
  expect(stdout).toContain(`as of ${prices.firehoseIngest?.asOf ?? ''}`);
});

test('more delivery streams take less time, and are a state machine of four shards each', async () => {
  const [one, eight] = [await estimate(...world), await estimate(...world, '--streams', '8')];
  expect(one.packed.secondsAtQuota / eight.packed.secondsAtQuota).toBeCloseTo(8);
  expect(meter(one.packed, 'Step Functions').quantity).toBe(0);
  expect(meter(eight.packed, 'Step Functions').quantity).toBe(32 * 3 + 2);
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
    '60000',
  );
  expect(bounded.events).toBe(60_000);
  expect(bounded.packed.records).toBeLessThan(part.packed.records / 3);
});

test('the region decides quota and price; where the price is not known, it must be said', async () => {
  const near = await estimate(...world);
  const far = await estimate(...world, '--region', 'ap-southeast-1', '--ingest-price', '0.058');
  expect(meter(far.packed, 'Firehose, ingestion').dollars).toBeCloseTo(
    meter(near.packed, 'Firehose, ingestion').dollars * 2,
    12,
  );
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
