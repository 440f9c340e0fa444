import { rm } from 'node:fs/promises';
import { expect, onTestFinished, test } from 'vitest';
import { judgeWrites, prepareWrites, writeUntilKilled, type WriteLedger } from './athena-crash-trial.js';
import { chanceOf } from '../poison/chance.js';
import { serveEndpoint } from './served-endpoint.js';

// Two kills with a fresh seed; `npm run campaign -- athena-writes` takes as many as it is told.
const seed = Math.floor(Math.random() * 2 ** 32);

test(`after a kill -9 each INSERT, CTAS and UNLOAD is there completely or not at all, and none that was done is lost (seed ${seed})`, async () => {
  const chance = chanceOf(seed);
  let served = await serveEndpoint();
  onTestFinished(() => rm(served.folder, { recursive: true, force: true }));
  onTestFinished(() => served.end('SIGKILL'));
  await prepareWrites(served);
  const ledger: WriteLedger = { begun: [], done: new Set() };
  for (let trial = 0; trial < 2; trial += 1) {
    await writeUntilKilled(served, ledger, chance);
    const verdict = await judgeWrites(served.folder, ledger);
    ({ served } = verdict);
    expect(verdict.wrong).toEqual([]);
  }
});
