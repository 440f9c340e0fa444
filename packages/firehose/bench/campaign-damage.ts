/**
 * Does a spool ever lose events silently? Flips every byte of the spool that ended processes left, cuts each file
 * at every length, drops, doubles, swaps and replaces each, opens a producer on it and counts what the service gets.
 * Usage: campaign-damage.ts [share, 0 to 1] [seed]
 */
import { rmSync } from 'node:fs';
import { damageCases, judgeSpool, leftSpool } from '../test/damaged-spool.js';
import { Random } from '../test/random.js';

const share = Number(process.argv[2] ?? 1);
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000);
const random = new Random(seed);
const counts = { cases: 0, whole: 0, said: 0, refused: 0, silent: 0 };
console.log(`campaign-damage: ${share * 100} % of the cases, seed ${seed}`);
// Thousands of warnings are what is counted here.
process.removeAllListeners('warning');
const left = await leftSpool();
for (const damage of damageCases(left.dir)) {
  if (!random.chance(share)) continue;
  const { outcome, silent } = await judgeSpool(left, damage);
  counts.cases += 1;
  counts[outcome] += 1;
  if (silent === undefined) continue;
  counts.silent += 1;
  console.log(`${damage.name}: ${silent}`);
}
rmSync(left.dir, { recursive: true });
console.log(
  '| cases | whole | sent the rest, and said what is missing | refused by name | lost in silence |',
);
console.log('|---|---|---|---|---|');
console.log(`| ${counts.cases} | ${counts.whole} | ${counts.said} | ${counts.refused} | ${counts.silent} |`);
process.exit(counts.silent === 0 ? 0 : 1);
