import type { Clock } from '@store/foundation';
import { openServiceJournal, type ServiceJournalOptions } from '../journal.js';
import { KeyedTurns } from '../keyed-turns.js';
import type { Violation } from '../wire/check-request.js';
import { jsonDialect } from '../wire/json-dialect.js';
import { actionsIn, type Actions, type ServiceEntry } from '../wire/service-entry.js';
import { ServiceError } from '../wire/service-error.js';
import type { DynamoDbContext } from './dynamodb-context.js';
import { ConditionFailed, errorType, invalid } from './dynamodb-errors.js';
import { DynamoDbState, type DynamoDbEntry } from './dynamodb-state.js';
import { queryActions } from './query-action.js';
import { readActions } from './read-actions.js';
import { tableActions } from './table-actions.js';
import { writeActions } from './write-actions.js';

/** How the tables are kept. */
export interface DynamoDbServiceOptions extends ServiceJournalOptions {
  readonly clock: Clock;
}

/** Every action that is served. */
export const dynamodbActions: Actions<DynamoDbContext> = new Map([
  ...tableActions,
  ...writeActions,
  ...readActions,
  ...queryActions,
]);

/** Opens the tables and serves them: a write is answered when it is on the disk. */
export async function createDynamoDbService(options: DynamoDbServiceOptions): Promise<ServiceEntry> {
  const { clock } = options;
  const state = new DynamoDbState();
  const turns = new KeyedTurns();
  const journal = await openServiceJournal<DynamoDbEntry>(state, options, ['InternalServerError', 500]);
  const commit = (entry: DynamoDbEntry): Promise<void> => journal.append(entry);
  return {
    scope: 'dynamodb',
    target: 'DynamoDB_20120810',
    dialects: [jsonDialect('1.0', undefined, errorType, 'message', errorMembers)],
    actions: actionsIn(dynamodbActions, (request) => ({ state, turns, commit, clock, request })),
    refusals: {
      unknownAction: (name) =>
        new ServiceError('UnknownOperationException', `DynamoDB's ${name} is not served here`),
      wrongType: (path, expected) =>
        new ServiceError(
          'SerializationException',
          `Expected ${path === '' ? 'the request' : path} to be ${expected}`,
        ),
      violated,
    },
    close: () => journal.close(),
  };
}

function errorMembers(error: ServiceError): object {
  return error instanceof ConditionFailed && error.item !== undefined ? { Item: error.item } : {};
}

/** DynamoDB counts what is wrong, and names members with a small letter first. */
function violated(violations: readonly Violation[]): Error {
  const shown = violations.slice(0, 10).map(({ path, shown: value, constraint }) => {
    const place = path.replaceAll(
      /(^|\.)([A-Z])/g,
      (_, dot: string, letter: string) => `${dot}${letter.toLowerCase()}`,
    );
    return `Value ${value === 'null' ? 'null' : `'${value}'`} at '${place}' failed to satisfy constraint: ${constraint}`;
  });
  const errors = shown.length === 1 ? 'error' : 'errors';
  return invalid(`${shown.length} validation ${errors} detected: ${shown.join('; ')}`);
}
