import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateDeliveryStreamCommand, FirehoseClient } from '@aws-sdk/client-firehose';
import { startEmulator, type Emulator, type FaultPlan } from '@store/emulator';
import { afterEach, expect, onTestFailed, test } from 'vitest';
import { bundle } from '../../../scripts/bundle.mjs';
import { createFirehoseProducer, type FirehoseProducer, type ProducerOptions } from '../src/index.js';
import { spoolEvent, spoolEventId } from './spool-event.js';

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const action of cleanUp.splice(0).reverse()) await action();
});

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'producer-emulator-'));
  cleanUp.push(() => {
    rmSync(dir, { recursive: true });
  });
  return dir;
}

async function start(
  faults: FaultPlan,
  options: Partial<ProducerOptions<object>> = {},
): Promise<{ emulator: Emulator; producer: FirehoseProducer<object> }> {
  const seed = Math.floor(Math.random() * 2 ** 31);
  onTestFailed(() => {
    process.stderr.write(`The emulator's seed was ${seed}.\n`);
  });
  const emulator = await startEmulator({ dataDir: folder(), faults, seed });
  cleanUp.push(() => emulator.close());
  // The faults meet this client too, and three attempts fail now and then.
  const client = new FirehoseClient({
    endpoint: emulator.endpoint,
    region: 'us-east-1',
    credentials,
    maxAttempts: 20,
  });
  cleanUp.push(() => {
    client.destroy();
  });
  await client.send(
    new CreateDeliveryStreamCommand({
      DeliveryStreamName: 'numbered',
      ExtendedS3DestinationConfiguration: {
        BucketARN: 'arn:aws:s3:::numbered-bucket',
        RoleARN: 'arn:aws:iam::000000000000:role/firehose',
        Prefix: 'numbered/',
        ErrorOutputPrefix: 'errors/!{firehose:error-output-type}/',
      },
    }),
  );
  const producer = createFirehoseProducer<object>({
    deliveryStreamName: 'numbered',
    client,
    packing: { maxEvents: 20 },
    batch: { maxRecords: 10, lingerMs: 5 },
    retry: { baseMs: 5, capMs: 20 },
    ...options,
  });
  return { emulator, producer };
}

/** Whole files of a folder, below it at any depth, as one text. */
function textBelow(dir: string): string {
  return readdirSync(dir, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('');
}

function countIds(text: string): Map<number, number> {
  const counts = new Map<number, number>();
  for (const line of text.split('\n').filter(Boolean)) {
    const id = spoolEventId(line);
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

const EVENTS = 2000;

async function deliver(producer: FirehoseProducer<object>): Promise<void> {
  for (let id = 0; id < EVENTS; id++) if (!producer.put(spoolEvent(id))) await producer.drained();
  await producer.close();
}

test.each<[string, FaultPlan, boolean]>([
  ['throttling of records and calls', { refusedRecords: 0.3, throttledCalls: 0.3 }, true],
  ['server errors', { internalErrors: 0.2, unavailable: 0.2 }, false],
  ['cut connections', { resetsBeforeCommit: 0.2, resetsAfterCommit: 0.2 }, false],
  [
    'all of it',
    {
      refusedRecords: 0.2,
      internalErrors: 0.1,
      resetsBeforeCommit: 0.1,
      resetsAfterCommit: 0.1,
      latencyMs: 3,
    },
    false,
  ],
])('over HTTP, under %s, every event is in the lake and duplicates are bounded', async (_, faults, clean) => {
  const { emulator, producer } = await start(faults);
  await deliver(producer);
  await emulator.flush();
  const counts = countIds(textBelow(emulator.lakeDir));
  const { ambiguous, delivered } = producer.stats();
  let held = 0;
  for (const count of counts.values()) held += count;
  expect(counts.size).toBe(EVENTS);
  expect(delivered).toBe(EVENTS);
  expect(held - EVENTS).toBeLessThanOrEqual(ambiguous);
  if (clean) expect({ held, ambiguous }).toEqual({ held: EVENTS, ambiguous: 0 });
});

test('a spooled producer that is killed again and again leaves no gap in the lake', async () => {
  const { emulator, producer } = await start({ refusedRecords: 0.2 });
  await producer.close();
  const dir = folder();
  const child = await bundle(join(import.meta.dirname, 'spool-child.ts'));
  const live = (first: number, task: 'live' | 'drain') =>
    spawn(process.execPath, [child, dir, emulator.endpoint, String(first), task, 'sdk'], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, AWS_ENDPOINT_URL: emulator.endpoint },
    });
  const confirmed: number[] = [];
  for (let kill = 0, next = 0; kill < 2; kill++) {
    const first = next;
    const victim = live(first, 'live');
    let text = '';
    victim.stdout.on('data', (piece: Buffer) => {
      text += piece.toString();
      if (text.split('\n').length > 5 + kill * 10) victim.kill('SIGKILL');
    });
    await once(victim, 'close');
    const end = Number(text.split('\n').slice(0, -1).at(-1) ?? first);
    for (let id = first; id < end; id++) confirmed.push(id);
    next = end + 1000;
  }
  const [code] = (await once(live(0, 'drain'), 'close')) as [number | null];
  expect(code).toBe(0);
  await emulator.flush();
  const counts = countIds(textBelow(emulator.lakeDir));
  expect(confirmed.length).toBeGreaterThan(0);
  expect(confirmed.filter((id) => !counts.has(id))).toEqual([]);
});

const cli = spawnSync('aws', ['--version']).status === 0;

test.skipIf(!cli)('the official AWS CLI reads back, byte for byte, what was put', async () => {
  const { emulator, producer } = await start({});
  await deliver(producer);
  await emulator.flush();
  const dir = folder();
  const args = [
    's3',
    'cp',
    '--quiet',
    '--recursive',
    's3://numbered-bucket/',
    dir,
    '--endpoint-url',
    emulator.endpoint,
  ];
  const env = {
    ...process.env,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'us-east-1',
  };
  const copy = spawn('aws', args, { env, stdio: 'inherit' });
  expect((await once(copy, 'close'))[0]).toBe(0);
  const expected = Array.from({ length: EVENTS }, (_, id) => JSON.stringify(spoolEvent(id))).sort();
  expect(textBelow(dir).split('\n').filter(Boolean).sort()).toEqual(expected);
});
