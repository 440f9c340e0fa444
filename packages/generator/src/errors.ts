import { CodedError, shown, type OptionProblem } from '@store/foundation';

/** What can go wrong in this package; a code stays the same between releases. */
export type WorldErrorCode =
  | 'INVALID_OPTION'
  | 'OUT_OF_RANGE'
  | 'UNKNOWN_SERIES'
  | 'SNAPSHOT_MISMATCH'
  | 'ABORTED'
  | 'POLICY_FAILED'
  // Of `@store/generator/calibrate`.
  | 'INVALID_HISTORY';

/** Where a policy failed. */
export interface PolicyPlace {
  /** The store that ordered. */
  readonly store_id: string;
  /** Its local day, `2026-01-05`. */
  readonly date: string;
  /** The product of a wrong order; missing where no single one is wrong. */
  readonly product_id?: string;
}

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
  /** Store, day and product of a `POLICY_FAILED`. */
  readonly place?: PolicyPlace;
  /** Of an `INVALID_HISTORY`: the row that is wrong, from 1. */
  readonly row?: number;
  /** Of an `INVALID_HISTORY`: the column that is wrong. */
  readonly column?: string;

  constructor(
    code: WorldErrorCode,
    option: string,
    value: unknown,
    allowed: string,
    message = `Expected \`${option}\` to be ${allowed}, got ${shown(value)}.`,
    { place, row, ...rest }: ErrorOptions & { readonly place?: PolicyPlace; readonly row?: number } = {},
  ) {
    super(code, message, rest);
    this.option = option;
    this.value = value;
    this.allowed = allowed;
    if (place !== undefined) this.place = place;
    if (row === undefined) return;
    this.row = row;
    this.column = option;
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
