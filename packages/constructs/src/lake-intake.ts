import {
  Duration,
  Stack,
  aws_lambda_event_sources as sources,
  aws_sqs as sqs,
  type RemovalPolicy,
  type aws_iam as iam,
  type aws_lambda as lambda,
} from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { named, type ConstructProps } from './construct-props.js';
import {
  allowObjects,
  incomingPrefix,
  notifyOfFiles,
  rejectsPrefix,
  shelvesPrefix,
  type LakeBucket,
} from './lake-bucket.js';
import { consumerTimeout, createFunction } from './store-function.js';
import { createDoor, type WebhookSecrets } from './webhook-door.js';

/** What the intake writes to. */
interface IntakeLake {
  readonly bucket: LakeBucket;
  readonly streamNames: readonly string[];
  grantWrite(grantee: iam.IGrantable): iam.Grant;
}

/** What the intake is made with. */
interface LakeIntakeProps extends Omit<ConstructProps, 'alarmTopic'> {
  readonly removalPolicy: RemovalPolicy;
  readonly mapping?: string | undefined;
}

/** Messages that failed are kept as long as SQS keeps them. */
const kept = {
  encryption: sqs.QueueEncryption.SQS_MANAGED,
  enforceSSL: true,
  retentionPeriod: Duration.days(14),
};

/**
 * Creates the queue of what failed for good. It takes messages of the queue of this name alone: by name, since that queue knows it, so
 * that it cannot refer back; without a name, any queue of the account may use it.
 */
export function createDeadLetters(
  scope: Construct,
  id: string,
  namePrefix: string | undefined,
  { what, source, fifo }: { readonly what: string; readonly source: string; readonly fifo?: true },
): sqs.Queue {
  return new sqs.Queue(scope, id, {
    ...kept,
    ...(fifo === undefined ? {} : { fifo }),
    ...named('queueName', namePrefix, what),
    ...(namePrefix === undefined
      ? {}
      : {
          redriveAllowPolicy: {
            redrivePermission: sqs.RedrivePermission.BY_QUEUE,
            sourceQueues: [
              sqs.Queue.fromQueueArn(
                scope,
                `${id}Source`,
                Stack.of(scope).formatArn({ service: 'sqs', resource: `${namePrefix}-${source}` }),
              ),
            ],
          },
        }),
  });
}

/** How a queue hides messages from others while a function works on them. */
export const visibilityTimeout: Duration = Duration.seconds(consumerTimeout.toSeconds() * 6);

/** The way in of real events: `ingest`, its queue, and the door for what others sign. */
export class LakeIntake {
  /** The function that validates, maps and sends. */
  readonly ingest: lambda.Function;
  /** Queue of what is rejected or failed for good. */
  readonly deadLetterQueue: sqs.IQueue;
  readonly #scope: Construct;
  readonly #bucket: LakeBucket;
  readonly #props: LakeIntakeProps;
  #queue: sqs.Queue | undefined;
  #ingestUrl: lambda.FunctionUrl | undefined;
  #doorUrl: lambda.FunctionUrl | undefined;
  #door: lambda.Function | undefined;

  constructor(scope: Construct, lake: IntakeLake, props: LakeIntakeProps) {
    this.#scope = scope;
    this.#bucket = lake.bucket;
    this.#props = props;
    const { mapping, namePrefix } = props;
    this.deadLetterQueue =
      props.deadLetterQueue ??
      createDeadLetters(scope, 'Dead', namePrefix, { what: 'dead', source: 'ingest' });
    this.ingest = createFunction(scope, {
      ...this.#common(),
      name: 'ingest',
      timeout: consumerTimeout,
      environment: {
        STREAM_NAMES: lake.streamNames.join(','),
        REJECT_QUEUE_URL: this.deadLetterQueue.queueUrl,
        REJECT_BUCKET: lake.bucket.bucketName,
        REJECT_PREFIX: rejectsPrefix,
        ...(mapping === undefined ? {} : { MAPPING: mapping, SHELF_PREFIX: shelvesPrefix }),
      },
    });
    this.deadLetterQueue.grantSendMessages(this.ingest);
    lake.grantWrite(this.ingest);
    allowObjects(lake.bucket, this.ingest, 'readVersion', [incomingPrefix]);
    allowObjects(lake.bucket, this.ingest, 'put', [rejectsPrefix]);
    // A mapping of counts continues from the last one of each shelf.
    if (mapping !== undefined) allowObjects(lake.bucket, this.ingest, 'write', [shelvesPrefix]);
  }

  /** The queue of records on their way in, made when something needs it. */
  queue(): sqs.Queue {
    if (this.#queue !== undefined) return this.#queue;
    this.#queue = new sqs.Queue(this.#scope, 'IngestQueue', {
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      ...named('queueName', this.#props.namePrefix, 'ingest'),
      visibilityTimeout,
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: 5 },
    });
    this.readFrom(this.#queue);
    return this.#queue;
  }

  /** Feeds a queue to `ingest`, which says message by message what it could not do. */
  readFrom(queue: sqs.IQueue): void {
    this.ingest.addEventSource(
      new sources.SqsEventSource(queue, {
        batchSize: 100,
        maxBatchingWindow: Duration.seconds(5),
        maxConcurrency: 10,
        reportBatchItemFailures: true,
      }),
    );
  }

  /** What was made of the addresses and the queue. */
  get made(): {
    readonly queue?: sqs.Queue;
    readonly ingestUrl?: lambda.FunctionUrl;
    readonly doorUrl?: lambda.FunctionUrl;
    readonly door?: lambda.Function;
  } {
    return {
      ...(this.#queue === undefined ? {} : { queue: this.#queue }),
      ...(this.#ingestUrl === undefined ? {} : { ingestUrl: this.#ingestUrl }),
      ...(this.#doorUrl === undefined ? {} : { doorUrl: this.#doorUrl }),
      ...(this.#door === undefined ? {} : { door: this.#door }),
    };
  }

  /** Puts a note of each file below `incoming/` into the queue. */
  takeFiles(): void {
    notifyOfFiles(this.#bucket, this.queue());
  }

  setIngestUrl(url: lambda.FunctionUrl): void {
    this.#ingestUrl = url;
  }

  /** Opens the door for what is signed with these secrets; its queue is read, whatever else is. */
  openDoor(secrets: WebhookSecrets, squareUrl?: string): lambda.Function {
    const { door, url } = createDoor(this.#scope, {
      ...this.#common(),
      queue: this.queue(),
      secrets,
      squareUrl,
    });
    this.#doorUrl = url;
    this.#door = door;
    return door;
  }

  #common() {
    const { namePrefix, removalPolicy, functionProps, bundles } = this.#props;
    return {
      deadLetterQueue: this.deadLetterQueue,
      removalPolicy,
      ...(namePrefix === undefined ? {} : { namePrefix }),
      ...(functionProps === undefined ? {} : { functionProps }),
      ...(bundles === undefined ? {} : { bundles }),
    };
  }
}
