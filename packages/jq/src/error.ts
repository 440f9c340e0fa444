import type { JqValue } from './value.js';

/** Why a jq program stopped: it does not parse, it is jq but not of the subset, or a record made it fail. */
export type JqErrorCode = 'JQ_SYNTAX' | 'JQ_UNSUPPORTED' | 'JQ_RUNTIME' | 'JQ_LIMIT';

/** An error of a jq program: at compile time it names the expression, at run time it carries jq's own value. */
export class JqError extends Error {
  override readonly name = 'JqError';
  /** Stable code of the error. */
  readonly code: JqErrorCode;
  /** What `error(value)` raised; for jq's own errors their message. */
  readonly value: JqValue;

  constructor(code: JqErrorCode, message: string, value: JqValue = message) {
    super(message);
    this.code = code;
    this.value = value;
  }
}

/** An error as jq itself words it. */
export function runtimeError(message: string): JqError {
  return new JqError('JQ_RUNTIME', message);
}

/** Something that jq 1.6 may know and this compiler refuses, naming it. */
export function unsupported(what: string, instead?: string): JqError {
  const advice = instead === undefined ? '' : ` ${instead}`;
  return new JqError('JQ_UNSUPPORTED', `jq expression not supported: ${what}.${advice}`);
}

/** Text that jq 1.6 does not parse. */
export function syntaxError(what: string, program: string, at: number): JqError {
  const before = program.slice(0, at).split('\n');
  const column = (before.at(-1) ?? '').length + 1;
  return new JqError(
    'JQ_SYNTAX',
    `jq expression does not parse: ${what} at line ${before.length}, column ${column} of ${program}`,
  );
}

/** Whether jq itself would have raised this, so that `try` and `?` may catch it. */
export function isCatchable(error: unknown): error is JqError {
  return error instanceof JqError && error.code === 'JQ_RUNTIME';
}
