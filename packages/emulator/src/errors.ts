/** Codes of {@link EmulatorError}. */
export type EmulatorErrorCode =
  | 'INVALID_OPTION'
  | 'NEWER_FORMAT'
  | 'DATA_DIR_IN_USE'
  | 'ADDRESS_IN_USE'
  | 'CORRUPT_STATE'
  | 'CLOSED'
  | 'QUERY_FAILED';

/** What goes wrong with the endpoint itself; clients of its services get AWS's errors instead. */
export class EmulatorError extends Error {
  override readonly name = 'EmulatorError';
  /** For programs; never changes its meaning. */
  readonly code: EmulatorErrorCode;

  constructor(code: EmulatorErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
