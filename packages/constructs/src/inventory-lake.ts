import {
  Duration,
  RemovalPolicy,
  Stack,
  aws_iam as iam,
  type aws_athena as athena,
  type aws_cloudwatch as cloudwatch,
  type aws_glue as glue,
  type aws_kinesisfirehose as firehose,
  type aws_kms as kms,
  type aws_lambda as lambda,
  type aws_sqs as sqs,
} from 'aws-cdk-lib';
import {
  checkOptions,
  having,
  listOf,
  oneOf,
  satisfying,
  text,
  wholeNumber,
  type OptionRules,
} from '@store/foundation';
import { toTableName, type TableSchema } from '@store/glue-schema';
import { inventoryEventSchema } from '@store/schema';
import { Construct } from 'constructs';
import { createAlarms, failuresOf, streamMetric, watchStreams } from './alarms.js';
import { constructRules, type ConstructProps } from './construct-props.js';
import {
  checkEnvironment,
  createDeliveryStreams,
  deliveryStreamLimits,
  type LakeCompression,
} from './delivery-streams.js';
import { ConstructsError, invalidOption } from './errors.js';
import { createIcebergStreams, createIcebergTable } from './iceberg-delivery.js';
import { allowObjects, createBucket, type LakeBucket } from './lake-bucket.js';
import { LakeIntake } from './lake-intake.js';
import { checkPartitioning, inventoryPartitioning, type LakePartitioning } from './lake-partitioning.js';
import type { LakeSource } from './lake-source.js';
import { createTable, createWorkGroup, type LakeTable } from './lake-table.js';

/** What a lake is made of. */
export interface InventoryLakeProps extends ConstructProps {
  /** The type of the events, as glue-schema emits it: a module's `…Schema`, or the manifest as JSON. @defaultValue the inventory event */
  readonly schema?: TableSchema;
  /** How events are laid out. @defaultValue by the hour of `event_time`, from 1990 on */
  readonly partitioning?: LakePartitioning;
  /**
   * Delivery streams, 1 to 100, all into one table. The functions are told each name in an environment of 4 KB: above 45 streams
   * `namePrefix` must be given, since CloudFormation makes up long names, and be short enough.
   *
   * @defaultValue 1
   */
  readonly streams?: number;
  /** Where objects go. @defaultValue a bucket is made, with one that logs access to it */
  readonly bucket?: LakeBucket;
  /** Key of the objects in the bucket that is made. @defaultValue S3's own keys */
  readonly encryptionKey?: kms.IKey;
  /** A Glue database that exists. @defaultValue one is made */
  readonly database?: string;
  /** Name of the table. @defaultValue the type's name: `inventory_events` for inventory events */
  readonly tableName?: string;
  /** Codec of the Parquet pages; Iceberg's is its own. @defaultValue 'snappy' */
  readonly compression?: LakeCompression;
  /** How long a delivery stream collects, 60 to 900 seconds. @defaultValue five minutes */
  readonly buffering?: Duration;
  /**
   * What the table is: Parquet files below a key, or Apache Iceberg, to which rows are appended. Firehose has the latter not in
   * China, GovCloud and some younger regions, and keeps no order of records there.
   *
   * @defaultValue 'parquet'
   */
  readonly destination?: 'parquet' | 'iceberg';
  /**
   * Where real events come from. What comes becomes inventory events, by `mapping` where it is of another form, so that `schema` must
   * be left out, or be theirs: whoever has events of another type sends them to the streams, with `grantWrite`.
   *
   * @defaultValue whoever may write
   */
  readonly sources?: LakeSource[];
  /**
   * How sources are read: a preset, a mapping document as JSON, or the s3:// address of one below `incoming/`, for one that does not fit
   * into the function's environment. Every mapping ends in inventory events.
   *
   * @defaultValue inventory events
   */
  readonly mapping?: string;
}

const object = satisfying('an object', (value) => typeof value === 'object' && value !== null);

const rules: OptionRules<InventoryLakeProps> = {
  ...constructRules,
  schema: object,
  partitioning: object,
  streams: wholeNumber(1, deliveryStreamLimits.streams),
  bucket: having('addToResourcePolicy', 'arnForObjects'),
  encryptionKey: having('grant'),
  database: text('a name of Glue', /^[a-z0-9_]{1,255}$/),
  tableName: text('a name of Glue', /^[a-z0-9_]{1,255}$/),
  compression: oneOf('snappy', 'gzip', 'uncompressed'),
  buffering: having('toSeconds'),
  destination: oneOf('parquet', 'iceberg'),
  sources: listOf(object),
  mapping: text(),
};

/** Whether a type has the columns of the inventory event: one of its name may be another. */
const isInventoryEvent = ({ columns }: TableSchema): boolean =>
  JSON.stringify(columns) === JSON.stringify(inventoryEventSchema.columns);

/** Prefix of the objects that queries read. */
const lakePrefix = 'inventory/';

/** Name of the inventory events' table, as the command calls it. */
const inventoryTable = 'inventory_events';

/**
 * ARNs in one statement. The CDK moves whole statements from a role's inline policy into managed ones, each of which may have
 * 6,144 characters (IAM quotas, 2026): in `us-gov-west-1`, 66 ARNs of delivery streams fit.
 */
const arnsPerStatement = 45;

/**
 * A lake of events: delivery streams that take JSON, the bucket and the table that they fill, and a work group to query it
 * with. What is brought is used, the rest is made, and nothing has a physical name unless `namePrefix` is given.
 *
 * @example
 * ```ts
 * import { InventoryLake } from '@store/constructs';
 * import { App, Stack } from 'aws-cdk-lib';
 *
 * const lake = new InventoryLake(new Stack(new App(), 'shop'), 'Lake', { streams: 4 });
 * console.log(lake.streamNames.length); // 4
 * ```
 *
 * @throws ConstructsError `INVALID_OPTION`
 */
export class InventoryLake extends Construct {
  /** Bucket of the objects. */
  readonly bucket: LakeBucket;
  /** Name of the Glue database. */
  readonly databaseName: string;
  /** Name of the table. */
  readonly tableName: string;
  /** The table as a CloudFormation resource. */
  readonly table: glue.CfnTable;
  /** Name of the key that queries name; undefined for Iceberg, which has none. */
  readonly partitionKey: string | undefined;
  /** The delivery streams. */
  readonly streams: firehose.CfnDeliveryStream[];
  /** Names of the delivery streams. */
  readonly streamNames: string[];
  /** Work group of queries, with a limit on what one scans. */
  readonly workGroup: athena.CfnWorkGroup;
  /** Takes in what comes from the sources; undefined without any. */
  readonly ingest: lambda.Function | undefined;
  /** Queue of records on their way in; undefined unless a source needs it. */
  readonly ingestQueue: sqs.Queue | undefined;
  /** Address of `ingest`, for calls signed with AWS's keys; undefined unless a source is one. */
  readonly ingestUrl: lambda.FunctionUrl | undefined;
  /** Address of the door for what is signed with a secret; undefined unless a source is one. */
  readonly doorUrl: lambda.FunctionUrl | undefined;
  /** What failed for good, on its way in; undefined without sources. */
  readonly deadLetterQueue: sqs.IQueue | undefined;
  /** Alarms; none without `alarmTopic`. */
  readonly alarms: cloudwatch.Alarm[];
  readonly #lakeTable: LakeTable;

  constructor(scope: Construct, id: string, props: InventoryLakeProps = {}) {
    super(scope, id);
    checkOptions(props, rules, invalidOption);
    const { streams = 1, namePrefix, database, destination = 'parquet', sources = [], mapping } = props;
    const schema = props.schema ?? inventoryEventSchema;
    const partitioning = props.partitioning ?? inventoryPartitioning;
    checkPartitioning(partitioning, schema);
    checkEnvironment(streams, namePrefix, mapping);
    if (sources.length > 0 && !isInventoryEvent(schema)) {
      throw new ConstructsError(
        'sources',
        `Expected \`sources\` with inventory events alone, got them with ${schema.name} of other columns: \`ingest\` knows no other type. Send its events yourself, as JSON: lake.grantWrite(role), and PutRecordBatch to lake.streamNames.`,
      );
    }
    const removalPolicy = props.removalPolicy ?? RemovalPolicy.RETAIN;
    this.bucket = props.bucket ?? createBucket(this, { encryptionKey: props.encryptionKey, removalPolicy });
    const tableName =
      props.tableName ?? (props.schema === undefined ? inventoryTable : toTableName(schema.name));
    const isIceberg = destination === 'iceberg';
    const tableProps = {
      schema,
      partitioning,
      location: `s3://${this.bucket.bucketName}/${lakePrefix}`,
      database,
      namePrefix,
      tableName,
    };
    const table = isIceberg ? createIcebergTable(this, tableProps) : createTable(this, tableProps);
    this.#lakeTable = table;
    this.table = table.table;
    this.databaseName = table.databaseName;
    this.tableName = table.tableName;
    this.partitionKey = isIceberg ? undefined : partitioning.key;
    const create = isIceberg ? createIcebergStreams : createDeliveryStreams;
    this.streams = create(this, {
      schema,
      partitioning,
      bucket: this.bucket,
      table,
      lakePrefix,
      streams,
      compression: props.compression ?? 'snappy',
      buffering: props.buffering ?? Duration.minutes(5),
      namePrefix,
      removalPolicy,
    });
    this.streamNames = this.streams.map(({ ref }) => ref);
    this.workGroup = createWorkGroup(this, { streams, namePrefix, removalPolicy });
    const intake =
      sources.length === 0 ? undefined : new LakeIntake(this, this, { ...props, removalPolicy, mapping });
    if (intake !== undefined) for (const source of sources) source.attachTo(intake);
    this.ingest = intake?.ingest;
    this.deadLetterQueue = intake?.deadLetterQueue;
    this.ingestQueue = intake?.made.queue;
    this.ingestUrl = intake?.made.ingestUrl;
    this.doorUrl = intake?.made.doorUrl;
    this.alarms = createAlarms(this, props.alarmTopic, [
      ...watchStreams(this.streamNames),
      ...(intake === undefined
        ? []
        : [
            failuresOf('IngestFailed', intake.ingest),
            // Its senders hear 5xx.
            ...(intake.made.door === undefined ? [] : [failuresOf('DoorFailed', intake.made.door)]),
            {
              id: 'DeadFilled',
              metric: intake.deadLetterQueue.metricApproximateNumberOfMessagesVisible({
                statistic: 'Maximum',
                period: Duration.minutes(5),
              }),
              threshold: 0,
            },
          ]),
    ]);
  }

  /** Lets somebody write to the delivery streams, and do nothing else with Firehose. */
  grantWrite(grantee: iam.IGrantable): iam.Grant {
    const arns = this.streams.map(({ attrArn }) => attrArn);
    const grants = Array.from({ length: Math.ceil(arns.length / arnsPerStatement) }, (_, part) =>
      iam.Grant.addToPrincipal({
        grantee,
        actions: ['firehose:PutRecordBatch'],
        resourceArns: arns.slice(part * arnsPerStatement, (part + 1) * arnsPerStatement),
      }),
    );
    return grants.reduce((all, one) => all.combine(one));
  }

  /** Lets somebody query the table in the lake's work group: Athena, the Data Catalog and the objects. */
  grantQuery(grantee: iam.IGrantable): iam.Grant {
    const allow = (actions: string[], ...resourceArns: string[]): iam.Grant =>
      iam.Grant.addToPrincipal({ grantee, actions, resourceArns });
    const { arns } = this.#lakeTable;
    const workGroup = Stack.of(this).formatArn({
      service: 'athena',
      resource: `workgroup/${this.workGroup.ref}`,
    });
    allowObjects(this.bucket, grantee, 'read', [lakePrefix]);
    return allow(
      [
        'athena:StartQueryExecution',
        'athena:GetQueryExecution',
        'athena:GetQueryResults',
        'athena:StopQueryExecution',
      ],
      workGroup,
    )
      .combine(allow(['glue:GetTable'], arns.catalog, arns.database, arns.table))
      .combine(allow(['glue:GetDatabase'], arns.catalog, arns.database, arns.defaultDatabase));
  }

  /** How old the oldest record is that has not been delivered, in seconds: the worst of the delivery streams. */
  metricLate(): cloudwatch.IMetric {
    return streamMetric(this.streamNames, 'DeliveryToS3.DataFreshness', {
      statistic: 'Maximum',
      period: Duration.minutes(5),
    });
  }
}
