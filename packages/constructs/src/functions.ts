import {
  Duration,
  Stack,
  aws_iam as iam,
  aws_lambda as lambda,
  type CfnParameter,
  type aws_athena as athena,
  type aws_s3 as s3,
  type aws_sqs as sqs,
} from 'aws-cdk-lib';
import { checkOptions, nested, required, satisfying, text, type OptionRules } from '@store/foundation';
import { eventHourPartitioning } from '@store/schema';
import type { Construct } from 'constructs';
import { mostBytesScanned, type Catalog } from './catalog.js';
import type { DeliveryStreams } from './delivery-stream.js';
import { invalidOption } from './errors.js';
import { allowObjects, lakePrefix } from './lake.js';
import { consumerTimeout, type Queues } from './queues.js';
import { createFunction, type StoreFunction } from './store-function.js';
import type { Stage } from './stage.js';

/** What the functions work on. */
export interface FunctionSurroundings {
  /** Folder with the built handlers: generate/index.mjs, ingest/index.mjs, plan/index.mjs, dispatch/index.mjs. */
  readonly bundles: string;
  /** Bucket whose objects `plan` reads. */
  readonly lake: s3.Bucket;
  /** Table that `plan` queries. */
  readonly catalog: Catalog;
  /** Streams that `generate` writes to; `ingest` writes to the first. */
  readonly deliveryStreams: DeliveryStreams;
  /** Queues that the functions read and write. */
  readonly queues: Queues;
  /** Athena work group of `plan`'s queries. */
  readonly workGroup: athena.CfnWorkGroup;
  /** `{{resolve:secretsmanager:…}}` or empty. */
  readonly webhook: { readonly url: CfnParameter; readonly secret: CfnParameter };
}

/** The four functions. */
export interface Functions {
  /** Simulates stores and sends their events. */
  readonly generate: StoreFunction;
  /** Takes real events from its queue and its URL. */
  readonly ingest: StoreFunction;
  /** Finds low stock and sends restock requests. */
  readonly plan: StoreFunction;
  /** Takes restock requests from the queue and calls the webhook. */
  readonly dispatch: StoreFunction;
  /** HTTPS address of `ingest`, for signed requests (AWS_IAM). */
  readonly ingestUrl: lambda.CfnUrl;
}

const made = (by: string) =>
  required(satisfying(`what ${by} returns`, (value) => typeof value === 'object' && value !== null));
const parameter = made('new CfnParameter');

const rules: OptionRules<FunctionSurroundings> = {
  bundles: required(text('a folder')),
  lake: made('createLake'),
  catalog: made('createCatalog'),
  deliveryStreams: made('createDeliveryStreams'),
  queues: made('createQueues'),
  workGroup: made('createWorkGroup'),
  webhook: required(nested({ url: parameter, secret: parameter })),
};

/**
 * Creates the four functions, each with a role that may do what it does and no more, and the sources that feed them.
 *
 * @example
 * ```ts
 * import * as store from '@store/constructs';
 * import { App, CfnParameter, Stack } from 'aws-cdk-lib';
 *
 * export function createStore(bundles: string) {
 *   const stack = new Stack(new App(), 'inventory');
 *   const stage = store.stageOf('dev');
 *   const lake = store.createLake(stack, stage);
 *   const catalog = store.createCatalog(stack, stage, lake);
 *   const deliveryStreams = store.createDeliveryStreams(stack, stage, { lake, catalog, count: 1 });
 *   const queues = store.createQueues(stack, stage);
 *   const workGroup = store.createWorkGroup(stack, stage);
 *   const webhook = {
 *     url: new CfnParameter(stack, 'WebhookUrl', { default: '' }),
 *     secret: new CfnParameter(stack, 'WebhookSecret', { default: '', noEcho: true }),
 *   };
 *   return store.createFunctions(stack, stage, {
 *     bundles, lake, catalog, deliveryStreams, queues, workGroup, webhook,
 *   });
 * }
 * ```
 *
 * @throws ConstructsError `INVALID_OPTION`
 */
export function createFunctions(scope: Construct, stage: Stage, around: FunctionSurroundings): Functions {
  checkOptions(around, rules, invalidOption);
  const { bundles, lake, catalog, deliveryStreams, queues, workGroup, webhook } = around;
  const { dead, restock } = queues;
  const allow = (to: StoreFunction, actions: string[], ...resources: string[]): void => {
    to.role.addToPolicy(new iam.PolicyStatement({ actions, resources }));
  };

  const generate = createFunction(scope, stage, {
    name: 'generate',
    bundles,
    timeout: Duration.minutes(5),
    environment: {
      STREAM_NAMES: deliveryStreams.map(({ ref }) => ref).join(','),
      MAX_EVENTS: '5000000',
      EARLY_REQUEST_QUEUE_URL: restock.queueUrl,
    },
    dead,
  });
  const ingest = createFunction(scope, stage, {
    name: 'ingest',
    bundles,
    timeout: consumerTimeout,
    environment: {
      STREAM_NAME: deliveryStreams[0].ref,
      REJECT_QUEUE_URL: dead.queueUrl,
      EARLY_REQUEST_QUEUE_URL: restock.queueUrl,
    },
    dead,
  });
  const put = ['firehose:PutRecordBatch'];
  allow(generate, put, ...deliveryStreams.map(({ attrArn }) => attrArn));
  allow(ingest, put, deliveryStreams[0].attrArn);
  for (const producer of [generate, ingest]) allow(producer, ['sqs:SendMessage'], restock.queueArn);
  consume(scope, 'Ingest', ingest, queues.ingest, { batchSize: 100, maximumBatchingWindowInSeconds: 5 });
  const ingestUrl = new lambda.CfnUrl(scope, 'IngestUrl', {
    targetFunctionArn: ingest.function.attrArn,
    authType: 'AWS_IAM',
  });

  const plan = createFunction(scope, stage, {
    name: 'plan',
    bundles,
    timeout: Duration.minutes(5),
    environment: {
      DATABASE: catalog.databaseName,
      TABLE: catalog.tableName,
      WORKGROUP: workGroup.ref,
      PARTITION_KEY: eventHourPartitioning.key,
      REQUEST_QUEUE_URL: restock.queueUrl,
      MAX_BYTES_SCANNED: String(mostBytesScanned),
    },
    dead,
  });
  const workGroupArn = Stack.of(scope).formatArn({
    service: 'athena',
    resource: `workgroup/${workGroup.ref}`,
  });
  allow(
    plan,
    [
      'athena:StartQueryExecution',
      'athena:GetQueryExecution',
      'athena:GetQueryResults',
      'athena:StopQueryExecution',
    ],
    workGroupArn,
  );
  const { arns } = catalog;
  allow(plan, ['glue:GetDatabase', 'glue:GetTable'], arns.catalog, arns.database, arns.table);
  allow(plan, ['sqs:SendMessage'], restock.queueArn);
  allowObjects(lake, plan.role, 'read', [lakePrefix]);

  const busArn = Stack.of(scope).formatArn({ service: 'events', resource: 'event-bus/default' });
  const dispatch = createFunction(scope, stage, {
    name: 'dispatch',
    bundles,
    timeout: consumerTimeout,
    environment: {
      EVENT_BUS_NAME: 'default',
      WEBHOOK_URL: webhook.url.valueAsString,
      WEBHOOK_SECRET: webhook.secret.valueAsString,
    },
    dead,
  });
  allow(dispatch, ['events:PutEvents'], busArn);
  consume(scope, 'Dispatch', dispatch, restock, { batchSize: 10 });
  return { generate, ingest, plan, dispatch, ingestUrl };
}

/** Feeds a queue to a function, which says message by message what it could not do. */
function consume(
  scope: Construct,
  id: string,
  { function: { ref }, role }: StoreFunction,
  queue: sqs.Queue,
  batching: { readonly batchSize: number; readonly maximumBatchingWindowInSeconds?: number },
): void {
  role.addToPolicy(
    new iam.PolicyStatement({
      actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
      resources: [queue.queueArn],
    }),
  );
  const mapping = new lambda.CfnEventSourceMapping(scope, `${id}Source`, {
    functionName: ref,
    eventSourceArn: queue.queueArn,
    functionResponseTypes: ['ReportBatchItemFailures'],
    scalingConfig: { maximumConcurrency: 10 },
    ...batching,
  });
  mapping.node.addDependency(role);
}
