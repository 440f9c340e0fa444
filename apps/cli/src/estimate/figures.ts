import { firehoseLimits, ingestPrices, regionQuota } from '@store/firehose';

/**
 * A figure of AWS, where to look it up, the day on which it was last looked at, and how well it is known.
 *
 * `read`: on that page of AWS, or in an archived copy of it. `quoted`: in public texts and code that quote the page.
 * `remembered`: neither; look it up before relying on it.
 */
export interface Figure {
  readonly value: number;
  readonly what: string;
  readonly url: string;
  readonly asOf: string;
  readonly known: 'read' | 'quoted' | 'remembered';
}

/** The quotas that a plan keeps. */
export type QuotaName =
  | 'streamBytes'
  | 'streamCalls'
  | 'streamRecords'
  | 'otherStreamBytes'
  | 'streams'
  | 'partitions'
  | 'packedEvents'
  | 'callBytes'
  | 'billingStep'
  | 'mapChildren'
  | 'lambdaConcurrency'
  | 'lambdaSeconds'
  | 'lambdaEnvironmentBytes'
  | 'managedPolicyChars'
  | 'inlinePolicyChars'
  | 'stackResources'
  | 'alarmMetrics';

/** The prices that a bill is made of. */
export type PriceName =
  | 'firehoseIngest'
  | 'firehoseConversion'
  | 'partitionedGb'
  | 'partitionedObject'
  | 'jqHour'
  | 's3Put'
  | 's3Month'
  | 'lambdaGbSecond'
  | 'lambdaCall'
  | 'transition'
  | 'sqsFifo'
  | 'sqsStandard'
  | 'dynamoWrite'
  | 'dynamoRead'
  | 'busEvent'
  | 'athenaScan'
  | 'logGb'
  | 'metricMonth'
  | 'alarmMonth'
  | 'dashboardMonth'
  | 'mail';

const asOf = '2026-11-29';
const large = regionQuota('us-east-1');
const small = regionQuota(undefined);

const firehoseQuotaPage = 'https://docs.aws.amazon.com/firehose/latest/dev/limits.html';
const firehosePricePage = 'https://aws.amazon.com/firehose/pricing/';
const lambdaQuotaPage = 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html';
const iamQuotaPage = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html';
const stackQuotaPage =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html';
const cloudWatchPricePage = 'https://aws.amazon.com/cloudwatch/pricing/';

const figure = (value: number, what: string, url: string, known: Figure['known']): Figure => ({
  value,
  what,
  url,
  asOf,
  known,
});

/** Quotas that the plan of docs/scale.md keeps; those of Firehose are the library's own constants. */
export const quotas: Readonly<Record<QuotaName, Figure>> = {
  streamBytes: figure(
    large.bytesPerSec,
    'bytes a second of one delivery stream, Direct PUT, us-east-1, us-west-2, eu-west-1',
    firehoseQuotaPage,
    'read',
  ),
  streamCalls: figure(large.requestsPerSec, 'calls a second of it', firehoseQuotaPage, 'read'),
  streamRecords: figure(large.recordsPerSec, 'records a second of it', firehoseQuotaPage, 'read'),
  otherStreamBytes: figure(
    small.bytesPerSec,
    'bytes a second of one in other regions',
    firehoseQuotaPage,
    'read',
  ),
  streams: figure(
    50,
    'delivery streams a region in an archived copy; ask Service Quotas',
    firehoseQuotaPage,
    'read',
  ),
  partitions: figure(
    500,
    'active partitions of a delivery stream; up to 5,000 on request',
    'https://docs.aws.amazon.com/firehose/latest/dev/buffering.html',
    'read',
  ),
  packedEvents: figure(
    firehoseLimits.eventsPerRecord,
    'events that de-aggregation splits out of one record',
    'https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecord.html',
    'read',
  ),
  callBytes: figure(
    firehoseLimits.batchBytes,
    'bytes of one PutRecordBatch call',
    'https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecordBatch.html',
    'read',
  ),
  billingStep: figure(
    firehoseLimits.billingUnitBytes,
    'bytes that each record is billed rounded up to',
    firehosePricePage,
    'read',
  ),
  mapChildren: figure(
    10_000,
    'children of a distributed map at the same time, where nothing else is said',
    'https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html',
    'read',
  ),
  lambdaConcurrency: figure(
    1000,
    'environments of an account at the same time',
    lambdaQuotaPage,
    'remembered',
  ),
  lambdaSeconds: figure(900, 'seconds of one invocation', lambdaQuotaPage, 'remembered'),
  lambdaEnvironmentBytes: figure(4096, "bytes of a function's variables", lambdaQuotaPage, 'remembered'),
  managedPolicyChars: figure(6144, 'characters of a managed policy', iamQuotaPage, 'quoted'),
  inlinePolicyChars: figure(10_240, "characters of a role's inline policies", iamQuotaPage, 'quoted'),
  stackResources: figure(500, 'resources of a stack', stackQuotaPage, 'remembered'),
  alarmMetrics: figure(
    10,
    'metrics of one alarm',
    'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html',
    'remembered',
  ),
};

/**
 * List prices of us-east-1 in US dollars, without free tiers and discounts. KMS is not among them: bucket, queues, table
 * and delivery streams use keys that AWS owns, which cost nothing.
 */
export const prices: Readonly<Record<PriceName, Figure>> = {
  firehoseIngest: figure(
    ingestPrices.otherwiseUsdPerGb,
    'GB ingested, each record rounded up to 5 KB; the first 500 TB of a month',
    firehosePricePage,
    'quoted',
  ),
  firehoseConversion: figure(0.018, 'GB converted, the same GB as ingested', firehosePricePage, 'remembered'),
  partitionedGb: figure(0.02, 'GB delivered by dynamic partitioning', firehosePricePage, 'remembered'),
  partitionedObject: figure(0.005 / 1000, 'object so delivered', firehosePricePage, 'remembered'),
  jqHour: figure(0.07, 'hour of jq', firehosePricePage, 'remembered'),
  s3Put: figure(0.005 / 1000, 'object written', 'https://aws.amazon.com/s3/pricing/', 'quoted'),
  s3Month: figure(0.023, 'GB kept for a month', 'https://aws.amazon.com/s3/pricing/', 'remembered'),
  lambdaGbSecond: figure(
    0.0000133334,
    'GB-second on arm64',
    'https://aws.amazon.com/lambda/pricing/',
    'quoted',
  ),
  lambdaCall: figure(0.2 / 1e6, 'invocation', 'https://aws.amazon.com/lambda/pricing/', 'quoted'),
  transition: figure(
    0.025 / 1000,
    'state transition, standard workflow',
    'https://aws.amazon.com/step-functions/pricing/',
    'read',
  ),
  sqsFifo: figure(0.5 / 1e6, 'request to a FIFO queue', 'https://aws.amazon.com/sqs/pricing/', 'quoted'),
  sqsStandard: figure(
    0.4 / 1e6,
    'request to a standard queue',
    'https://aws.amazon.com/sqs/pricing/',
    'quoted',
  ),
  dynamoWrite: figure(
    0.625 / 1e6,
    'write of up to 1 KB, on demand',
    'https://aws.amazon.com/dynamodb/pricing/on-demand/',
    'quoted',
  ),
  dynamoRead: figure(
    0.125 / 1e6,
    'consistent read of up to 4 KB, on demand',
    'https://aws.amazon.com/dynamodb/pricing/on-demand/',
    'quoted',
  ),
  busEvent: figure(
    1 / 1e6,
    'event of your own on the bus',
    'https://aws.amazon.com/eventbridge/pricing/',
    'remembered',
  ),
  athenaScan: figure(
    5,
    'TB scanned, at least 10 MB a query',
    'https://aws.amazon.com/athena/pricing/',
    'quoted',
  ),
  logGb: figure(0.5, 'GB of logs', cloudWatchPricePage, 'quoted'),
  metricMonth: figure(0.3, 'metric of your own and month', cloudWatchPricePage, 'quoted'),
  alarmMonth: figure(0.1, 'metric watched by alarms and month', cloudWatchPricePage, 'remembered'),
  dashboardMonth: figure(3, 'dashboard and month', cloudWatchPricePage, 'quoted'),
  mail: figure(2 / 100_000, 'mail of an alarm', 'https://aws.amazon.com/sns/pricing/', 'remembered'),
};

/** The region whose price of ingestion is known here; elsewhere `--ingest-price` says it. */
export const regionsAtListPrice: ReadonlySet<string> = new Set(Object.keys(ingestPrices.usdPerGb));

/** AWS bills binary gigabytes under the name GB. */
export const bytesPerGb: number = 1024 ** 3;
