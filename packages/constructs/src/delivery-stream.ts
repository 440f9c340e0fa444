import {
  Aws,
  aws_iam as iam,
  aws_kinesisfirehose as firehose,
  aws_logs as logs,
  type aws_s3 as s3,
} from 'aws-cdk-lib';
import { checkOptions, having, required, satisfying, wholeNumber, type OptionRules } from '@store/foundation';
import { toFirehoseConversion } from '@store/glue-schema';
import { eventHourPartitioning, inventoryEventSchema } from '@store/schema';
import type { Construct } from 'constructs';
import type { Catalog } from './catalog.js';
import { invalidOption } from './errors.js';
import { allowObjects, lakePrefix } from './lake.js';
import { nameOf, removalOf, type Stage } from './stage.js';

/** What delivery streams are made of. */
export interface DeliveryStreamsOptions {
  /** Bucket that the streams deliver to. */
  readonly lake: s3.Bucket;
  /** Table whose columns the records are converted by. */
  readonly catalog: Catalog;
  /** How many, 1 to 100; all write to the same table. */
  readonly count: number;
}

/**
 * A hundred names fit into a function's environment (4 KB), a hundred ARNs into its role's policies (10,240
 * characters; IAM and Lambda quotas, 2026).
 */
export const deliveryStreamLimits: { readonly count: number } = Object.freeze({ count: 100 });

const rules: OptionRules<DeliveryStreamsOptions> = {
  lake: required(having('addToResourcePolicy', 'arnForObjects')),
  catalog: required(
    satisfying(
      'what createCatalog returns',
      (value) => typeof value === 'object' && value !== null && 'table' in value && 'arns' in value,
    ),
  ),
  count: required(wholeNumber(1, deliveryStreamLimits.count)),
};

/** At least one delivery stream. */
export type DeliveryStreams = readonly [firehose.CfnDeliveryStream, ...firehose.CfnDeliveryStream[]];

/**
 * Creates delivery streams: packed JSON in, Parquet out, by the hour in which events happened. They are made of the
 * plain resource, since the construct library's destination grants far more than Firehose needs.
 *
 * @example
 * ```ts
 * import { createCatalog, createDeliveryStreams, createLake, stageOf } from '@store/constructs';
 * import { App, Stack } from 'aws-cdk-lib';
 *
 * const stack = new Stack(new App(), 'inventory');
 * const stage = stageOf('dev');
 * const lake = createLake(stack, stage);
 * const catalog = createCatalog(stack, stage, lake);
 * console.log(createDeliveryStreams(stack, stage, { lake, catalog, count: 4 }).length); // 4
 * ```
 *
 * @throws ConstructsError `INVALID_OPTION`
 */
export function createDeliveryStreams(
  scope: Construct,
  stage: Stage,
  options: DeliveryStreamsOptions,
): DeliveryStreams {
  checkOptions(options, rules, invalidOption);
  const { lake, catalog, count } = options;
  const logGroup = new logs.LogGroup(scope, 'DeliveryLogs', {
    logGroupName: `/aws/kinesisfirehose/${nameOf(stage, 'inventory')}`,
    retention: logs.RetentionDays.TWO_WEEKS,
    removalPolicy: removalOf(stage),
  });
  const logStream = new logs.LogStream(scope, 'DeliveryLogStream', {
    logGroup,
    logStreamName: 'delivery',
    removalPolicy: removalOf(stage),
  });
  const role = new iam.Role(scope, 'DeliveryRole', {
    assumedBy: new iam.ServicePrincipal('firehose.amazonaws.com', {
      conditions: { StringEquals: { 'sts:ExternalId': Aws.ACCOUNT_ID } },
    }),
  });
  const { arns } = catalog;
  role.addToPolicy(
    new iam.PolicyStatement({
      actions: ['glue:GetTable', 'glue:GetTableVersion', 'glue:GetTableVersions'],
      resources: [arns.catalog, arns.database, arns.table],
    }),
  );
  role.addToPolicy(
    new iam.PolicyStatement({
      actions: ['logs:PutLogEvents'],
      resources: [
        `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:${logGroup.logGroupName}:log-stream:${logStream.logStreamName}`,
      ],
    }),
  );
  allowObjects(lake, role, 'write', [lakePrefix, 'errors/']);
  const make = (number: number): firehose.CfnDeliveryStream =>
    createOne(scope, stage, number, { lake, catalog, role, logGroup, logStream });
  return [make(1), ...Array.from({ length: count - 1 }, (_, index) => make(index + 2))];
}

interface Surroundings {
  readonly lake: s3.Bucket;
  readonly catalog: Catalog;
  readonly role: iam.Role;
  readonly logGroup: logs.LogGroup;
  readonly logStream: logs.LogStream;
}

function createOne(
  scope: Construct,
  stage: Stage,
  number: number,
  { lake, catalog, role, logGroup, logStream }: Surroundings,
): firehose.CfnDeliveryStream {
  // The first has no number, so that one more stream never renames it.
  const suffix = number === 1 ? '' : String(number);
  const { databaseName, tableName, table } = catalog;
  const { query, prefix, errorPrefix } = eventHourPartitioning;
  const parameter = (parameterName: string, parameterValue: string) => ({ parameterName, parameterValue });
  const stream = new firehose.CfnDeliveryStream(scope, `DeliveryStream${suffix}`, {
    deliveryStreamName: nameOf(stage, suffix === '' ? 'inventory' : `inventory-${suffix}`),
    deliveryStreamType: 'DirectPut',
    deliveryStreamEncryptionConfigurationInput: { keyType: 'AWS_OWNED_CMK' },
    extendedS3DestinationConfiguration: {
      bucketArn: lake.bucketArn,
      roleArn: role.roleArn,
      prefix,
      errorOutputPrefix: errorPrefix,
      bufferingHints: { intervalInSeconds: stage.permanent ? 300 : 60, sizeInMBs: 128 },
      compressionFormat: 'UNCOMPRESSED',
      dynamicPartitioningConfiguration: { enabled: true, retryOptions: { durationInSeconds: 300 } },
      processingConfiguration: {
        enabled: true,
        processors: [
          { type: 'RecordDeAggregation', parameters: [parameter('SubRecordType', 'JSON')] },
          {
            type: 'MetadataExtraction',
            parameters: [
              parameter('MetadataExtractionQuery', query),
              parameter('JsonParsingEngine', 'JQ-1.6'),
            ],
          },
        ],
      },
      cloudWatchLoggingOptions: {
        enabled: true,
        logGroupName: logGroup.logGroupName,
        logStreamName: logStream.logStreamName,
      },
    },
  });
  stream.addPropertyOverride(
    'ExtendedS3DestinationConfiguration.DataFormatConversionConfiguration',
    toFirehoseConversion(inventoryEventSchema, { databaseName, tableName, roleArn: role.roleArn }),
  );
  stream.addResourceDependency(table);
  const policy = role.node.findChild('DefaultPolicy').node.defaultChild;
  if (policy instanceof iam.CfnPolicy) stream.addResourceDependency(policy);
  if (lake.policy !== undefined) stream.node.addDependency(lake.policy);
  return stream;
}
