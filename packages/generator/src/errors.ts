import { CodedError, shown, type OptionProblem } from '@store/foundation';

/** What can go wrong in this package; a code stays the same between releases. */
export type WorldErrorCode =
  'INVALID_OPTION' | 'OUT_OF_RANGE' | 'UNKNOWN_SERIES' | 'SNAPSHOT_MISMATCH' | 'ABORTED';

/** Every error that this package throws: which option, what was given, what is allowed. */
export class WorldError extends CodedError<WorldErrorCode> {
  /** The class's name, as logs show it. */
  override readonly name = 'WorldError';
  /** The option or argument that is wrong, with dots for nested ones: `shard.index`. */
  readonly option: string;
  /** What was given. */
  readonly value: unknown;
  /** What would have been accepted. */
  readonly allowed: string;

  constructor(
    code: WorldErrorCode,
    option: string,
    value: unknown,
    allowed: string,
    message = `Expected \`${option}\` to be ${allowed}, got ${shown(value)}.`,
  ) {
    super(code, message);
    this.option = option;
    this.value = value;
    this.allowed = allowed;
  }
}

/** What a wrong option becomes. */
export function invalidOption({ path, value, expected, message }: OptionProblem): WorldError {
  return new WorldError('INVALID_OPTION', path, value, expected, message);
}

/** The problem of a value at a place of the data; the message says what is wrong and what to do. */
export function wrong(path: string, value: unknown, message: string): WorldError {
  return invalidOption({ path, value, expected: message, message: `${path}: ${message}` });
}
