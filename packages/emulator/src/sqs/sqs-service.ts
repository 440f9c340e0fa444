import type { Clock } from '@store/foundation';
import { openServiceJournal, type ServiceJournalOptions } from '../journal.js';
import { KeyedTurns } from '../keyed-turns.js';
import { jsonDialect, refusalsOf } from '../wire/json-dialect.js';
import { actionsIn, type ServiceEntry } from '../wire/service-entry.js';
import type { ServiceError } from '../wire/service-error.js';
import { sqsActions } from './actions.js';
import { queryDialect } from './query-dialect.js';
import { jsonErrorType, queryErrorCode } from './query-error.js';
import { missingParameter, withoutQueueName } from './sqs-rules.js';
import { type SqsEntry, SqsState } from './sqs-state.js';

/** How the queues are kept. */
export interface SqsServiceOptions extends ServiceJournalOptions {
  readonly clock: Clock;
  /** Region of the queues that an earlier release left. @defaultValue 'us-east-1' */
  readonly region?: string;
  /** Whether the name of a queue that was deleted can be taken again immediately. @defaultValue true */
  readonly reuseQueueNames?: boolean;
}

/** Amazon SQS: standard and FIFO queues. */
export interface SqsService extends ServiceEntry {
  /** Writes what is left and lets go of the journal. */
  close(): Promise<void>;
}

/** Opens the queues and serves them. */
export async function createSqsService(options: SqsServiceOptions): Promise<SqsService> {
  const { clock, region = 'us-east-1', reuseQueueNames = true } = options;
  const state = new SqsState(region);
  const turns = new KeyedTurns();
  const journal = await openServiceJournal<SqsEntry>(state, options, ['ServiceUnavailable', 503]);
  const commit = (entry: SqsEntry): Promise<void> => journal.append(entry);
  const refusals = refusalsOf({
    service: 'SQS',
    unknownAction: 'UnknownOperationException',
    wrongType: 'InvalidParameterValue',
    violated: 'InvalidParameterValue',
  });
  return {
    scope: 'sqs',
    target: 'AmazonSQS',
    mayBePresigned: true,
    dialects: [jsonDialect('1.0', queryErrorHeader, jsonErrorType), queryDialect(new Set(sqsActions.keys()))],
    actions: actionsIn(sqsActions, (request) => ({ state, turns, commit, clock, request, reuseQueueNames })),
    refusals: {
      ...refusals,
      violated: (violations) => {
        const missing = violations.find(({ shown }) => shown === 'null');
        if (missing === undefined) return refusals.violated(violations);
        return missing.path === 'QueueName' ? withoutQueueName() : missingParameter(missing.path);
      },
    },
    close() {
      for (const tasks of state.moveTasks.values()) for (const task of tasks) task.cancel();
      return journal.close();
    },
  };
}

/** Clients that once spoke the query protocol still know errors by its codes. */
function queryErrorHeader({ code, status }: ServiceError): Readonly<Record<string, string>> {
  return { 'x-amzn-query-error': `${queryErrorCode(code)};${status < 500 ? 'Sender' : 'Receiver'}` };
}
