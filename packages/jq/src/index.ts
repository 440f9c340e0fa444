import { compile } from './compiler.js';
import { parse } from './parser.js';
import type { JqValue } from './value.js';
import { withinLimits } from './work-limit.js';

export { JqError } from './error.js';
export type { JqErrorCode } from './error.js';
export { fieldsRead } from './fields-read.js';
export type { FieldUse } from './fields-read.js';
export type { JqObject, JqValue } from './value.js';

/** What a program may ask of the world. */
export interface JqOptions {
  /**
   * Seconds since 1970 for `now`.
   * @defaultValue the system's clock
   */
  readonly now?: () => number;
}

/** A compiled program: all outputs for one input; throws {@link JqError} when the record makes it fail. */
export type JqProgram = (input: unknown) => readonly JqValue[];

/**
 * Compiles a program of the jq 1.6 subset that partition keys use. What does not parse, and what jq has and this
 * subset lacks, throws {@link JqError} that names the expression. The input is what `JSON.parse` gives.
 */
export function compileJq(program: string, options: JqOptions = {}): JqProgram {
  const now = options.now ?? (() => Date.now() / 1000);
  const code = withinLimits(() => compile(parse(program), { program, variables: [], now }));
  const { one, many } = code;
  // The input comes from JSON.parse, whose values are exactly those of JqValue.
  if (one !== undefined) return (input) => [withinLimits(() => one(input as JqValue, undefined))];
  return (input) => {
    const outputs: JqValue[] = [];
    withinLimits(() => {
      many(input as JqValue, undefined, (output) => {
        outputs.push(output);
      });
    });
    return outputs;
  };
}
