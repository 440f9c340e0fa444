/** Why a journal could not do what was asked. */
export type JournalErrorCode = 'JOURNAL_WRITE_FAILED' | 'JOURNAL_CORRUPT' | 'JOURNAL_CLOSED';

/** An error of a journal; the message says what happened and what to do. */
export class JournalError extends Error {
  override readonly name = 'JournalError';
  /** Stable code of the error. */
  readonly code: JournalErrorCode;

  constructor(code: JournalErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}
