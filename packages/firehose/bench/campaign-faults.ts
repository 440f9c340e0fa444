/**
 * Does the ledger close, is nothing lost and are duplicates bounded under any faults?
 *
 * Runs 12,000 seeded schedules (first argument: another number; second: the first seed). Exits 1 at the first
 * schedule that breaks a promise, with the line that runs it alone.
 */
import { runFaultSchedule } from '../test/fault-schedule.js';

const schedules = Number(process.argv[2] ?? 12_000);
const first = Number(process.argv[3] ?? Math.floor(Math.random() * 2 ** 31));
const sum = { accepted: 0, duplicates: 0, ambiguous: 0, failed: 0, aborted: 0 };

console.log(`${schedules} schedules from seed ${first}`);
for (let seed = first; seed < first + schedules; seed++) {
  try {
    const result = await runFaultSchedule(seed);
    sum.accepted += result.accepted;
    sum.duplicates += result.duplicates;
    sum.ambiguous += result.ambiguous;
    sum.failed += result.failed;
    if (result.aborted) sum.aborted++;
  } catch (error) {
    console.error(error);
    console.error(`Again: FAULT_SEED=${seed} npm test -- packages/firehose/test/faults.test.ts`);
    process.exit(1);
  }
}
console.log(
  `every ledger closed: ${sum.accepted} events accepted, 0 lost, ${sum.failed} handed to the dead letter, ` +
    `${sum.duplicates} duplicates of ${sum.ambiguous} ambiguous, ${sum.aborted} schedules aborted`,
);
