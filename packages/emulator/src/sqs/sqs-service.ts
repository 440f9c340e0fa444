import type { Clock } from '@store/foundation';
import { openServiceJournal, type ServiceJournalOptions } from '../journal.js';
import { jsonDialect, refusalsOf } from '../wire/json-dialect.js';
import { actionsIn, type ServiceEntry } from '../wire/service-entry.js';
import type { ServiceError } from '../wire/service-error.js';
import { acknowledgeActions } from './acknowledge.js';
import { queryDialect, queryErrorCode } from './query-dialect.js';
import { queueActions } from './queue-actions.js';
import { receiveActions } from './receive.js';
import { sendActions } from './send.js';
import { missingParameter } from './sqs-rules.js';
import { type SqsEntry, SqsState } from './sqs-state.js';

/** How the queues are kept. */
export interface SqsServiceOptions extends ServiceJournalOptions {
  readonly clock: Clock;
}

/** Amazon SQS: standard and FIFO queues. */
export interface SqsService extends ServiceEntry {
  /** Writes what is left and lets go of the journal. */
  close(): Promise<void>;
}

/** Opens the queues and serves them. */
export async function createSqsService(options: SqsServiceOptions): Promise<SqsService> {
  const state = new SqsState();
  const journal = await openServiceJournal<SqsEntry>(state, options, ['ServiceUnavailable', 503]);
  const commit = (entry: SqsEntry): Promise<void> => journal.append(entry);
  const actions = [...queueActions, ...sendActions, ...receiveActions, ...acknowledgeActions];
  const refusals = refusalsOf({
    service: 'SQS',
    unknownAction: 'UnsupportedOperation',
    wrongType: 'InvalidParameterValue',
    violated: 'InvalidParameterValue',
  });
  return {
    scope: 'sqs',
    target: 'AmazonSQS',
    dialects: [jsonDialect('1.0', queryErrorHeader), queryDialect],
    actions: actionsIn(new Map(actions), (request) => ({ state, commit, clock: options.clock, request })),
    refusals: {
      ...refusals,
      violated: (violations) => {
        const missing = violations.find(({ shown }) => shown === 'null');
        return missing === undefined ? refusals.violated(violations) : missingParameter(missing.path);
      },
    },
    close: () => journal.close(),
  };
}

/** Clients that once spoke the query protocol still know errors by its codes. */
function queryErrorHeader({ code, status }: ServiceError): Readonly<Record<string, string>> {
  return { 'x-amzn-query-error': `${queryErrorCode(code)};${status < 500 ? 'Sender' : 'Receiver'}` };
}
