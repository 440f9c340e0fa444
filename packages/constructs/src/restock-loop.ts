import {
  Duration,
  RemovalPolicy,
  Stack,
  aws_iam as iam,
  aws_lambda as lambda,
  aws_lambda_event_sources as sources,
  aws_sqs as sqs,
  type aws_dynamodb as dynamodb,
  type aws_scheduler as scheduler,
  type aws_cloudwatch as cloudwatch,
} from 'aws-cdk-lib';
import { checkOptions, flag, having, required, satisfying, type OptionRules } from '@store/foundation';
import { Construct } from 'constructs';
import { createAlarms, failuresOf } from './alarms.js';
import { constructRules, named, type ConstructProps } from './construct-props.js';
import { ConstructsError, invalidOption } from './errors.js';
import { InventoryLake } from './inventory-lake.js';
import { createDeadLetters, visibilityTimeout } from './lake-intake.js';
import { createLedger } from './ledger-table.js';
import { bytesScannedCutoff } from './lake-table.js';
import { createSchedule } from './schedule.js';
import { keepStockNow } from './stock-now.js';
import { consumerTimeout, createFunction } from './store-function.js';
import { truckWebhookRule, type TruckWebhook } from './truck-webhook.js';

/** What a restock loop is made of. */
export interface RestockLoopProps extends ConstructProps {
  /** The lake whose events are planned by: inventory events, as Parquet. */
  readonly lake: InventoryLake;
  /** How often low stock is looked for. @defaultValue nobody asks but you */
  readonly every?: Duration;
  /** Whether the schedules of `every` run. @defaultValue true */
  readonly enabled?: boolean;
  /**
   * Keep the state of the shelves in an Apache Iceberg table, which each plan renews by what is new, and read the low ones in it; each day
   * a second schedule compacts it. The first plan reads every event, which must fit into the work group's limit of a query. Where
   * the lake grows, this reads a small part of the full scan; `MERGE INTO` has not run on AWS from here.
   *
   * @defaultValue false: each plan scans the last 168 hours of events
   */
  readonly stockNow?: boolean;
  /**
   * FIFO queue that restock requests go to. Who brings one reads it, unless `webhook` is given too.
   *
   * @defaultValue one is made, and `dispatch` reads it
   */
  readonly queue?: sqs.IQueue;
  /** The truck system's webhook. @defaultValue requests go to the account's event bus alone */
  readonly webhook?: TruckWebhook;
}

const rules: OptionRules<RestockLoopProps> = {
  ...constructRules,
  lake: required(satisfying('an InventoryLake', (value) => value instanceof InventoryLake)),
  every: having('toMinutes'),
  enabled: flag(),
  stockNow: flag(),
  queue: having('grantSendMessages'),
  webhook: truckWebhookRule,
};

/** What asking for trucks takes of the ledger. */
const asking = ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:BatchGetItem'];

/**
 * Low stock becomes restock requests: `plan` asks the lake, the ledger's table remembers what was asked for, the queue holds the
 * requests, and `dispatch` hands them to the event bus and the truck system's webhook. One request for each low-stock
 * episode, whatever is replayed.
 *
 * @example
 * ```ts
 * import { InventoryLake, RestockLoop, RuntimeSecret } from '@store/constructs';
 * import { Duration, type Stack } from 'aws-cdk-lib';
 *
 * export function restock(stack: Stack, lake: InventoryLake) {
 *   const secret = RuntimeSecret.fromReference('ssm:/trucks/secret');
 *   return new RestockLoop(stack, 'Restock', {
 *     lake,
 *     every: Duration.hours(1),
 *     webhook: { url: 'https://trucks.example/requests', secret },
 *   });
 * }
 * ```
 *
 * @throws ConstructsError `INVALID_OPTION`
 */
export class RestockLoop extends Construct {
  /** Restock requests, one group for each store. */
  readonly queue: sqs.IQueue;
  /** Requests that failed five times; undefined where the queue was brought. */
  readonly requestDeadLetterQueue: sqs.Queue | undefined;
  /** Invocations that failed for good. */
  readonly deadLetterQueue: sqs.IQueue;
  /** What was asked for and what became of it. */
  readonly ledger: dynamodb.Table;
  /** Finds low stock and sends requests. */
  readonly plan: lambda.Function;
  /** Hands requests to the truck system; undefined where the queue was brought and there is no webhook. */
  readonly dispatch: lambda.Function | undefined;
  /** Address on which the truck system tells of deliveries, signed; undefined without a webhook. */
  readonly truckUrl: lambda.FunctionUrl | undefined;
  /** The schedule; undefined without `every`. */
  readonly schedule: scheduler.CfnSchedule | undefined;
  /** The schedule that compacts the state; undefined without `every` and `stockNow`. */
  readonly maintenance: scheduler.CfnSchedule | undefined;
  /** Alarms; none without `alarmTopic`. */
  readonly alarms: cloudwatch.Alarm[];

  constructor(scope: Construct, id: string, props: RestockLoopProps) {
    super(scope, id);
    checkOptions(props, rules, invalidOption);
    const { lake, every, namePrefix, webhook, enabled = true, stockNow = false } = props;
    if (lake.partitionKey === undefined) {
      throw new ConstructsError(
        'lake',
        'Expected `lake` to be of Parquet files, got one of Iceberg: `plan` names its key.',
      );
    }
    const removalPolicy = props.removalPolicy ?? RemovalPolicy.RETAIN;
    this.requestDeadLetterQueue =
      props.queue === undefined
        ? createDeadLetters(this, 'RestockDead', namePrefix, {
            what: 'restock-dead.fifo',
            source: 'restock.fifo',
            fifo: true,
          })
        : undefined;
    this.queue = props.queue ?? this.#createQueue(namePrefix, this.requestDeadLetterQueue);
    this.deadLetterQueue =
      props.deadLetterQueue ??
      lake.deadLetterQueue ??
      createDeadLetters(this, 'Dead', undefined, { what: 'failed', source: '' });
    this.ledger = createLedger(this, namePrefix, removalPolicy);
    const common = {
      deadLetterQueue: this.deadLetterQueue,
      removalPolicy,
      ...(namePrefix === undefined ? {} : { namePrefix }),
      ...(props.functionProps === undefined ? {} : { functionProps: props.functionProps }),
      ...(props.bundles === undefined ? {} : { bundles: props.bundles }),
    };
    this.plan = createFunction(this, {
      ...common,
      name: 'plan',
      // The first plan of a state reads every event.
      timeout: Duration.minutes(stockNow ? 15 : 5),
      environment: {
        DATABASE: lake.databaseName,
        TABLE: lake.tableName,
        WORKGROUP: lake.workGroup.ref,
        PARTITION_KEY: lake.partitionKey,
        REQUEST_QUEUE_URL: this.queue.queueUrl,
        STREAM_NAMES: lake.streamNames.join(','),
        RESTOCK_TABLE: this.ledger.tableName,
        MAX_BYTES_SCANNED: String(bytesScannedCutoff(lake.streams.length)),
        ...windowOf(every),
      },
    });
    lake.grantQuery(this.plan);
    if (stockNow) keepStockNow(this.plan, lake);
    // What requests owe the lake, such as `order_placed`, goes where other events go.
    lake.grantWrite(this.plan);
    this.queue.grantSendMessages(this.plan);
    this.#allowLedger(this.plan, ...asking);
    // It looks for requests that a truck has taken on, by their state.
    this.plan.addToRolePolicy(
      new iam.PolicyStatement({
        actions: ['dynamodb:Query'],
        resources: [`${this.ledger.tableArn}/index/by_state`],
      }),
    );
    if (lake.ingest !== undefined && Stack.of(lake) === Stack.of(this)) this.takeEarly(lake.ingest);
    this.dispatch =
      props.queue !== undefined && webhook === undefined
        ? undefined
        : createFunction(this, {
            ...common,
            name: 'dispatch',
            timeout: consumerTimeout,
            environment: {
              EVENT_BUS_NAME: 'default',
              // Where the secret is; without a webhook, requests go to the bus alone.
              ...(webhook === undefined
                ? {}
                : { WEBHOOK_URL: webhook.url, WEBHOOK_SECRET: webhook.secret.reference }),
              RESTOCK_TABLE: this.ledger.tableName,
            },
          });
    if (this.dispatch !== undefined) {
      this.#feed(this.dispatch);
      webhook?.secret.grantRead(this.dispatch);
    }
    this.truckUrl =
      webhook === undefined
        ? undefined
        : this.dispatch?.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE });
    this.schedule =
      every === undefined
        ? undefined
        : createSchedule(this, {
            target: this.plan,
            dead: this.deadLetterQueue,
            expression: `rate(${every.toMinutes()} ${every.toMinutes() === 1 ? 'minute' : 'minutes'})`,
            input: { at: '<aws.scheduler.scheduled-time>' },
            enabled,
            ...named('name', namePrefix, 'plan'),
          });
    this.maintenance =
      every === undefined || !stockNow
        ? undefined
        : createSchedule(new Construct(this, 'Maintenance'), {
            target: this.plan,
            dead: this.deadLetterQueue,
            expression: 'cron(30 3 * * ? *)',
            input: { maintain: true },
            enabled,
            ...named('name', namePrefix, 'maintain'),
          });
    this.alarms = createAlarms(this, props.alarmTopic, [
      ...(this.requestDeadLetterQueue === undefined
        ? []
        : [
            {
              id: 'RestockDeadFilled',
              metric: this.requestDeadLetterQueue.metricApproximateNumberOfMessagesVisible({
                statistic: 'Maximum',
                period: Duration.minutes(5),
              }),
              threshold: 0,
            },
          ]),
      {
        id: 'RestockWaiting',
        metric: this.queue.metricApproximateAgeOfOldestMessage({
          statistic: 'Maximum',
          period: Duration.minutes(5),
        }),
        threshold: 900,
      },
      failuresOf('PlanFailed', this.plan),
      ...(this.dispatch === undefined ? [] : [failuresOf('DispatchFailed', this.dispatch)]),
    ]);
  }

  /** Lets a producer of events ask for a shelf immediately, when its event shows that it is low; the ledger keeps it to one request. */
  takeEarly(producer: lambda.Function): void {
    producer.addEnvironment('EARLY_REQUEST_QUEUE_URL', this.queue.queueUrl);
    producer.addEnvironment('RESTOCK_TABLE', this.ledger.tableName);
    this.queue.grantSendMessages(producer);
    this.#allowLedger(producer, ...asking);
  }

  #createQueue(namePrefix: string | undefined, dead: sqs.Queue | undefined): sqs.Queue {
    return new sqs.Queue(this, 'Queue', {
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      ...named('queueName', namePrefix, 'restock.fifo'),
      fifo: true,
      deduplicationScope: sqs.DeduplicationScope.MESSAGE_GROUP,
      fifoThroughputLimit: sqs.FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
      visibilityTimeout,
      ...(dead === undefined ? {} : { deadLetterQueue: { queue: dead, maxReceiveCount: 5 } }),
    });
  }

  /** The table by its key alone: the CDK's own grant covers its indexes too. */
  #allowLedger(to: lambda.Function, ...actions: string[]): void {
    to.addToRolePolicy(new iam.PolicyStatement({ actions, resources: [this.ledger.tableArn] }));
  }

  /** Feeds the queue to `dispatch`, which says message by message what it could not do. */
  #feed(dispatch: lambda.Function): void {
    const bus = Stack.of(this).formatArn({ service: 'events', resource: 'event-bus/default' });
    dispatch.addToRolePolicy(new iam.PolicyStatement({ actions: ['events:PutEvents'], resources: [bus] }));
    this.#allowLedger(dispatch, 'dynamodb:UpdateItem', 'dynamodb:GetItem');
    dispatch.addEventSource(
      new sources.SqsEventSource(this.queue, {
        batchSize: 10,
        maxConcurrency: 10,
        reportBatchItemFailures: true,
      }),
    );
  }
}

/** Two runs of the schedule, where `plan`'s own two hours are less: what one could not plan is the next one's. */
function windowOf(every: Duration | undefined): { readonly WINDOW_HOURS?: string } {
  const hours = every === undefined ? 0 : Math.min(8760, Math.ceil((2 * every.toMinutes()) / 60));
  return hours <= 2 ? {} : { WINDOW_HOURS: String(hours) };
}
