/**
 * Is what Athena's statements write completely or not there, and is nothing that was told to be done lost,
 * when the built endpoint is killed, SIGKILL, while INSERT, CREATE TABLE AS and UNLOAD are under way? Each
 * trial continues with what the kills before have left. Usage: campaign-athena-writes.ts [kills] [seed]
 */
import { rm } from 'node:fs/promises';
import {
  judgeWrites,
  prepareWrites,
  writeUntilKilled,
  type WriteLedger,
} from '../test/conformance/athena-crash-trial.js';
import { chanceOf } from '../test/poison/chance.js';
import { serveEndpoint } from '../test/conformance/served-endpoint.js';

const kills = Number(process.argv[2] ?? 100);
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000);
const chance = chanceOf(seed);
console.log(`campaign-athena-writes: ${kills} kills, seed ${seed}`);

const KILLS_A_FOLDER = 10;
let begun = 0;
let done = 0;
for (let kill = 0; kill < kills;) {
  let served = await serveEndpoint();
  await prepareWrites(served);
  const ledger: WriteLedger = { begun: [], done: new Set() };
  for (let trial = 0; trial < KILLS_A_FOLDER && kill < kills; trial += 1, kill += 1) {
    await writeUntilKilled(served, ledger, chance);
    const verdict = await judgeWrites(served.folder, ledger);
    ({ served } = verdict);
    if (verdict.wrong.length === 0) continue;
    console.log(`kill ${kill} in ${served.folder}: ${verdict.wrong.join('; ')}`);
    await served.end('SIGKILL');
    process.exit(1);
  }
  await served.end();
  await rm(served.folder, { recursive: true, force: true });
  begun += ledger.begun.length;
  done += ledger.done.size;
  console.log(`${kill} kills, ${begun} statements begun, ${done} told to be done`);
}
console.log('| kills | statements begun | told to be done | torn or lost |');
console.log('|---|---|---|---|');
console.log(`| ${kills} | ${begun} | ${done} | 0 |`);
