import { aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** Creates one page that shows whether events flow. */
export function createDashboard(
  scope: Construct,
  dashboardName: string,
  alarms: readonly cloudwatch.Alarm[],
): void {
  const ours = (metricName: string, service: string): cloudwatch.Metric =>
    new cloudwatch.Metric({
      namespace: 'StoreInventory',
      metricName,
      statistic: 'Sum',
      dimensionsMap: { service },
    });
  new cloudwatch.Dashboard(scope, 'Dashboard', {
    dashboardName,
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
