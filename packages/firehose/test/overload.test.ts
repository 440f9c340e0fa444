import { expect, test } from 'vitest';
import { simulateOverload } from './overload.js';

const MIB = 1024 * 1024;

test('one producer that knows the quota uses it and is not refused', async () => {
  const result = await simulateOverload({
    producers: 1,
    load: 5,
    quotaBytesPerSec: 5 * MIB,
    seconds: 30,
    rate: { bytesPerSec: 5 * MIB },
  });
  expect(result.goodputShare).toBeGreaterThan(0.96);
  expect(result.refusedShare).toBeLessThan(0.01);
  expect(result.maxMemoryBytes).toBeLessThanOrEqual(16 * MIB);
});

test('one that must find it out comes close', async () => {
  const result = await simulateOverload({
    producers: 1,
    load: 3,
    quotaBytesPerSec: 2 * MIB,
    seconds: 60,
    rate: { bytesPerSec: 'learn' },
  });
  expect(result.goodputShare).toBeGreaterThan(0.94);
  expect(result.refusedShare).toBeLessThan(0.06);
});

test('ten that know nothing of each other share it with few refusals', async () => {
  const result = await simulateOverload({
    producers: 10,
    load: 3,
    quotaBytesPerSec: MIB,
    seconds: 60,
    rate: { bytesPerSec: MIB },
  });
  expect(result.goodputShare).toBeGreaterThan(0.96);
  expect(result.refusedShare).toBeLessThan(0.12);
});
