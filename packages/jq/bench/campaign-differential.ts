// Does the jq compiler agree with Debian's jq 1.6? A long run over generated programs and inputs.
// Usage: node --import tsx --conditions=@store/source packages/jq/bench/campaign-differential.ts [cases] [seed]
import { runDifferential } from '../test/differential.js';
import { hasJq16 } from '../test/oracle.js';

const cases = Number(process.argv[2] ?? 1_000_000);
const seed = Number(process.argv[3] ?? Math.floor(Math.random() * 0x7fffffff));

if (!hasJq16()) {
  console.log('skipped: no jq 1.6 on this machine (apt-get install jq)');
} else {
  const found = runDifferential(seed, cases);
  console.log(`seed ${seed}: ${found.compared} cases compared, ${found.refused} refused by name,`);
  console.log(`${found.failedAlike} failed alike, ${found.differences.length} differences`);
  for (const difference of found.differences.slice(0, 20)) console.log(difference);
  process.exitCode = found.differences.length === 0 ? 0 : 1;
}
