import { CodedError, type OptionProblem } from '@store/foundation';

/** What can go wrong in this package. */
export type ConstructsErrorCode = 'INVALID_OPTION';

/** Every error that this package throws itself; the CDK throws its own. */
export class ConstructsError extends CodedError<ConstructsErrorCode> {
  /** The class's name, as logs show it. */
  override readonly name = 'ConstructsError';
  /** The option that is wrong. */
  readonly field: string;

  constructor(field: string, message: string) {
    super('INVALID_OPTION', message);
    this.field = field;
  }
}

/** What `checkOptions` throws in this package. */
export const invalidOption = ({ path, message }: OptionProblem): ConstructsError =>
  new ConstructsError(path, message);
