import { DurableError } from '@store/durable';
import type { Clock } from '@store/foundation';
import type { DamagePolicy } from '../damage-policy.js';
import { type Journal, memoryJournal, openJournal } from '../journal.js';
import { jsonDialect, refusalsOf } from '../wire/json-dialect.js';
import { actionsIn, type ServiceEntry } from '../wire/service-entry.js';
import { ServiceError } from '../wire/service-error.js';
import { acknowledgeActions } from './acknowledge.js';
import { queryDialect, queryErrorCode } from './query-dialect.js';
import { queueActions } from './queue-actions.js';
import { receiveActions } from './receive.js';
import { sendActions } from './send.js';
import { missingParameter } from './sqs-rules.js';
import { type SqsEntry, SqsState } from './sqs-state.js';

/** How the queues are kept. */
export interface SqsServiceOptions {
  /**
   * Folder of the queues' journal.
   * @defaultValue none: the queues live as long as the process
   */
  readonly journal?: string;
  readonly clock: Clock;
  /** Called before the journal is written; throws what a full disk would. */
  readonly beforeWrite?: () => void;
  /** What is done about damage of the journal. @defaultValue it is refused */
  readonly policy?: DamagePolicy;
}

/** Amazon SQS: standard and FIFO queues. */
export interface SqsService extends ServiceEntry {
  /** Writes what is left and lets go of the journal. */
  close(): Promise<void>;
}

/** Opens the queues and serves them. */
export async function createSqsService(options: SqsServiceOptions): Promise<SqsService> {
  const state = new SqsState();
  const journal: Journal<SqsEntry> =
    options.journal === undefined
      ? memoryJournal(state)
      : await openJournal({
          path: options.journal,
          state,
          ...(options.policy === undefined ? {} : { policy: options.policy }),
          ...(options.beforeWrite === undefined ? {} : { beforeWrite: options.beforeWrite }),
        });
  const commit = async (entry: SqsEntry): Promise<void> => {
    try {
      await journal.append(entry);
    } catch (error) {
      throw error instanceof DurableError
        ? new ServiceError('ServiceUnavailable', error.message, 503)
        : error;
    }
  };
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
