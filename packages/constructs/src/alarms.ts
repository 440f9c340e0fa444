import {
  Aws,
  Duration,
  aws_cloudwatch as cloudwatch,
  aws_iam as iam,
  type aws_lambda as lambda,
  type aws_sns as sns,
} from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** What an alarm looks at, and above which value it goes off. */
export interface Watch {
  readonly id: string;
  readonly metric: cloudwatch.IMetric;
  readonly threshold: number;
}

/** Creates alarms that go to the topic, and lets CloudWatch publish to it; none without a topic. */
export function createAlarms(
  scope: Construct,
  topic: sns.ITopic | undefined,
  watches: readonly Watch[],
): cloudwatch.Alarm[] {
  if (topic === undefined) return [];
  letAlarmsIn(topic);
  return watches.map(({ id, metric, threshold }) => {
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

/** Topics of this process that let CloudWatch in, so that a second construct does not say it again. */
const opened = new WeakSet<sns.ITopic>();

/**
 * A policy of a topic, one against plain HTTP for instance, replaces the one that lets the account's services in: then no alarm can
 * publish. An encrypted topic needs a key of its own, since CloudWatch may not use `alias/aws/sns`.
 */
function letAlarmsIn(topic: sns.ITopic): void {
  if (opened.has(topic)) return;
  opened.add(topic);
  const cloudWatch = new iam.ServicePrincipal('cloudwatch.amazonaws.com', {
    conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
  });
  topic.grantPublish(cloudWatch);
  topic.masterKey?.grant(cloudWatch, 'kms:Decrypt', 'kms:GenerateDataKey');
}

/** Errors of a function in five minutes. */
export const failuresOf = (id: string, made: lambda.IFunction): Watch => ({
  id,
  metric: made.metricErrors({ period: Duration.minutes(5) }),
  threshold: 0,
});

/** An alarm looks at ten metrics at most (CloudWatch quotas, 2026), so ten delivery streams share one. */
const metricsPerAlarm = 10;

/** Bytes in an hour at which somebody should look at the bill: 50 GB, about 1.50 dollars of ingestion. */
const dearBytesPerHour = 50_000_000_000;

/** What goes wrong in delivery streams, and what gets dear. */
export function watchStreams(streamNames: readonly string[]): readonly Watch[] {
  const rules = [
    ['DeliveryLate', 'DeliveryToS3.DataFreshness', 'Maximum', 5, 1800],
    ['RecordsThrottled', 'ThrottledRecords', 'Sum', 5, 1000],
    ['ConversionFailed', 'FailedConversion.Records', 'Sum', 5, 0],
    ['PartitionsExceeded', 'PartitionCountExceeded', 'Maximum', 5, 0],
    ['IngestionDear', 'IncomingBytes', 'Sum', 60, dearBytesPerHour],
  ] as const;
  const groups = Array.from({ length: Math.ceil(streamNames.length / metricsPerAlarm) }, (_, group) =>
    streamNames.slice(group * metricsPerAlarm, (group + 1) * metricsPerAlarm),
  );
  return groups.flatMap((group, index) =>
    rules.map(([id, metricName, statistic, minutes, threshold]) => ({
      id: index === 0 ? id : `${id}${index + 1}`,
      metric: streamMetric(group, metricName, { statistic, period: Duration.minutes(minutes) }),
      threshold,
    })),
  );
}

/** A metric of several streams as one. */
export function streamMetric(
  streamNames: readonly string[],
  metricName: string,
  { statistic, period }: { readonly statistic: 'Maximum' | 'Sum'; readonly period: Duration },
): cloudwatch.IMetric {
  const metrics = streamNames.map(
    (name) =>
      new cloudwatch.Metric({
        namespace: 'AWS/Firehose',
        metricName,
        statistic,
        period,
        dimensionsMap: { DeliveryStreamName: name },
      }),
  );
  const [first] = metrics;
  if (first !== undefined && metrics.length === 1) return first;
  return new cloudwatch.MathExpression({
    expression: `${statistic === 'Sum' ? 'SUM' : 'MAX'}([${metrics.map((_, at) => `m${at}`).join(',')}])`,
    usingMetrics: Object.fromEntries(metrics.map((metric, at) => [`m${at}`, metric])),
    period,
  });
}
