import { JqError } from './error.js';

/** What a program may take on one input; jq 1.6 itself has no such limits. */
export interface JqLimits {
  /** Steps that a program may take: 1,000,000. A partition key takes tens. */
  readonly steps: number;
  /** Characters of a string that repetition makes (`"ab" * 1000`): 1,048,576. */
  readonly repeatedCharacters: number;
}

/** What a program may take on one input, so that no input can hold a process up. */
export const jqLimits: JqLimits = Object.freeze({ steps: 1_000_000, repeatedCharacters: 1 << 20 });

// A program runs from its first step to its last without a pause, so one count serves them all.
let left = jqLimits.steps;

/** Takes steps off what the input may take; a program beside itself ends here, not with the process. */
export function spend(steps: number): void {
  left -= steps;
  if (left < 0) {
    throw new JqError('LIMIT', `jq expression took more than ${jqLimits.steps} steps on one record.`);
  }
}

/** Runs a program on one input within its limits; a nesting that the stack cannot hold is an error like any other. */
export function withinLimits<T>(run: () => T): T {
  left = jqLimits.steps;
  try {
    return run();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new JqError(
      'LIMIT',
      `jq expression or record is nested too deeply, or too large: ${error.message}.`,
    );
  }
}
