import {
  CfnParameter,
  CfnCondition,
  Duration,
  Fn,
  aws_cloudwatch as cloudwatch,
  aws_sns as sns,
} from 'aws-cdk-lib';
import { checkOptions, required, satisfying, type OptionRules } from '@store/foundation';
import type { Construct } from 'constructs';
import type { DeliveryStreams } from './delivery-stream.js';
import { invalidOption } from './errors.js';
import type { Functions } from './functions.js';
import type { Queues } from './queues.js';
import { nameOf, type Stage } from './stage.js';

/** What alarms and the dashboard watch. */
export interface Watched {
  /** Streams whose delivery and throttling are watched. */
  readonly deliveryStreams: DeliveryStreams;
  /** Functions whose errors are watched. */
  readonly functions: Functions;
  /** Queues whose age and dead letters are watched. */
  readonly queues: Queues;
}

/** Bytes in an hour at which somebody should look at the bill: 50 GB, about 1.50 dollars of ingestion. */
const dearBytesPerHour = 50_000_000_000;

const watchedRule = required(
  satisfying('what the functions of this package return', (value) => typeof value === 'object'),
);
const rules: OptionRules<Watched> = {
  deliveryStreams: watchedRule,
  functions: watchedRule,
  queues: watchedRule,
};

/**
 * Creates alarms on what goes wrong and on what gets dear. They mail to the address in `AlarmMail`, if there is one.
 *
 * @example
 * ```ts
 * import { createAlarms, createDashboard, type Stage, type Watched } from '@store/constructs';
 * import type { Stack } from 'aws-cdk-lib';
 *
 * export function watch(stack: Stack, stage: Stage, watched: Watched) {
 *   createDashboard(stack, stage, createAlarms(stack, stage, watched));
 * }
 * ```
 *
 * @throws ConstructsError `INVALID_OPTION`
 */
export function createAlarms(scope: Construct, stage: Stage, watched: Watched): readonly cloudwatch.Alarm[] {
  checkOptions(watched, rules, invalidOption);
  const topic = new sns.Topic(scope, 'AlarmTopic', { topicName: nameOf(stage, 'alarms'), enforceSSL: true });
  const mail = new CfnParameter(scope, 'AlarmMail', {
    default: '',
    description: 'Address that hears of alarms; empty for none.',
  });
  const subscription = new sns.CfnSubscription(scope, 'AlarmMailSubscription', {
    topicArn: topic.topicArn,
    protocol: 'email',
    endpoint: mail.valueAsString,
  });
  subscription.cfnOptions.condition = new CfnCondition(scope, 'HasAlarmMail', {
    expression: Fn.conditionNot(Fn.conditionEquals(mail.valueAsString, '')),
  });

  const { deliveryStreams, functions, queues } = watched;
  const errors = (name: string): cloudwatch.Metric =>
    new cloudwatch.Metric({
      namespace: 'AWS/Lambda',
      metricName: 'Errors',
      statistic: 'Sum',
      period: Duration.minutes(5),
      dimensionsMap: { FunctionName: name },
    });
  const depth = (queue: Queues['dead']): cloudwatch.Metric =>
    queue.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', period: Duration.minutes(5) });
  const watch: readonly (readonly [string, cloudwatch.IMetric, number])[] = [
    ...ofStreams(deliveryStreams),
    ['RestockDeadFilled', depth(queues.restockDead), 0],
    ['DeadFilled', depth(queues.dead), 0],
    [
      'RestockWaiting',
      queues.restock.metricApproximateAgeOfOldestMessage({
        statistic: 'Maximum',
        period: Duration.minutes(5),
      }),
      900,
    ],
    ['GenerateFailed', errors(functions.generate.name), 0],
    ['IngestFailed', errors(functions.ingest.name), 0],
    ['PlanFailed', errors(functions.plan.name), 0],
    ['DispatchFailed', errors(functions.dispatch.name), 0],
  ];
  return watch.map(([id, metric, threshold]) => {
    const alarm = new cloudwatch.Alarm(scope, id, {
      metric,
      threshold,
      evaluationPeriods: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction({ bind: () => ({ alarmActionArn: topic.topicArn }) });
    return alarm;
  });
}

/** An alarm looks at ten metrics at most (CloudWatch quotas, 2026), so ten delivery streams share one. */
const metricsPerAlarm = 10;

/** What is watched of delivery streams: the worst of ten, or their sum. */
function ofStreams(streams: DeliveryStreams): readonly (readonly [string, cloudwatch.IMetric, number])[] {
  const rules = [
    ['DeliveryLate', 'DeliveryToS3.DataFreshness', 'Maximum', 5, 1800],
    ['RecordsThrottled', 'ThrottledRecords', 'Sum', 5, 1000],
    ['ConversionFailed', 'FailedConversion.Records', 'Sum', 5, 0],
    ['PartitionsExceeded', 'PartitionCountExceeded', 'Maximum', 5, 0],
    ['IngestionDear', 'IncomingBytes', 'Sum', 60, dearBytesPerHour],
  ] as const;
  const groups = Array.from({ length: Math.ceil(streams.length / metricsPerAlarm) }, (_, group) =>
    streams.slice(group * metricsPerAlarm, (group + 1) * metricsPerAlarm),
  );
  return groups.flatMap((group, index) =>
    rules.map(([id, metricName, statistic, minutes, threshold]) => {
      const metrics = group.map(
        ({ ref }) =>
          new cloudwatch.Metric({
            namespace: 'AWS/Firehose',
            metricName,
            statistic,
            period: Duration.minutes(minutes),
            dimensionsMap: { DeliveryStreamName: ref },
          }),
      );
      return [index === 0 ? id : `${id}${index + 1}`, together(metrics, statistic), threshold] as const;
    }),
  );
}

function together(metrics: readonly cloudwatch.Metric[], statistic: 'Maximum' | 'Sum'): cloudwatch.IMetric {
  const [first] = metrics;
  if (first !== undefined && metrics.length === 1) return first;
  const names = metrics.map((_, at) => `m${at}`);
  return new cloudwatch.MathExpression({
    expression: `${statistic === 'Sum' ? 'SUM' : 'MAX'}([${names.join(',')}])`,
    usingMetrics: Object.fromEntries(metrics.map((metric, at) => [`m${at}`, metric])),
    ...(first === undefined ? {} : { period: first.period }),
  });
}

/**
 * Creates one page that shows whether events flow.
 *
 * @example
 * ```ts
 * import { createDashboard, stageOf } from '@store/constructs';
 * import { App, Stack } from 'aws-cdk-lib';
 *
 * createDashboard(new Stack(new App(), 'inventory'), stageOf('dev'), []);
 * ```
 */
export function createDashboard(scope: Construct, stage: Stage, alarms: readonly cloudwatch.Alarm[]): void {
  const ours = (metricName: string, service: string): cloudwatch.Metric =>
    new cloudwatch.Metric({
      namespace: 'StoreInventory',
      metricName,
      statistic: 'Sum',
      dimensionsMap: { service },
    });
  new cloudwatch.Dashboard(scope, 'Dashboard', {
    dashboardName: nameOf(stage, 'inventory'),
    widgets: [
      [new cloudwatch.AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width: 24 })],
      [
        new cloudwatch.GraphWidget({
          title: 'Events accepted',
          left: [ours('EventsAccepted', 'generate'), ours('EventsAccepted', 'ingest')],
          right: [ours('EventsRejected', 'ingest'), ours('RecordsRetried', 'generate')],
          width: 12,
        }),
        new cloudwatch.GraphWidget({
          title: 'Billed bytes',
          left: [ours('BilledBytes', 'generate'), ours('BytesSent', 'generate')],
          width: 6,
        }),
        new cloudwatch.GraphWidget({
          title: 'Restock requests',
          left: [ours('RequestsSent', 'plan'), ours('RequestsDispatched', 'dispatch')],
          right: [ours('RequestsFailed', 'dispatch')],
          width: 6,
        }),
      ],
    ],
  });
}
