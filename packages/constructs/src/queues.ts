import { Duration, aws_sqs as sqs } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { nameOf, type Stage } from './stage.js';

/** The queues of a stage. */
export interface Queues {
  /** Restock requests, one group for each store. */
  readonly restock: sqs.Queue;
  /** Restock requests that failed five times. */
  readonly restockDead: sqs.Queue;
  /** Real events on their way in. */
  readonly ingest: sqs.Queue;
  /** Rejected records, messages that failed for good, and invocations that failed for good. */
  readonly dead: sqs.Queue;
}

/** How long a function may work on a message: its timeout. Queues hide messages six times as long, as AWS advises. */
export const consumerTimeout: Duration = Duration.seconds(60);

/**
 * Creates the queues of a stage, each with the queue where what failed for good ends.
 *
 * @example
 * ```ts
 * import { createQueues, stageOf } from '@store/constructs';
 * import { App, CfnOutput, Stack } from 'aws-cdk-lib';
 *
 * const stack = new Stack(new App(), 'inventory');
 * new CfnOutput(stack, 'RestockQueue', { value: createQueues(stack, stageOf('dev')).restock.queueUrl });
 * ```
 */
export function createQueues(scope: Construct, stage: Stage): Queues {
  const common = { encryption: sqs.QueueEncryption.SQS_MANAGED, enforceSSL: true };
  const kept = { ...common, retentionPeriod: Duration.days(14) };
  const visibilityTimeout = Duration.seconds(consumerTimeout.toSeconds() * 6);
  const restockDead = new sqs.Queue(scope, 'RestockDead', {
    ...kept,
    queueName: nameOf(stage, 'restock-dead.fifo'),
    fifo: true,
  });
  const dead = new sqs.Queue(scope, 'Dead', { ...kept, queueName: nameOf(stage, 'dead') });
  return {
    restockDead,
    dead,
    restock: new sqs.Queue(scope, 'Restock', {
      ...common,
      queueName: nameOf(stage, 'restock.fifo'),
      fifo: true,
      deduplicationScope: sqs.DeduplicationScope.MESSAGE_GROUP,
      fifoThroughputLimit: sqs.FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
      visibilityTimeout,
      deadLetterQueue: { queue: restockDead, maxReceiveCount: 5 },
    }),
    ingest: new sqs.Queue(scope, 'IngestQueue', {
      ...common,
      queueName: nameOf(stage, 'ingest'),
      visibilityTimeout,
      deadLetterQueue: { queue: dead, maxReceiveCount: 5 },
    }),
  };
}
