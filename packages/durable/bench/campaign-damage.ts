/**
 * Does a log ever lose what was acknowledged silently? Flips every byte of small logs of every kind, cuts every
 * file at every length, drops, swaps and replaces every file, opens the log as its owner would, and then to salvage.
 * Usage: campaign-damage.ts [share, 0 to 1] [seed]
 */
import { rmSync } from 'node:fs';
import { damageCases, filesOf, openDamaged, smallLogs } from '../test/damage-cases.js';
import { seededRandom } from '../test/seeded-random.js';

const share = Number(process.argv[2] ?? 1);
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000);
const random = seededRandom(seed);
const counts = { cases: 0, whole: 0, torn: 0, refused: 0, silent: 0 };
console.log(`campaign-damage: ${share * 100} % of the cases, seed ${seed}`);
for (const log of await smallLogs()) {
  for (const damage of damageCases(log.folder, filesOf(log))) {
    if (random() >= share) continue;
    const { outcome, silent } = await openDamaged(log.folder, log.options, log.acknowledged, damage);
    counts.cases += 1;
    counts[outcome] += 1;
    if (silent === undefined) continue;
    counts.silent += 1;
    console.log(`${log.kind}: ${damage.name}: ${silent}`);
  }
  rmSync(log.folder, { recursive: true });
}
console.log('| cases | whole | torn, and said | refused, then salvaged | lost in silence |');
console.log('|---|---|---|---|---|');
console.log(`| ${counts.cases} | ${counts.whole} | ${counts.torn} | ${counts.refused} | ${counts.silent} |`);
process.exit(counts.silent === 0 ? 0 : 1);
