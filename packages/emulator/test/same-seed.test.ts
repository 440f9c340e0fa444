import { CreateDeliveryStreamCommand, PutRecordCommand } from '@aws-sdk/client-firehose';
import { expect, test } from 'vitest';
import { createVirtualClock } from '@store/foundation';
import type { FaultPlan } from '../src/index.js';
import { firehoseClient, plainStream, record, startedEmulator } from './clients.js';
import { filesBelow } from './lake-files.js';
import { settled } from './settled.js';

const DeliveryStreamName = 'plain';

/** What became of thirty calls, one after another, under a plan. */
async function calls(seed: number, faults: FaultPlan): Promise<readonly string[]> {
  const emulator = await startedEmulator({ seed });
  const firehose = firehoseClient(emulator);
  await firehose.send(new CreateDeliveryStreamCommand(plainStream('plain')));
  await fetch(`${emulator.endpoint}/_emulator/faults`, { method: 'PUT', body: JSON.stringify(faults) });
  const outcomes: string[] = [];
  for (let call = 0; call < 30; call += 1) {
    const command = new PutRecordCommand({ DeliveryStreamName, Record: record('a') });
    outcomes.push(
      await firehose.send(command).then(
        () => 'taken',
        (error: unknown) => (error instanceof Error ? error.name : 'unknown'),
      ),
    );
  }
  return outcomes;
}

/** How often each of five deliveries failed before it went through. */
async function deliveries(seed: number, faults: FaultPlan): Promise<readonly string[]> {
  let failures = 0;
  const emulator = await startedEmulator({ seed, faults, onTrouble: () => (failures += 1) });
  const firehose = firehoseClient(emulator);
  await firehose.send(new CreateDeliveryStreamCommand(plainStream('plain')));
  const outcomes: string[] = [];
  for (let delivery = 0; delivery < 5; delivery += 1) {
    failures = 0;
    await firehose.send(new PutRecordCommand({ DeliveryStreamName, Record: record('a') }));
    await emulator.flush();
    outcomes.push(String(failures));
  }
  return outcomes;
}

test.each([
  ['throttledCalls', calls, { throttledCalls: 0.5 }],
  ['internalErrors', calls, { internalErrors: 0.5 }],
  ['unavailable', calls, { unavailable: 0.5 }],
  ['resetsBeforeCommit', calls, { resetsBeforeCommit: 0.5 }],
  ['resetsAfterCommit', calls, { resetsAfterCommit: 0.5 }],
  ['failedDeliveries', deliveries, { failedDeliveries: 0.4 }],
] as const)(
  '%s strike the same calls for the same seed, and others for another',
  async (_, outcomes, faults) => {
    const first = await outcomes(7, faults);
    expect(new Set(first).size).toBeGreaterThan(1);
    expect(await outcomes(7, faults)).toEqual(first);
    expect(await outcomes(8, faults)).not.toEqual(first);
  },
);

test('one kind of fault does not shift another', async () => {
  const alone = await calls(7, { internalErrors: 0.3 });
  const both = await calls(7, { internalErrors: 0.3, throttledCalls: 0.3 });
  const failing = (outcomes: readonly string[]): readonly boolean[] =>
    outcomes.map((outcome) => outcome === 'InternalFailure');
  expect(failing(both)).toEqual(failing(alone));
});

test('a delivery waits for its delay, by the endpoint’s clock', async () => {
  const clock = createVirtualClock(Date.UTC(2026, 0, 5, 8));
  const emulator = await startedEmulator({ clock, faults: { deliveryDelayMs: 60_000 } });
  const firehose = firehoseClient(emulator);
  await firehose.send(
    new CreateDeliveryStreamCommand(plainStream('plain', { BufferingHints: { IntervalInSeconds: 60 } })),
  );
  await firehose.send(new PutRecordCommand({ DeliveryStreamName, Record: record('a') }));
  const put = async (): Promise<unknown> =>
    firehose.send(new PutRecordCommand({ DeliveryStreamName, Record: record('b') }));
  clock.advance(60_000);
  // The answer comes after the seal, so the delay has begun; calls continue meanwhile.
  await put();
  clock.advance(59_000);
  await put();
  expect(await filesBelow(emulator.lakeDir)).toEqual([]);
  clock.advance(2_000);
  expect(await settled(() => filesBelow(emulator.lakeDir), 1)).toHaveLength(1);
});
