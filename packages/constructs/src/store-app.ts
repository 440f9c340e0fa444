import {
  CfnCondition,
  CfnOutput,
  CfnParameter,
  Fn,
  Duration,
  RemovalPolicy,
  Stack,
  aws_lambda as lambda,
  aws_sns as sns,
  type Environment,
} from 'aws-cdk-lib';
import {
  checkOptions,
  flag,
  nested,
  satisfying,
  text,
  wholeNumber,
  type OptionRules,
} from '@store/foundation';
import { Construct } from 'constructs';
import { deliveryStreamLimits } from './delivery-streams.js';
import { invalidOption } from './errors.js';
import { FanOut } from './fan-out.js';
import { InventoryLake } from './inventory-lake.js';
import { byHour } from './lake-partitioning.js';
import { LakeAuth, LakeSource } from './lake-source.js';
import { RestockLoop } from './restock-loop.js';
import { createDashboard } from './dashboard.js';
import { truckWebhookRule, type TruckWebhook } from './truck-webhook.js';
import type { WebhookSecrets } from './webhook-door.js';
import { WorldGenerator } from './world-generator.js';

/** What the whole application is made of. */
export interface StoreAppProps {
  /** Name of the deployment, in the name of every resource that people type: up to 12 lower-case letters and digits. `prod` keeps its data. @defaultValue 'dev' */
  readonly stage?: string;
  /** Delivery streams, 1 to 100. @defaultValue 1 */
  readonly streams?: number;
  /** First hour that queries see, such as `2010-12-01-00`. @defaultValue 1990-01-01-00 */
  readonly firstHour?: string;
  /** Secrets of senders; with them, there is a door for webhooks. @defaultValue no door */
  readonly webhooks?: WebhookSecrets;
  /** The door's address as Square was told it. @defaultValue none */
  readonly squareUrl?: string;
  /** The truck system's webhook. @defaultValue requests go to the account's event bus alone */
  readonly truckWebhook?: TruckWebhook;
  /** Plan from the state of the shelves, as `stockNow` of `RestockLoop` says. @defaultValue false */
  readonly stockNow?: boolean;
  /** Account and region. @defaultValue those of the credentials at deployment */
  readonly env?: Environment;
  /** Folder with the built functions. @defaultValue those in this package */
  readonly bundles?: string;
}

const rules: OptionRules<StoreAppProps> = {
  stage: text('up to 12 lower-case letters and digits', /^[a-z][a-z0-9]{0,11}$/),
  streams: wholeNumber(1, deliveryStreamLimits.streams),
  firstHour: text('an hour such as 2010-12-01-00', /^\d{4}-\d{2}-\d{2}-\d{2}$/),
  webhooks: satisfying('an object', (value) => typeof value === 'object'),
  squareUrl: text('an https address', /^https:\/\/\S+$/),
  truckWebhook: truckWebhookRule,
  stockNow: flag(),
  env: nested({ account: text(), region: text() }),
  bundles: text('a folder'),
};

/**
 * The whole application as two stacks: `core`, from an event to a truck, and `fan-out`, a state machine over it. Who needs one
 * function deploys no state machine.
 *
 * @example
 * ```ts
 * import { StoreApp } from '@store/constructs';
 * import { App } from 'aws-cdk-lib';
 *
 * export function createApp(): App {
 *   const app = new App();
 *   new StoreApp(app, 'store', { stage: 'prod', streams: 4 });
 *   return app;
 * }
 * ```
 *
 * @throws ConstructsError `INVALID_OPTION`
 */
export class StoreApp extends Construct {
  /** From an event to a truck. */
  readonly core: Stack;
  /** The state machine over `core`. */
  readonly fanOut: Stack;
  /** The lake of `core`. */
  readonly lake: InventoryLake;
  /** Low stock to trucks. */
  readonly loop: RestockLoop;
  /** Simulated stores. */
  readonly world: WorldGenerator;

  constructor(scope: Construct, id: string, props: StoreAppProps = {}) {
    super(scope, id);
    checkOptions(props, rules, invalidOption);
    const { stage = 'dev', streams = 1, bundles, webhooks, squareUrl, truckWebhook, stockNow } = props;
    const permanent = stage === 'prod';
    const removalPolicy = permanent ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    const namePrefix = `store-${stage}`;
    const stack = (name: string, description: string): Stack =>
      new Stack(this, name, {
        stackName: `${namePrefix}-${name}`,
        description,
        terminationProtection: permanent,
        ...(props.env === undefined ? {} : { env: props.env }),
      });
    this.core = stack('core', 'Inventory events to Firehose, Parquet, SQL and delivery trucks.');
    const alarmTopic = new sns.Topic(this.core, 'AlarmTopic', {
      topicName: `${namePrefix}-alarms`,
      enforceSSL: true,
    });
    subscribe(this.core, alarmTopic);
    const common = {
      namePrefix,
      removalPolicy,
      alarmTopic,
      functionProps: { environment: { STAGE: stage } },
      ...(bundles === undefined ? {} : { bundles }),
    };
    this.lake = new InventoryLake(this.core, 'Lake', {
      ...common,
      streams,
      partitioning: byHour('event_time', props.firstHour === undefined ? {} : { from: props.firstHour }),
      buffering: permanent ? Duration.minutes(5) : Duration.minutes(1),
      mapping: new CfnParameter(this.core, 'Mapping', {
        default: '',
        description:
          'How ingest reads records: a preset, a mapping document, or its s3:// address; empty for its own forms.',
      }).valueAsString,
      sources: [
        LakeSource.queue(),
        LakeSource.files(),
        LakeSource.functionUrl({ auth: LakeAuth.iam() }),
        ...(webhooks === undefined
          ? []
          : [
              LakeSource.functionUrl({
                auth: LakeAuth.webhooks({
                  secrets: webhooks,
                  ...(squareUrl === undefined ? {} : { squareUrl }),
                }),
              }),
            ]),
      ],
    });
    this.loop = new RestockLoop(this.core, 'Restock', {
      ...common,
      lake: this.lake,
      every: Duration.hours(1),
      enabled: false,
      ...(stockNow === undefined ? {} : { stockNow }),
      ...(truckWebhook === undefined ? {} : { webhook: truckWebhook }),
    });
    this.world = new WorldGenerator(this.core, 'World', { ...common, lake: this.lake, daily: true });
    this.loop.takeEarly(this.world.generate);
    createDashboard(this.core, `${namePrefix}-inventory`, [
      ...this.lake.alarms,
      ...this.loop.alarms,
      ...this.world.alarms,
    ]);
    this.#say(namePrefix);

    this.fanOut = stack('fan-out', 'A world of stores, shard by shard.');
    this.fanOut.addStackDependency(this.core);
    const { stateMachine } = new FanOut(this.fanOut, 'FanOut', {
      // By its name, so that the core stack exports nothing.
      generate: lambda.Function.fromFunctionName(this.fanOut, 'Generate', `${namePrefix}-generate`),
      stateMachineName: `${namePrefix}-fan-out`,
      removalPolicy,
    });
    new CfnOutput(this.fanOut, 'FanOutCommand', {
      value: `aws stepfunctions start-execution --state-machine-arn ${stateMachine.ref} --input '{"shards":64,"world":{"seed":42,"stores":5000,"days":7}}'`,
    });
  }

  /** Says in the core stack's outputs what people and programs ask for. */
  #say(namePrefix: string): void {
    const { core, lake, loop, world } = this;
    const say = (name: string, value: string | undefined): void => {
      if (value !== undefined) new CfnOutput(core, name, { value });
    };
    say('DeliveryStreamName', lake.streamNames[0]);
    say('LakeBucketName', lake.bucket.bucketName);
    say('RestockQueueUrl', loop.queue.queueUrl);
    say('IngestQueueUrl', lake.ingestQueue?.queueUrl);
    say('RestockTableName', loop.ledger.tableName);
    say('TruckFunctionUrl', loop.truckUrl?.url);
    say('IngestFunctionUrl', lake.ingestUrl?.url);
    say('WebhookDoorUrl', lake.doorUrl?.url);
    const invoke = 'aws lambda invoke --cli-binary-format raw-in-base64-out --function-name';
    say(
      'GenerateCommand',
      `${invoke} ${world.generate.functionName} --payload '{"stores":50,"days":1}' /dev/stdout`,
    );
    say(
      'PlanCommand',
      `${invoke} ${loop.plan.functionName} --payload '{"from":"'$(date -u +%F)'T00:00:00Z"}' /dev/stdout`,
    );
    say(
      'QueryCommand',
      `aws athena start-query-execution --work-group ${namePrefix}-inventory --query-string "SELECT store_id, count(*) FROM ${lake.databaseName}.${lake.tableName} WHERE ${lake.partitionKey ?? ''} >= '$(date -u +%F)-00' GROUP BY store_id"`,
    );
  }
}

/** Mails alarms to the address in the parameter `AlarmMail`, if there is one. */
function subscribe(stack: Stack, topic: sns.Topic): void {
  const mail = new CfnParameter(stack, 'AlarmMail', {
    default: '',
    description: 'Address that hears of alarms; empty for none.',
  });
  const subscription = new sns.CfnSubscription(stack, 'AlarmMailSubscription', {
    topicArn: topic.topicArn,
    protocol: 'email',
    endpoint: mail.valueAsString,
  });
  subscription.cfnOptions.condition = new CfnCondition(stack, 'HasAlarmMail', {
    expression: Fn.conditionNot(Fn.conditionEquals(mail.valueAsString, '')),
  });
}
