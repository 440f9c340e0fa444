import {
  callback,
  checkArgument,
  CodedError,
  having,
  satisfying,
  type OptionProblem,
  type OptionRule,
} from '@store/foundation';

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

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Kinds of arguments that are no options. */
type Argument = 'object' | 'objects' | 'stock' | 'id' | 'text' | 'query' | 'athena' | 'sqs';

const argumentRules: Readonly<Record<Argument, OptionRule>> = {
  object: satisfying('an object', (value) => isObject(value) && !Array.isArray(value)),
  objects: satisfying(
    'an iterable of objects, such as a list',
    (value) => isObject(value) && typeof Reflect.get(value, Symbol.iterator) === 'function',
  ),
  stock: satisfying(
    'an object with the numbers `current_stock`, `min_threshold` and `on_order`',
    (value) =>
      isObject(value) &&
      ['current_stock', 'min_threshold', 'on_order'].every((name) =>
        Number.isFinite(Reflect.get(value, name)),
      ),
  ),
  id: satisfying('text', (value) => typeof value === 'string'),
  text: satisfying('text that is not empty', (value) => typeof value === 'string' && value !== ''),
  query: callback(),
  athena: having('startQueryExecution', 'getQueryExecution', 'getQueryResults', 'stopQueryExecution'),
  sqs: having('sendMessageBatch'),
};

/** Throws `INVALID_OPTION` where an argument is of another kind than its rule accepts. */
export function checkInput(name: string, value: unknown, rule: Argument): void {
  checkArgument(name, value, argumentRules[rule], invalidOption);
}
