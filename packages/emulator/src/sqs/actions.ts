import type { Actions } from '../wire/service-entry.js';
import { acknowledgeActions } from './acknowledge.js';
import { findQueueActions } from './list-queues.js';
import { moveTaskActions } from './move-task-actions.js';
import { permissionActions } from './permission-actions.js';
import { queueActions } from './queue-actions.js';
import { receiveActions } from './receive.js';
import { sendActions } from './send.js';
import type { SqsContext } from './sqs-context.js';
import { tagActions } from './tag-actions.js';

/** All actions of SQS: every one of the API version 2012-11-05. */
export const sqsActions: Actions<SqsContext> = new Map([
  ...queueActions,
  ...findQueueActions,
  ...tagActions,
  ...permissionActions,
  ...sendActions,
  ...receiveActions,
  ...acknowledgeActions,
  ...moveTaskActions,
]);
