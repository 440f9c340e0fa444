import { JqError } from './error.js';

/** What a program may take on one input; jq 1.6 itself has no such limits. */
export interface JqLimits {
  /** Steps that a program may take: 1,000,000. A partition key takes tens. */
  readonly steps: number;
  /** Characters of a string that repetition makes (`"ab" * 1000`): 1,048,576. */
  readonly repeatedCharacters: number;
  /**
   * Expressions within each other in a program, and values within each other where two are merged or one is searched
   * for in the other: 256, as many as jq 1.6 parses of JSON (`MAX_PARSING_DEPTH`).
   */
  readonly depth: number;
}

/** What a program may take on one input, so that no input can hold a process up. */
export const jqLimits: JqLimits = Object.freeze({
  steps: 1_000_000,
  repeatedCharacters: 1 << 20,
  depth: 256,
});

/** Steps for several inputs together; each run takes what it took off. */
export interface StepBudget {
  /** Steps that are left; never more than {@link JqLimits.steps} for one run. */
  steps: number;
}

// A program runs from its first step to its last without a pause, so one count serves them all.
let left = jqLimits.steps;

/** Takes steps off what the input may take; a program beside itself ends here, not with the process. */
export function spend(steps: number): void {
  left -= steps;
  if (left < 0) {
    throw new JqError('LIMIT', `jq expression took more than ${jqLimits.steps} steps on one record.`);
  }
}

/**
 * Takes the steps off that a function takes which looks at all of a value's text or members: eight characters, or two
 * members, are a step, so that a million of them take a tenth of a second at most.
 */
export function spendOn(value: unknown): void {
  if (typeof value === 'string') spend(1 + (value.length >> 3));
  else if (Array.isArray(value)) spend(1 + (value.length >> 1));
  else spend(1);
}

/** Steps that an error counts as: it costs what the engine needs to note where it was made. */
export const STEPS_OF_AN_ERROR = 96;

/** The error for a program or a value that is nested too deeply. */
export function tooDeep(what: string): JqError {
  return new JqError(
    'LIMIT',
    `jq expression not run: ${what} is nested more than ${jqLimits.depth} levels deep.`,
  );
}

/** Runs a program on one input within its limits; a nesting that the stack cannot hold is an error like any other. */
export function withinLimits<T>(run: () => T, budget?: StepBudget): T {
  const given = budget === undefined ? jqLimits.steps : Math.min(jqLimits.steps, Math.max(0, budget.steps));
  left = given;
  try {
    return run();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new JqError(
      'LIMIT',
      `jq expression or record is nested too deeply, or too large: ${error.message}.`,
    );
  } finally {
    if (budget !== undefined) budget.steps -= given - Math.max(0, left);
  }
}
