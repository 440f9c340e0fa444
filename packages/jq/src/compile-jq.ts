import { callback, checkOptions, satisfying, type OptionRules, systemClock } from '@store/foundation';
import { compile } from './compiler.js';
import { checkProgram, invalidOption } from './error.js';
import { parse } from './parser.js';
import type { JqValue } from './value.js';
import { type StepBudget, withinLimits } from './work-limit.js';

/** What a program may take from outside. */
export interface JqOptions {
  /**
   * Seconds since 1970 for `now`.
   * @defaultValue the system's clock
   */
  readonly now?: () => number;
  /**
   * Steps that several inputs share: each run takes what it took off, and may take no more than is left, nor than
   * {@link JqLimits.steps}. The caller fills it up.
   * @defaultValue the limit, for each input
   */
  readonly budget?: StepBudget;
}

const jqRules: OptionRules<JqOptions> = {
  now: callback(),
  budget: satisfying(
    'an object with the number `steps`',
    (value) =>
      typeof value === 'object' && value !== null && 'steps' in value && typeof value.steps === 'number',
  ),
};

/**
 * A compiled program: gives all outputs for one input, which is what `JSON.parse` gives, in the order of jq. It
 * throws {@link JqError} where jq would stop with an error, and keeps nothing between inputs.
 */
export type JqProgram = (input: unknown) => readonly JqValue[];

/**
 * Compiles a jq 1.6 program to a function from one input to its outputs. What does not parse, and what jq has and this
 * subset lacks, throws {@link JqError} that names the expression; SUPPORT.md lists both.
 *
 * @example
 * ```ts
 * import { compileJq } from '@store/jq';
 *
 * const busyHours = compileJq('.sales[] | select(.units > 10) | {hour: .at[11:13], units}');
 * const day = { sales: [{ at: '2026-11-23T09:12:00Z', units: 4 }, { at: '2026-11-23T17:30:00Z', units: 25 }] };
 * console.log(busyHours(day)); // [ { hour: '17', units: 25 } ]
 * ```
 */
export function compileJq(program: string, options: JqOptions = {}): JqProgram {
  checkProgram(program);
  checkOptions(options, jqRules, invalidOption);
  const now = options.now ?? (() => systemClock.wallNow() / 1000);
  const code = withinLimits(() => compile(parse(program), { program, variables: [], now, compile }));
  const { one, many } = code;
  const { budget } = options;
  // The input comes from JSON.parse, whose values are exactly those of JqValue.
  if (one !== undefined) {
    return (input) => [withinLimits(() => one(input as JqValue, undefined), budget)];
  }
  return (input) => {
    const outputs: JqValue[] = [];
    withinLimits(() => {
      many(input as JqValue, undefined, (output) => {
        outputs.push(output);
      });
    }, budget);
    return outputs;
  };
}
