import { randomUUID } from 'node:crypto';
import { action, type Actions } from '../wire/service-entry.js';
import { integer, structure, text } from '../wire/shape.js';
import { ServiceError } from '../wire/service-error.js';
import { deadLetterSources } from './list-queues.js';
import { type MoveTask, readTaskHandle, taskHandle } from './move-task.js';
import type { Queue } from './queue.js';
import { runMoveTask } from './run-move-task.js';
import { queueArn, queueOfArn, type SqsContext } from './sqs-context.js';
import { invalidParameter, invalidValue, MAX_MOVE_TASKS, MAX_MOVED_A_SECOND } from './sqs-rules.js';

/** The actions that move messages out of dead-letter queues. */
export const moveTaskActions: Actions<SqsContext> = new Map([
  [
    'StartMessageMoveTask',
    action(
      structure({ SourceArn: text(), DestinationArn: text(), MaxNumberOfMessagesPerSecond: integer() }, [
        'SourceArn',
      ]),
      startMessageMoveTask,
    ),
  ],
  ['CancelMessageMoveTask', action(structure({ TaskHandle: text() }, ['TaskHandle']), cancelMessageMoveTask)],
  [
    'ListMessageMoveTasks',
    action(structure({ SourceArn: text(), MaxResults: integer() }, ['SourceArn']), listMessageMoveTasks),
  ],
]);

interface StartInput {
  readonly SourceArn: string;
  readonly DestinationArn?: string;
  readonly MaxNumberOfMessagesPerSecond?: number;
}

/** `StartMessageMoveTask` */
function startMessageMoveTask(input: StartInput, context: SqsContext): unknown {
  const { DestinationArn: destinationArn, MaxNumberOfMessagesPerSecond: messagesPerSecond } = input;
  if (
    messagesPerSecond !== undefined &&
    !(messagesPerSecond >= 1 && messagesPerSecond <= MAX_MOVED_A_SECOND)
  ) {
    throw invalidValue(
      messagesPerSecond,
      'MaxNumberOfMessagesPerSecond',
      `Must be >= 1 and <= ${MAX_MOVED_A_SECOND}, if provided.`,
    );
  }
  const source = existing(input.SourceArn, 'SourceArn', context);
  if (deadLetterSources(source, context).length === 0) {
    throw invalidParameter('Source queue must be configured as a Dead Letter Queue.');
  }
  if (destinationArn !== undefined) checkDestination(destinationArn, source, context);
  const tasks = context.state.moveTasks.get(source.key) ?? [];
  if (tasks.some(({ status }) => status === 'RUNNING')) {
    throw invalidParameter(
      'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
    );
  }
  const now = context.clock.wallNow();
  const task: MoveTask = {
    id: randomUUID(),
    sourceArn: queueArn(source, context),
    destinationArn,
    messagesPerSecond,
    startedAt: now,
    toMove: source.counts(now).visible,
    status: 'RUNNING',
    moved: 0,
    failureReason: undefined,
    cancel: () => undefined,
  };
  context.state.moveTasks.set(source.key, [task, ...tasks].slice(0, MAX_MOVE_TASKS));
  runMoveTask(task, source, context);
  return { TaskHandle: taskHandle(task) };
}

function checkDestination(arn: string, source: Queue, context: SqsContext): void {
  const destination = existing(arn, 'DestinationArn', context);
  if (destination === source) {
    throw invalidParameter('Source queue and destination queue can not be the same.');
  }
  if (destination.fifo !== source.fifo) {
    throw invalidParameter('Source queue and destination queue must be of the same type.');
  }
}

function existing(arn: string, parameter: 'SourceArn' | 'DestinationArn', context: SqsContext): Queue {
  const queue = queueOfArn(arn, context);
  if (queue?.region === context.request.region) return queue;
  throw notFound(`The resource that you specified for the ${parameter} parameter doesn't exist.`);
}

function notFound(message: string): ServiceError {
  return new ServiceError('ResourceNotFoundException', message, 404);
}

/** `CancelMessageMoveTask`: what was moved by then stays moved. */
function cancelMessageMoveTask(
  { TaskHandle }: { readonly TaskHandle: string },
  context: SqsContext,
): unknown {
  const handle = readTaskHandle(TaskHandle);
  if (handle === undefined) throw invalidParameter('Value for parameter TaskHandle is invalid.');
  const source = existing(handle.sourceArn, 'SourceArn', context);
  const task = context.state.moveTasks.get(source.key)?.find(({ id }) => id === handle.taskId);
  if (task === undefined) throw notFound('Task does not exist.');
  if (task.status !== 'RUNNING') {
    throw new ServiceError('UnsupportedOperation', 'Only a task that is RUNNING can be cancelled.');
  }
  task.cancel();
  task.status = 'CANCELLED';
  return { ApproximateNumberOfMessagesMoved: task.moved };
}

/** `ListMessageMoveTasks`: the newest first, and that one alone unless MaxResults says more. */
function listMessageMoveTasks(
  { SourceArn, MaxResults: most = 1 }: { readonly SourceArn: string; readonly MaxResults?: number },
  context: SqsContext,
): unknown {
  const source = existing(SourceArn, 'SourceArn', context);
  if (most < 1 || most > MAX_MOVE_TASKS) {
    throw invalidValue(most, 'MaxResults', `Must be >= 1 and <= ${MAX_MOVE_TASKS}, if provided.`);
  }
  const tasks = context.state.moveTasks.get(source.key) ?? [];
  return { Results: tasks.slice(0, most).map(described) };
}

function described(task: MoveTask): Readonly<Record<string, unknown>> {
  const { destinationArn, messagesPerSecond, failureReason } = task;
  return {
    ...(task.status === 'RUNNING' ? { TaskHandle: taskHandle(task) } : {}),
    Status: task.status,
    SourceArn: task.sourceArn,
    ...(destinationArn === undefined ? {} : { DestinationArn: destinationArn }),
    ...(messagesPerSecond === undefined ? {} : { MaxNumberOfMessagesPerSecond: messagesPerSecond }),
    ApproximateNumberOfMessagesMoved: task.moved,
    ApproximateNumberOfMessagesToMove: task.toMove,
    ...(failureReason === undefined ? {} : { FailureReason: failureReason }),
    StartedTimestamp: task.startedAt,
  };
}
