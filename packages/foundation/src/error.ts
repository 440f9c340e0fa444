/**
 * Base of every error that our libraries throw on purpose: one subclass a package, whose `code` is a closed union
 * in UPPER_SNAKE that keeps its meaning between releases.
 *
 * @example
 * ```ts
 * import { CodedError } from '@store/foundation';
 *
 * class TillError extends CodedError<'DRAWER_OPEN' | 'NO_PAPER'> {
 *   override readonly name = 'TillError';
 * }
 * const error = new TillError('NO_PAPER', 'The roll is empty. Put in a new one.');
 * console.log(error.code); // NO_PAPER
 * ```
 */
export class CodedError<Code extends string> extends Error {
  /** What went wrong, for programs. */
  readonly code: Code;

  constructor(code: Code, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
