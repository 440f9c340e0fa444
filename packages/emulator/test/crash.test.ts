import { expect, test } from 'vitest';
import { seededChance } from '../src/faults/fault-injector.js';
import { temporaryFolder } from './clients.js';
import { judge, prepare, runUntilKilled, type Ledger } from './crash/crash-trial.js';

// Four points with a fresh seed; bench/campaign-kill.ts takes three hundred.
const seed = Math.floor(Math.random() * 2 ** 32);

test(`kill -9 at any point loses and doubles nothing (seed ${seed})`, async () => {
  const chance = seededChance(seed);
  const dataDir = await temporaryFolder();
  await prepare(dataDir);
  const ledger: Ledger = { next: 0, acknowledged: new Set() };
  for (let trial = 0; trial < 4; trial += 1) {
    await runUntilKilled(dataDir, { step: 1 + Math.floor(chance() * 300) }, ledger);
    if (trial % 2 === 0) continue;
    expect(await judge(dataDir, ledger)).toEqual({ lost: [], doubled: [], unreadable: [] });
  }
});
