/**
 * Does anything that `persist` has confirmed get lost when the process is killed?
 *
 * Kills a spooled producer 200 times with SIGKILL at random moments (first argument: another number), restarts
 * it on the same directory, and compares what the endpoint has received with what was confirmed.
 */
import { runSpoolKills } from '../test/spool-kills.js';

const kills = Number(process.argv[2] ?? 200);
const seed = Number(process.argv[3] ?? Math.floor(Math.random() * 2 ** 31));
console.log(`${kills} kills, seed ${seed}`);
try {
  const { confirmed, received, duplicates, recovered } = await runSpoolKills(kills, seed);
  console.log(
    `${confirmed} events confirmed, 0 lost; ${received} received, ${duplicates} of them again, of ${recovered} found in the spool`,
  );
} catch (error) {
  console.error(error);
  console.error(`Again: npm run campaign -- firehose/spool ${kills} ${seed}`);
  process.exit(1);
}
