import { CodedError } from '@store/foundation';

/** What the intake refuses on purpose. */
export type IntakeErrorCode =
  /** A mapping document is not one: every problem is in {@link IntakeError.problems}. */
  | 'INVALID_MAPPING'
  /** A header does not hold the columns that are read. */
  | 'HEADER_MISMATCH'
  /** A name of a time zone that no calendar has. */
  | 'UNKNOWN_ZONE'
  /** A format of times that cannot be read. */
  | 'INVALID_FORMAT'
  /** An option that is none. */
  | 'INVALID_OPTION'
  /** A name of an encoding that is not known. */
  | 'UNKNOWN_ENCODING'
  /** Bytes that are no text in the encoding of the source. */
  | 'NOT_IN_ENCODING'
  /** A NUL, which no text has. */
  | 'NUL_BYTE'
  /** A file of rows without a header. */
  | 'NO_HEADER'
  /** A header that names a column twice. */
  | 'DUPLICATE_COLUMN'
  /** A delimiter that cannot be between fields. */
  | 'INVALID_DELIMITER'
  /** A line of a file of rejects that is none. */
  | 'INVALID_REJECT'
  /** A reader took text that is neither in a record nor between records: an error of ours. */
  | 'UNACCOUNTED';

/** One thing that is wrong with a document or a header. */
export interface IntakeProblem {
  /** Where, from the outermost key: `fields.event_time.zone`; empty for the whole. */
  readonly path: string;
  /** A whole sentence: what was expected, what was found, and what to do. */
  readonly message: string;
}

/** Where in a source an error stands, and what helps. */
export interface IntakeErrorFacts extends ErrorOptions {
  /** Line, from 1. */
  readonly line?: number;
  /** Byte of the source, from 1. */
  readonly byte?: number;
  /** One sentence, imperative: what to do. */
  readonly fix?: string;
}

/**
 * What every function of the package throws on purpose. A record never makes one: it is refused with a reason.
 *
 * @example
 * ```ts
 * import { IntakeError, StrictDecoder } from '@store/intake';
 *
 * try {
 *   new StrictDecoder().push(Uint8Array.of(...Buffer.alloc(4096, 0xf6)));
 * } catch (error) {
 *   if (error instanceof IntakeError) console.log(error.code, error.line, error.byte); // NOT_IN_ENCODING 1 1
 * }
 * ```
 */
export class IntakeError extends CodedError<IntakeErrorCode> {
  /** Always `IntakeError`. */
  override readonly name = 'IntakeError';
  /** Everything that is wrong, in the order of the document. */
  readonly problems: readonly IntakeProblem[];
  /** Line of the source, from 1. */
  readonly line: number | undefined;
  /** Byte of the source, from 1. */
  readonly byte: number | undefined;
  /** What to do, in one sentence. */
  readonly fix: string | undefined;

  constructor(
    code: IntakeErrorCode,
    message: string,
    problems: readonly IntakeProblem[] = [],
    facts: IntakeErrorFacts = {},
  ) {
    super(code, message, facts);
    this.problems = problems;
    this.line = facts.line;
    this.byte = facts.byte;
    this.fix = facts.fix;
  }
}
