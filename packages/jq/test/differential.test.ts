import { expect, test } from 'vitest';
import { runDifferential } from './differential.js';
import { hasJq16 } from './oracle.js';

// Debian's package, the version that Firehose names; `apt-get install jq` on Debian 12.
test.skipIf(!hasJq16())(
  'jq 1.6 itself gives the same on 10,000 generated cases',
  () => {
    const seed = Math.floor(Math.random() * 0x7fffffff);
    const found = runDifferential(seed, 10_000);
    expect(found.differences, `seed ${seed}`).toEqual([]);
    // Mostly answers, not mostly errors or refusals: otherwise the comparison would say little.
    expect(found.refused / found.compared, `seed ${seed}`).toBeLessThan(0.02);
    expect(found.failedAlike / found.compared, `seed ${seed}`).toBeLessThan(0.75);
    // Seconds on an idle machine; one with many busy processes must not fail it.
  },
  900_000,
);
