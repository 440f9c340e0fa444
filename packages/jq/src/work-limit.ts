import { JqError } from './error.js';

/** Steps that one record may take: a query of partition keys takes tens. */
const MAX_STEPS = 1_000_000;

// A program runs from its first step to its last without a pause, so one count serves them all.
let left = MAX_STEPS;

/** Takes steps off what the record may take; a program beside itself ends here, not with the process. */
export function spend(steps: number): void {
  left -= steps;
  if (left < 0) {
    throw new JqError('JQ_LIMIT', `jq expression took more than ${MAX_STEPS} steps on one record.`);
  }
}

/** Runs a program on one record within its limits. */
export function withinLimits<T>(run: () => T): T {
  left = MAX_STEPS;
  try {
    return run();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new JqError(
      'JQ_LIMIT',
      `jq expression or record is nested too deeply, or too large: ${error.message}.`,
    );
  }
}
