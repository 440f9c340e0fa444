/**
 * Does the endpoint ever lose what it acknowledged silently? Takes a folder as kill -9 leaves it, flips every
 * byte of its logs, journals, state files and staged records, cuts each file at every length, drops, swaps and replaces
 * each, starts the endpoint, and then to salvage, and counts what is delivered against what was acknowledged.
 * Usage: campaign-damage.ts [share, 0 to 1] [seed]
 */
import { rmSync } from 'node:fs';
import { seededChance } from '../src/faults/fault-injector.js';
import { damageCases, killedFolder } from '../test/damage/damaged-folder.js';
import { judgeDamage } from '../test/damage/judge-damage.js';

const share = Number(process.argv[2] ?? 1);
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000);
const chance = seededChance(seed);
const counts = { cases: 0, whole: 0, said: 0, refused: 0, salvaged: 0, silent: 0 };
console.log(`campaign-damage: ${share * 100} % of the cases, seed ${seed}`);
const folder = await killedFolder();
const startedAt = performance.now();
for await (const damage of damageCases(folder)) {
  if (chance() >= share) continue;
  const { outcome, silent } = await judgeDamage(folder, damage);
  counts.cases += 1;
  counts[outcome] += 1;
  if (counts.cases % 500 === 0) {
    console.log(`${counts.cases} cases, ${Math.round((performance.now() - startedAt) / 1000)} s`);
  }
  if (silent === undefined) continue;
  counts.silent += 1;
  console.log(`${damage.name}: ${silent}`);
}
rmSync(folder.dataDir, { recursive: true, force: true });
console.log(
  '| cases | whole | continued, and said what | salvaged, and said what | refused by name | lost in silence |',
);
console.log('|---|---|---|---|---|---|');
const { cases, whole, said, salvaged, refused, silent } = counts;
console.log(`| ${cases} | ${whole} | ${said} | ${salvaged} | ${refused} | ${silent} |`);
process.exit(silent === 0 ? 0 : 1);
