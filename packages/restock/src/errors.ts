/** What can go wrong in this package. */
export type RestockErrorCode = 'INVALID_OPTION' | 'INVALID_ROW';

/** Every error that this package throws. */
export class RestockError extends Error {
  override readonly name = 'RestockError';
  readonly code: RestockErrorCode;
  /** The option or column that is wrong. */
  readonly field: string;

  constructor(code: RestockErrorCode, field: string, message: string) {
    super(message);
    this.code = code;
    this.field = field;
  }
}
