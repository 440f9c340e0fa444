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
  | 'INVALID_OPTION'
  | 'INVALID_EVENT'
  | 'INVALID_ROW'
  | 'INVALID_MESSAGE'
  | 'QUERY_FAILED'
  | 'QUERY_CANCELLED'
  | 'QUERY_STOPPED'
  | 'UNKNOWN_REQUEST'
  | 'WRONG_STATE'
  | 'REQUEST_BUSY'
  | 'REQUEST_TOO_LARGE'
  | 'LEDGER_UNREADABLE'
  | 'LEDGER_BUSY';

/** What a {@link RestockError} knows besides its code. */
export interface RestockErrorFacts {
  /** The option, column or field of a message or an event that is wrong. */
  readonly field?: string;
  /** Id of the event that is wrong. */
  readonly eventId?: string;
  /** Id of the request that cannot be moved, or that is not there. */
  readonly requestId?: string;
  /** Athena's id of the query that gave no rows. */
  readonly queryId?: string;
}

/** Every error that this package throws. */
export class RestockError extends CodedError<RestockErrorCode> {
  /** The class's name, as logs show it. */
  override readonly name = 'RestockError';
  /** The option, column or field of a message or an event that is wrong. */
  readonly field: string | undefined;
  /** Id of the event that is wrong. */
  readonly eventId: string | undefined;
  /** Id of the request that cannot be moved, or that is not there. */
  readonly requestId: string | undefined;
  /** Athena's id of the query that gave no rows. */
  readonly queryId: string | undefined;

  constructor(
    code: RestockErrorCode,
    message: string,
    { field, eventId, requestId, queryId }: RestockErrorFacts = {},
    options?: ErrorOptions,
  ) {
    super(code, message, options);
    this.field = field;
    this.eventId = eventId;
    this.requestId = requestId;
    this.queryId = queryId;
  }
}

/** What `checkOptions` throws in this package. */
export const invalidOption = ({ path, message }: OptionProblem): RestockError =>
  new RestockError('INVALID_OPTION', message, { field: path });

/** The ledger has no entry of this id, or has none any more. */
export const unknownRequest = (requestId: string): RestockError =>
  new RestockError('UNKNOWN_REQUEST', `The ledger knows no request ${requestId}.`, { requestId });

const isFilled = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Kinds of arguments that are no options. */
type Argument =
  | 'object'
  | 'objects'
  | 'stock'
  | 'id'
  | 'ids'
  | 'text'
  | 'request'
  | 'query'
  | 'athena'
  | 'sqs'
  | 'dynamodb'
  | 'ledger'
  | 'ledgerStore';

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
  ids: satisfying(
    'a list of ids',
    (value) => Array.isArray(value) && value.every((id) => typeof id === 'string' && id !== ''),
  ),
  text: satisfying('text that is not empty', (value) => typeof value === 'string' && value !== ''),
  request: satisfying(
    'a restock request with its `request_id`',
    (value) => isObject(value) && isFilled(Reflect.get(value, 'request_id')),
  ),
  query: callback(),
  athena: having('startQueryExecution', 'getQueryExecution', 'getQueryResults', 'stopQueryExecution'),
  sqs: having('sendMessageBatch'),
  dynamodb: having('putItem', 'updateItem', 'batchGetItem', 'getItem', 'query'),
  ledger: having('ask', 'find', 'sent', 'take', 'told', 'release', 'advance', 'wrote', 'open'),
  ledgerStore: having('read', 'get', 'write', 'list'),
};

/** Throws `INVALID_OPTION` where an argument is of another kind than its rule accepts. */
export function checkInput(name: string, value: unknown, rule: Argument): void {
  checkArgument(name, value, argumentRules[rule], invalidOption);
}
