import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { damageCases, filesOf, openDamaged, smallLogs } from './damage-cases.js';
import { seededRandom } from './seeded-random.js';

// A share with a fresh seed; bench/campaign-damage.ts takes all.
const seed = Math.floor(Math.random() * 2 ** 32);

test(`nothing that was acknowledged goes missing in silence, whatever happens to a file (seed ${seed})`, async () => {
  const random = seededRandom(seed);
  for (const log of await smallLogs()) {
    for (const damage of damageCases(log.folder, filesOf(log))) {
      if (random() >= 0.04) continue;
      const { silent } = await openDamaged(log.folder, log.options, log.acknowledged, damage);
      expect(silent, `${log.kind}: ${damage.name}`).toBeUndefined();
    }
    rmSync(log.folder, { recursive: true });
  }
});
