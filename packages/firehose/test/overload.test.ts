import { expect, test } from 'vitest';
import { simulateOverload } from './overload.js';

const MIB = 1024 * 1024;
const seeds = [1, 2, 3];

test.each(seeds)('one producer that knows the quota uses it and is not refused (seed %i)', async (seed) => {
  const result = await simulateOverload({
    producers: 1,
    load: 5,
    quotaBytesPerSec: 5 * MIB,
    seconds: 60,
    rate: { bytesPerSec: 5 * MIB },
    seed,
  });
  expect(result.goodputShare).toBeGreaterThanOrEqual(0.97);
  expect(result.refusedShare).toBeLessThan(0.01);
  expect(result.maxMemoryBytes).toBeLessThanOrEqual(16 * MIB);
});

test.each(seeds)('one that must find it out comes close (seed %i)', async (seed) => {
  const result = await simulateOverload({
    producers: 1,
    load: 3,
    quotaBytesPerSec: 2 * MIB,
    seconds: 120,
    rate: { bytesPerSec: 'learn' },
    seed,
  });
  expect(result.goodputShare).toBeGreaterThanOrEqual(0.97);
  expect(result.refusedShare).toBeLessThanOrEqual(0.05);
});

test.each(seeds)('ten that know nothing of each other share it with few refusals (seed %i)', async (seed) => {
  const result = await simulateOverload({
    producers: 10,
    load: 3,
    quotaBytesPerSec: MIB,
    seconds: 60,
    rate: { bytesPerSec: MIB },
    seed,
  });
  expect(result.goodputShare).toBeGreaterThanOrEqual(0.97);
  expect(result.refusedShare).toBeLessThanOrEqual(0.1);
});
