import { CodedError, type OptionProblem } from '@store/foundation';

/** What can go wrong in this package. */
export type RestockErrorCode =
  'INVALID_OPTION' | 'INVALID_ROW' | 'INVALID_MESSAGE' | 'QUERY_FAILED' | 'QUERY_CANCELLED' | 'QUERY_STOPPED';

/** What a {@link RestockError} knows besides its code. */
export interface RestockErrorFacts {
  /** The option, column or field of a message that is wrong. */
  readonly field?: string;
  /** Athena's id of the query that gave no rows. */
  readonly queryId?: string;
}

/** Every error that this package throws. */
export class RestockError extends CodedError<RestockErrorCode> {
  /** The class's name, as logs show it. */
  override readonly name = 'RestockError';
  /** The option, column or field of a message that is wrong. */
  readonly field: string | undefined;
  /** Athena's id of the query that gave no rows. */
  readonly queryId: string | undefined;

  constructor(
    code: RestockErrorCode,
    message: string,
    { field, queryId }: RestockErrorFacts = {},
    options?: ErrorOptions,
  ) {
    super(code, message, options);
    this.field = field;
    this.queryId = queryId;
  }
}

/** What `checkOptions` throws in this package. */
export const invalidOption = ({ path, message }: OptionProblem): RestockError =>
  new RestockError('INVALID_OPTION', message, { field: path });
