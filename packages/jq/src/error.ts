import { checkArgument, CodedError, satisfying, type OptionProblem } from '@store/foundation';
import type { JqValue } from './value.js';

/**
 * Why a program stopped. When compiling: `SYNTAX`, it does not parse; `UNSUPPORTED`, it is jq, but not of the subset;
 * `INVALID_OPTION`. On one input: `RUNTIME`, jq's own error; `UNSUPPORTED`, an answer that would have to be guessed;
 * `LIMIT`, more steps or a deeper nesting than one input may take.
 */
export type JqErrorCode = 'SYNTAX' | 'UNSUPPORTED' | 'RUNTIME' | 'LIMIT' | 'INVALID_OPTION';

/**
 * An error of a jq program: when compiling its message names the expression, on an input it carries jq's own value.
 *
 * @example
 * ```ts
 * import { compileJq, JqError } from '@store/jq';
 *
 * try {
 *   compileJq('def f: 1; f');
 * } catch (error) {
 *   if (error instanceof JqError) console.log(error.code, error.message);
 *   // UNSUPPORTED jq expression not supported: "def" in def f: 1; f.
 * }
 * ```
 */
export class JqError extends CodedError<JqErrorCode> {
  /** The class's name, as logs show it. */
  override readonly name = 'JqError';
  /** What `error(value)` raised; for jq's own errors their message. */
  readonly value: JqValue;

  constructor(code: JqErrorCode, message: string, value: JqValue = message) {
    super(code, message);
    this.value = value;
  }
}

/** What a wrong option or argument becomes. */
export function invalidOption({ message }: OptionProblem): JqError {
  return new JqError('INVALID_OPTION', message);
}

const programRule = satisfying('the text of a jq program', (value) => typeof value === 'string');

/** Throws unless the argument is text. */
export function checkProgram(program: unknown): void {
  checkArgument('program', program, programRule, invalidOption);
}

/** An error as jq itself words it. */
export function runtimeError(message: string): JqError {
  return new JqError('RUNTIME', message);
}

/** Something that jq 1.6 may know and this compiler refuses, naming it. */
export function unsupported(what: string, instead?: string): JqError {
  const advice = instead === undefined ? '' : ` ${instead}`;
  return new JqError('UNSUPPORTED', `jq expression not supported: ${what}.${advice}`);
}

/** Text that jq 1.6 does not parse. */
export function syntaxError(what: string, program: string, at: number): JqError {
  const before = program.slice(0, at).split('\n');
  const column = (before.at(-1) ?? '').length + 1;
  return new JqError(
    'SYNTAX',
    `jq expression does not parse: ${what} at line ${before.length}, column ${column} of ${program}`,
  );
}

/** Whether jq itself would have raised this, so that `try` and `?` may catch it. */
export function isCatchable(error: unknown): error is JqError {
  return error instanceof JqError && error.code === 'RUNTIME';
}
