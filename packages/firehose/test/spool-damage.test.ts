import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { damageCases, judgeSpool, leftSpool } from './damaged-spool.js';
import { Random } from './random.js';

// A share with a fresh seed; bench/campaign-damage.ts takes all.
const seed = Math.floor(Math.random() * 2 ** 32);

test(`whatever happens to a file of a spool, no event goes missing in silence (seed ${seed})`, async () => {
  const random = new Random(seed);
  const left = await leftSpool();
  for (const damage of damageCases(left.dir)) {
    if (!random.chance(0.03)) continue;
    const { silent } = await judgeSpool(left, damage);
    expect(silent, damage.name).toBeUndefined();
  }
  rmSync(left.dir, { recursive: true });
});
