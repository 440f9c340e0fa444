import { CfnOutput, CfnParameter, Stack, type StackProps } from 'aws-cdk-lib';
import {
  createAlarms,
  createCatalog,
  createDashboard,
  createDeliveryStreams,
  createFunctions,
  createLake,
  createQueues,
  createSchedules,
  createWorkGroup,
  type Stage,
} from '@store/constructs';
import type { Construct } from 'constructs';

/** What the core stack is made of. */
export interface CoreStackProps extends StackProps {
  readonly stage: Stage;
  /** Folder of the built bundles. */
  readonly bundles: string;
  /** Delivery streams; a fan-out spreads its shards over them. @defaultValue 1 */
  readonly streams?: number;
}

/** Everything from an event to a truck: delivery stream, lake, table, functions, queues, schedules, alarms. */
export class CoreStack extends Stack {
  constructor(scope: Construct, id: string, { stage, bundles, streams = 1, ...props }: CoreStackProps) {
    super(scope, id, { ...props, terminationProtection: stage.permanent });
    const webhook = {
      url: new CfnParameter(this, 'WebhookUrl', {
        default: '',
        description: 'https address of the truck system; empty to use only the event bus.',
      }),
      secret: new CfnParameter(this, 'WebhookSecret', {
        default: '',
        noEcho: true,
        description: 'What webhooks are signed with, at least 16 characters.',
      }),
    };
    const lake = createLake(this, stage);
    const catalog = createCatalog(this, stage, lake);
    const deliveryStreams = createDeliveryStreams(this, stage, { lake, catalog, count: streams });
    const queues = createQueues(this, stage);
    const workGroup = createWorkGroup(this, stage);
    const functions = createFunctions(this, stage, {
      bundles,
      lake,
      catalog,
      deliveryStreams,
      queues,
      workGroup,
      webhook,
    });
    createSchedules(this, stage, functions, queues);
    createDashboard(this, stage, createAlarms(this, stage, { deliveryStreams, functions, queues }));

    const say = (name: string, value: string): CfnOutput => new CfnOutput(this, name, { value });
    say('DeliveryStreamName', deliveryStreams[0].ref);
    say('LakeBucketName', lake.bucketName);
    say('RestockQueueUrl', queues.restock.queueUrl);
    say('IngestQueueUrl', queues.ingest.queueUrl);
    say('IngestFunctionUrl', functions.ingestUrl.attrFunctionUrl);
    const invoke = `aws lambda invoke --cli-binary-format raw-in-base64-out --function-name`;
    say(
      'GenerateCommand',
      `${invoke} ${functions.generate.name} --payload '{"stores":50,"days":1}' /dev/stdout`,
    );
    say('PlanCommand', `${invoke} ${functions.plan.name} --payload '{"all":true}' /dev/stdout`);
    say(
      'QueryCommand',
      `aws athena start-query-execution --work-group ${workGroup.ref} --query-string 'SELECT store_id, count(*) FROM ${catalog.databaseName}.${catalog.tableName} GROUP BY store_id'`,
    );
  }
}
