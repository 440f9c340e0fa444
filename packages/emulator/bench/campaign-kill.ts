/**
 * Is anything acknowledged lost, or doubled, when the endpoint is killed at any point? Kills it, SIGKILL, at
 * points chosen by a seed while the real SDK client sends, some at the Nth step towards the disk, some after a
 * time; after each kill it starts again and counts every row, in the open tail and in the delivered files.
 * Usage: campaign-kill.ts [points] [seed]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judge, prepare, runUntilKilled, type KillPoint, type Ledger } from '../test/crash/crash-trial.js';
import { seededChance } from '../src/faults/fault-injector.js';

const points = Number(process.argv[2] ?? 300);
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000);
const chance = seededChance(seed);
console.log(`campaign-kill: ${points} points, seed ${seed}`);

let acknowledged = 0;
let lost = 0;
let doubled = 0;
let unreadable = 0;
const startedAt = performance.now();
const TRIALS_A_FOLDER = 20;
for (let done = 0; done < points;) {
  const dataDir = await mkdtemp(join(tmpdir(), 'campaign-'));
  await prepare(dataDir);
  const ledger: Ledger = { next: 0, acknowledged: new Set() };
  for (let trial = 0; trial < TRIALS_A_FOLDER && done < points; trial += 1, done += 1) {
    const point: KillPoint =
      chance() < 0.75
        ? { step: 1 + Math.floor(chance() ** 2 * 600) }
        : { afterMs: Math.floor(chance() * 600) };
    await runUntilKilled(dataDir, point, ledger);
    // Some crashes follow on crashes, with nothing but the next start in between.
    const last = trial === TRIALS_A_FOLDER - 1 || done === points - 1;
    if (!last && chance() < 0.4) continue;
    const verdict = await judge(dataDir, ledger);
    lost += verdict.lost.length;
    doubled += verdict.doubled.length;
    unreadable += verdict.unreadable.length;
    if (verdict.lost.length + verdict.doubled.length + verdict.unreadable.length > 0) {
      console.log(
        `point ${done}: ${JSON.stringify(point)} in ${dataDir}`,
        JSON.stringify(verdict).slice(0, 400),
      );
      process.exit(1);
    }
  }
  acknowledged += ledger.acknowledged.size;
  await rm(dataDir, { recursive: true, force: true });
  console.log(
    `${done} points, ${acknowledged} records acknowledged, ${Math.round((performance.now() - startedAt) / 1000)} s`,
  );
}
console.log('| kill points | acknowledged | lost | doubled | unreadable files |');
console.log('|---|---|---|---|---|');
console.log(`| ${points} | ${acknowledged} | ${lost} | ${doubled} | ${unreadable} |`);
process.exit(lost + doubled + unreadable === 0 ? 0 : 1);
