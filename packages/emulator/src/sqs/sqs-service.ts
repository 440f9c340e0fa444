import { JournalError } from '../journal-error.js';
import { type Journal, memoryJournal, openJournal } from '../journal.js';
import { JsonInput } from '../json-input.js';
import type { Clock } from '@store/foundation';
import type { JsonService } from '../wire/request-context.js';
import { ServiceError } from '../wire/service-error.js';
import {
  changeMessageVisibility,
  changeMessageVisibilityBatch,
  deleteMessage,
  deleteMessageBatch,
} from './acknowledge.js';
import {
  createQueue,
  deleteQueue,
  getQueueAttributes,
  getQueueUrl,
  listDeadLetterSourceQueues,
  listQueues,
  listQueueTags,
  purgeQueue,
  setQueueAttributes,
  tagQueue,
  untagQueue,
} from './queue-actions.js';
import { receiveMessage } from './receive.js';
import { sendMessage, sendMessageBatch } from './send.js';
import type { SqsContext } from './sqs-context.js';
import { invalidParameter } from './sqs-error.js';
import { type SqsEntry, SqsState } from './sqs-state.js';

/** How the queues are kept. */
export interface SqsServiceOptions {
  /**
   * File of the queues' journal.
   * @defaultValue none: the queues live as long as the process
   */
  readonly journal?: string;
  readonly clock: Clock;
  /** Called before the journal is written; throws what a full disk would. */
  readonly beforeWrite?: () => void;
}

/** Amazon SQS: standard and FIFO queues. */
export interface SqsService extends JsonService {
  /** Writes what is left and lets go of the journal. */
  close(): Promise<void>;
}

type Action = (input: JsonInput, context: SqsContext) => unknown;

const actions: ReadonlyMap<string, Action> = new Map(
  Object.entries<Action>({
    CreateQueue: createQueue,
    DeleteQueue: deleteQueue,
    GetQueueUrl: getQueueUrl,
    ListQueues: listQueues,
    ListDeadLetterSourceQueues: listDeadLetterSourceQueues,
    GetQueueAttributes: getQueueAttributes,
    SetQueueAttributes: setQueueAttributes,
    PurgeQueue: purgeQueue,
    TagQueue: tagQueue,
    UntagQueue: untagQueue,
    ListQueueTags: listQueueTags,
    SendMessage: sendMessage,
    SendMessageBatch: sendMessageBatch,
    ReceiveMessage: receiveMessage,
    DeleteMessage: deleteMessage,
    DeleteMessageBatch: deleteMessageBatch,
    ChangeMessageVisibility: changeMessageVisibility,
    ChangeMessageVisibilityBatch: changeMessageVisibilityBatch,
  }),
);

/** Opens the queues and serves them. */
export async function createSqsService(options: SqsServiceOptions): Promise<SqsService> {
  const state = new SqsState();
  const journal: Journal<SqsEntry> =
    options.journal === undefined
      ? memoryJournal(state)
      : await openJournal({
          path: options.journal,
          state,
          ...(options.beforeWrite === undefined ? {} : { beforeWrite: options.beforeWrite }),
        });
  return {
    targetPrefix: 'AmazonSQS',
    jsonVersion: '1.0',
    async handle(action, input, request) {
      const act = actions.get(action);
      if (act === undefined) {
        throw new ServiceError('UnsupportedOperation', `SQS's ${action} is not served here`);
      }
      try {
        const context = { state, journal, clock: options.clock, request };
        return await act(new JsonInput(input ?? {}, invalidParameter), context);
      } catch (error) {
        throw error instanceof JournalError
          ? new ServiceError('ServiceUnavailable', error.message, 503)
          : error;
      }
    },
    close: () => journal.close(),
  };
}
