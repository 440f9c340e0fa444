import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { keepPace } from '../../src/firehose/back-pressure.js';

test('a call waits for deliveries that are far behind, and continues when they have caught up', async () => {
  const backlog = { waitingBytes: 1e6 };
  expect(keepPace(backlog)).toBeUndefined();
  backlog.waitingBytes = 1e9;
  let gone = false;
  const held = keepPace(backlog)?.then(() => {
    gone = true;
  });
  await setImmediate();
  expect(gone).toBe(false);
  backlog.waitingBytes = 0;
  await held;
  expect(gone).toBe(true);
});

test('deliveries that never end hold a call for a moment only', async () => {
  await expect(keepPace({ waitingBytes: 1e9 })).resolves.toBeUndefined();
});
