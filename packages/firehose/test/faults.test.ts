import { expect, test } from 'vitest';
import { runFaultSchedule } from './fault-schedule.js';

/** `FAULT_SEED=n` runs that schedule alone. */
const only = process.env.FAULT_SEED;
const first = only === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(only);
const SCHEDULES = only === undefined ? 300 : 1;

test(`under any faults nothing is lost and the ledger closes (${SCHEDULES} schedules from seed ${first})`, async () => {
  let accepted = 0;
  for (let seed = first; seed < first + SCHEDULES; seed++) {
    try {
      accepted += (await runFaultSchedule(seed)).accepted;
    } catch (cause) {
      throw new Error(`Again: FAULT_SEED=${seed} npm test -- packages/firehose/test/faults.test.ts`, {
        cause,
      });
    }
  }
  expect(accepted).toBeGreaterThan(0);
});

// A letter arrived, and was taken, while `abort` waited for others: it was handed back as well.
test('a schedule that once handed an event back twice hands it back once', async () => {
  expect((await runFaultSchedule(1_089_285_091)).accepted).toBeGreaterThan(0);
});
