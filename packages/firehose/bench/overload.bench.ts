/**
 * How much of the quota gets used, and how much is refused, when more is offered than the quota takes?
 *
 * A model, not AWS: the quota is a bucket one second deep, records are refused one by one, answers take 40 ms. Each
 * figure is the worst of three seeds.
 */
import { simulateOverload } from '../test/overload.js';

const MIB = 1024 * 1024;
const seconds = Number(process.argv[2] ?? 120);
const seeds = [1, 2, 3];
console.log('| producers | offered | quota | of the quota used | of sent bytes refused |');
console.log('| ---: | ---: | ---: | ---: | ---: |');
let failed = false;
const runs = [
  [1, 2, 5, 'region'],
  [1, 5, 5, 'region'],
  [1, 10, 5, 'region'],
  [1, 2, 5, 'learn'],
  [1, 10, 5, 'learn'],
  [10, 2, 5, 'region'],
  [10, 3, 1, 'region'],
  [10, 10, 5, 'region'],
] as const;
for (const [producers, load, quota, bytesPerSec] of runs) {
  const rate = { bytesPerSec: bytesPerSec === 'region' ? quota * MIB : bytesPerSec };
  let goodputShare = 1;
  let refusedShare = 0;
  for (const seed of seeds) {
    const quotaBytesPerSec = quota * MIB;
    const result = await simulateOverload({ producers, load, quotaBytesPerSec, seconds, rate, seed });
    goodputShare = Math.min(goodputShare, result.goodputShare);
    refusedShare = Math.max(refusedShare, result.refusedShare);
  }
  if (goodputShare < 0.97 || refusedShare > (producers === 1 ? 0.05 : 0.1)) failed = true;
  const note = bytesPerSec === 'learn' ? ', not told' : '';
  console.log(
    `| ${producers} | ${load}x | ${quota} MiB/s${note} | ${(goodputShare * 100).toFixed(1)} % | ${(refusedShare * 100).toFixed(1)} % |`,
  );
}
if (failed) {
  console.error('Expected at least 97 % used and at most 5 % (one) or 10 % (ten producers) refused.');
  process.exit(1);
}
