import { randomUUID } from 'node:crypto';
import type { Message } from './message.js';
import type { MoveTask } from './move-task.js';
import type { Queue } from './queue.js';
import { noteDown, queueOfArn, type SqsContext } from './sqs-context.js';

/** Messages that one step moves where no rate is set: a step lasts a few milliseconds. */
const MESSAGES_A_STEP = 500;

/** Moves the source's visible messages, a step a second where the task has a rate, until none is left. */
export function runMoveTask(task: MoveTask, source: Queue, context: SqsContext): void {
  const perStep = task.messagesPerSecond ?? MESSAGES_A_STEP;
  const pauseMs = task.messagesPerSecond === undefined ? 0 : 1000;
  const step = (): void => {
    moveSome(task, source, perStep, context);
    if (task.status === 'RUNNING') task.cancel = context.clock.schedule(step, pauseMs);
  };
  task.cancel = context.clock.schedule(step, 0);
}

function moveSome(task: MoveTask, source: Queue, most: number, context: SqsContext): void {
  let moved = 0;
  for (const message of source.take(context.clock.wallNow())) {
    const to = targetOf(task, message, context);
    if (typeof to === 'string') {
      // It was taken out of the line, and stays where it is.
      source.putBack(message);
      fail(task, to);
      return;
    }
    move(message, source, to, context);
    task.moved += 1;
    moved += 1;
    if (moved >= most) return;
  }
  task.status = 'COMPLETED';
}

/** Where a message goes, or why that is not known. */
function targetOf(task: MoveTask, message: Message, context: SqsContext): Queue | string {
  const arn = task.destinationArn ?? message.record.sourceArn;
  if (arn === undefined) return 'CouldNotDetermineMessageSource';
  return queueOfArn(arn, context) ?? 'AWS.SimpleQueueService.NonExistentQueue';
}

function fail(task: MoveTask, reason: string): void {
  task.status = 'FAILED';
  task.failureReason = reason;
}

/** A message that is moved back is a new one, with an id, a time and a retention period of its own. */
function move({ record }: Message, from: Queue, to: Queue, context: SqsContext): void {
  const now = context.clock.wallNow();
  const { body, attributes, systemAttributes, groupId, deduplicationId } = record;
  const entry = {
    op: 'move',
    queue: from.key,
    id: record.id,
    to: to.key,
    message: {
      id: randomUUID(),
      order: context.state.nextOrder,
      body,
      sentAt: now,
      visibleAt: now,
      ...(attributes === undefined ? {} : { attributes }),
      ...(systemAttributes === undefined ? {} : { systemAttributes }),
      ...(groupId === undefined ? {} : { groupId }),
      ...(deduplicationId === undefined ? {} : { deduplicationId }),
    },
  } as const;
  context.state.move(entry);
  noteDown(entry, context);
}
