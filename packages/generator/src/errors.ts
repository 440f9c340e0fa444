/** What can go wrong in this package. */
export type WorldErrorCode = 'INVALID_OPTION' | 'OUT_OF_RANGE' | 'ABORTED';

/** Every error that this package throws. */
export class WorldError extends Error {
  override readonly name = 'WorldError';
  readonly code: WorldErrorCode;
  /** The option or argument that is wrong. */
  readonly option: string;

  constructor(code: WorldErrorCode, option: string, message: string) {
    super(message);
    this.code = code;
    this.option = option;
  }
}
