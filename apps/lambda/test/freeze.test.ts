import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sharedBundles } from './bundles.js';
import { smallWorld } from './events.js';
import { startNullFirehose, type NullFirehose } from './null-firehose.js';
import { ricIsThere, startFunction, type RunningFunction } from './runtime-api.js';

/** A handler that answers before its calls have: what the test must be able to see. */
const careless = `
export const handler = async () => {
  const data = Buffer.from('{}\\n').toString('base64');
  fetch(process.env.AWS_ENDPOINT_URL, {
    method: 'POST',
    headers: { 'x-amz-target': 'Firehose_20150804.PutRecordBatch' },
    body: JSON.stringify({ DeliveryStreamName: 'inventory', Records: [{ Data: data }] }),
  });
  return { accepted: 1 };
};
`;

describe.skipIf(!ricIsThere)('an environment that is frozen in the moment of its answer', () => {
  let aws: NullFirehose;
  let bundles: string;

  beforeAll(async () => {
    // Loopback is faster than any answer: without this delay the careless handler would hardly ever be caught.
    aws = await startNullFirehose({ ackDelayMs: 500 });
    bundles = await sharedBundles();
  });
  afterAll(async () => {
    await aws.close();
  });

  const taken = (): number => aws.streams.get('inventory')?.length ?? 0;

  /** Invokes, freezes at the answer, thaws; how many events were counted as accepted but not there at the freeze. */
  async function missingAtFreeze(running: RunningFunction, event: object): Promise<number> {
    const before = taken();
    let atFreeze = 0;
    const end = await running.invoke(event, {
      onEnd: () => {
        process.kill(running.pid, 'SIGSTOP');
        atFreeze = taken();
      },
    });
    // A call under way arrives while the handler stands still, or after; the next round begins when it is there.
    await delay(60);
    process.kill(running.pid, 'SIGCONT');
    if (end.kind === 'error') throw new Error(end.errorMessage);
    const { accepted } = end.payload as { accepted: number };
    await expect.poll(() => taken() - before).toBeGreaterThanOrEqual(accepted);
    return accepted - (atFreeze - before);
  }

  test('generate has delivered everything that it says, eight times out of eight', async () => {
    const running = await startFunction(join(bundles, 'generate'), {
      AWS_ENDPOINT_URL: aws.url,
      STREAM_NAMES: 'inventory',
    });
    for (let seed = 0; seed < 8; seed++) {
      expect(await missingAtFreeze(running, { ...smallWorld, seed, stores: 4, days: 1 })).toBe(0);
    }
    await running.close();
  });

  test('a handler that does not wait is caught each time', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'store-careless-'));
    writeFileSync(join(folder, 'index.mjs'), careless);
    const running = await startFunction(folder, { AWS_ENDPOINT_URL: aws.url });
    for (let round = 0; round < 4; round++) expect(await missingAtFreeze(running, {})).not.toBe(0);
    await running.close();
  });
});
