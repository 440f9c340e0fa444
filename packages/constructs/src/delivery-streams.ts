import {
  Aws,
  Stack,
  Token,
  aws_iam as iam,
  aws_kinesisfirehose as firehose,
  aws_logs as logs,
  type Duration,
  type RemovalPolicy,
} from 'aws-cdk-lib';
import { toFirehoseConversion, type TableSchema } from '@store/glue-schema';
import type { Construct } from 'constructs';
import { ConstructsError } from './errors.js';
import { allowObjects, errorsPrefix, type LakeBucket } from './lake-bucket.js';
import type { LakePartitioning } from './lake-partitioning.js';
import type { LakeTable } from './lake-table.js';

/** What fits into a function's environment of 4 KB (Lambda quotas, 2026), in which each delivery stream has its name. */
export const deliveryStreamLimits: {
  readonly streams: number;
  readonly unnamedStreams: number;
  readonly environmentBytes: number;
} = Object.freeze({
  streams: 100,
  /** Streams without `namePrefix`: CloudFormation makes up 64 characters for each, and long names for all else. */
  unnamedStreams: 45,
  /** Bytes of all names, each with its comma, and of the mapping: the rest is for what else a function is told. */
  environmentBytes: 3300,
});

/**
 * Throws where the names of the streams and the mapping do not fit into the environment of a function, which CloudFormation would
 * say in the middle of a deployment.
 */
export function checkEnvironment(
  streams: number,
  namePrefix: string | undefined,
  mapping: string | undefined,
): void {
  const { unnamedStreams, environmentBytes } = deliveryStreamLimits;
  if (namePrefix === undefined && streams > unnamedStreams) {
    throw new ConstructsError(
      'streams',
      `Expected \`streams\` to be at most ${unnamedStreams} without \`namePrefix\`, got ${streams}: names that CloudFormation makes up do not fit into a function's environment. Give \`namePrefix\`.`,
    );
  }
  const names = Array.from({ length: streams }, (_, index) => `${nameOf(index, namePrefix ?? madeUp)},`);
  const ofMapping = mapping === undefined || Token.isUnresolved(mapping) ? '' : mapping;
  const bytes = Buffer.byteLength(names.join('')) + Buffer.byteLength(ofMapping);
  if (bytes <= environmentBytes) return;
  const field = ofMapping === '' ? 'streams' : 'mapping';
  throw new ConstructsError(
    field,
    `Expected the names of ${streams} delivery streams and \`mapping\` to have at most ${environmentBytes} bytes together, got ${bytes}: more does not fit into a function's environment. ${field === 'mapping' ? 'Put the mapping below incoming/ and give its s3:// address.' : 'Give a shorter `namePrefix`, or fewer streams.'}`,
  );
}

/** As long as a name that CloudFormation makes up. */
const madeUp = '-'.repeat(54);

/** Name of a stream. The first has no number, so that one more stream never renames it. */
const nameOf = (index: number, namePrefix: string): string =>
  `${namePrefix}-inventory${index === 0 ? '' : `-${index + 1}`}`;

/** Codec of the Parquet pages. */
export type LakeCompression = 'snappy' | 'gzip' | 'uncompressed';

/** What delivery streams are made of. */
export interface DeliveryStreamsProps {
  readonly schema: TableSchema;
  readonly partitioning: LakePartitioning;
  readonly bucket: LakeBucket;
  readonly table: LakeTable;
  /** Prefix of the objects that queries read. */
  readonly lakePrefix: string;
  readonly streams: number;
  readonly compression: LakeCompression;
  readonly buffering: Duration;
  readonly namePrefix?: string | undefined;
  readonly removalPolicy: RemovalPolicy;
}

/** What all streams of a lake share. */
export interface Delivery {
  readonly role: iam.Role;
  readonly logGroup: logs.LogGroup;
  readonly logStream: logs.LogStream;
}

/**
 * Creates delivery streams: packed JSON in, Parquet out, by the hour in which events happened. They are made of the
 * plain resource, since the construct library's destination grants far more than Firehose needs.
 */
export function createDeliveryStreams(
  scope: Construct,
  props: DeliveryStreamsProps,
): firehose.CfnDeliveryStream[] {
  const { schema, partitioning, bucket, table, lakePrefix, compression, buffering } = props;
  const delivery = createDelivery(scope, props);
  const { role } = delivery;
  allowObjects(bucket, role, 'write', [lakePrefix, errorsPrefix]);
  const { key, query } = partitioning;
  const conversion = toFirehoseConversion(schema, {
    databaseName: table.databaseName,
    tableName: table.tableName,
    roleArn: role.roleArn,
    compression: ({ snappy: 'SNAPPY', gzip: 'GZIP', uncompressed: 'UNCOMPRESSED' } as const)[compression],
  });
  return numbered(
    scope,
    props,
    delivery,
    (stream) => {
      stream.extendedS3DestinationConfiguration = {
        bucketArn: bucket.bucketArn,
        roleArn: role.roleArn,
        prefix: `${lakePrefix}${key}=!{partitionKeyFromQuery:${key}}/`,
        errorOutputPrefix: `${errorsPrefix}!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd/HH}/`,
        bufferingHints: { intervalInSeconds: buffering.toSeconds(), sizeInMBs: 128 },
        compressionFormat: 'UNCOMPRESSED',
        ...(bucket.encryptionKey === undefined
          ? {}
          : {
              encryptionConfiguration: { kmsEncryptionConfig: { awskmsKeyArn: bucket.encryptionKey.keyArn } },
            }),
        dynamicPartitioningConfiguration: { enabled: true, retryOptions: { durationInSeconds: 300 } },
        processingConfiguration: {
          enabled: true,
          processors: [
            deaggregation,
            {
              type: 'MetadataExtraction',
              parameters: [
                parameter('MetadataExtractionQuery', query),
                parameter('JsonParsingEngine', 'JQ-1.6'),
              ],
            },
          ],
        },
        cloudWatchLoggingOptions: loggingOf(delivery),
      };
      stream.addPropertyOverride(
        'ExtendedS3DestinationConfiguration.DataFormatConversionConfiguration',
        conversion,
      );
    },
    table,
    bucket,
  );
}

const parameter = (parameterName: string, parameterValue: string) => ({ parameterName, parameterValue });

/** Several events in a record become several records. */
export const deaggregation: firehose.CfnDeliveryStream.ProcessorProperty = {
  type: 'RecordDeAggregation',
  parameters: [parameter('SubRecordType', 'JSON')],
};

/** Where a stream logs what it could not deliver. */
export const loggingOf = ({
  logGroup,
  logStream,
}: Delivery): firehose.CfnDeliveryStream.CloudWatchLoggingOptionsProperty => ({
  enabled: true,
  logGroupName: logGroup.logGroupName,
  logStreamName: logStream.logStreamName,
});

/** Creates the log and the role of delivery, which may read the table's versions. */
export function createDelivery(
  scope: Construct,
  { table, namePrefix, removalPolicy }: Pick<DeliveryStreamsProps, 'table' | 'namePrefix' | 'removalPolicy'>,
): Delivery {
  const logGroup = new logs.LogGroup(scope, 'DeliveryLogs', {
    ...(namePrefix === undefined ? {} : { logGroupName: `/aws/kinesisfirehose/${namePrefix}-inventory` }),
    retention: logs.RetentionDays.TWO_WEEKS,
    removalPolicy,
  });
  const logStream = new logs.LogStream(scope, 'DeliveryLogStream', {
    logGroup,
    logStreamName: 'delivery',
    removalPolicy,
  });
  const role = new iam.Role(scope, 'DeliveryRole', {
    assumedBy: new iam.ServicePrincipal('firehose.amazonaws.com', {
      conditions: { StringEquals: { 'sts:ExternalId': Aws.ACCOUNT_ID } },
    }),
  });
  const { arns } = table;
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
        Stack.of(scope).formatArn({
          service: 'logs',
          resource: `log-group:${logGroup.logGroupName}:log-stream:${logStream.logStreamName}`,
        }),
      ],
    }),
  );
  return { role, logGroup, logStream };
}

/** Creates the streams, each with the destination that is set on it, after what it depends on. */
export function numbered(
  scope: Construct,
  { streams, namePrefix }: Pick<DeliveryStreamsProps, 'streams' | 'namePrefix'>,
  { role }: Delivery,
  setDestination: (stream: firehose.CfnDeliveryStream) => void,
  { table }: LakeTable,
  bucket: LakeBucket,
): firehose.CfnDeliveryStream[] {
  return Array.from({ length: streams }, (_, index) => {
    const number = index === 0 ? '' : String(index + 1);
    const stream = new firehose.CfnDeliveryStream(scope, `DeliveryStream${number}`, {
      ...(namePrefix === undefined ? {} : { deliveryStreamName: nameOf(index, namePrefix) }),
      deliveryStreamType: 'DirectPut',
      deliveryStreamEncryptionConfigurationInput: { keyType: 'AWS_OWNED_CMK' },
    });
    setDestination(stream);
    stream.addResourceDependency(table);
    const policy = role.node.findChild('DefaultPolicy').node.defaultChild;
    if (policy instanceof iam.CfnPolicy) stream.addResourceDependency(policy);
    if (bucket.policy !== undefined && Stack.of(bucket) === Stack.of(scope)) {
      stream.node.addDependency(bucket.policy);
    }
    return stream;
  });
}
