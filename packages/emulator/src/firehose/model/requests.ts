import {
  encryptionConfigurationInput,
  extendedS3DestinationConfiguration,
  extendedS3DestinationUpdate,
  s3DestinationConfiguration,
  s3DestinationUpdate,
} from './s3-destination.js';
import { boolean, integer, list, oneOf, structure, text, type Shape, type StructureShape } from './shape.js';

/** Most records in one PutRecordBatch call; source: Firehose service model 2015-08-04. */
export const MAX_BATCH_RECORDS = 500;
/** Most bytes in one record, before base64; source: Firehose service model 2015-08-04. */
export const MAX_RECORD_BYTES = 1_024_000;
/** Most bytes in one call, before base64; source: Firehose developer guide, quotas, read 2026-08. */
export const MAX_BATCH_BYTES: number = 4 * 1024 * 1024;

const any: Shape = { kind: 'any' };
const streamName = text(1, 64, '[a-zA-Z0-9_.-]+');
const streamType = oneOf('DirectPut', 'KinesisStreamAsSource', 'MSKAsSource', 'DatabaseAsSource');
const tagKey = text(1, 128, '^(?!aws:)[\\p{L}\\p{Z}\\p{N}_.:\\/=+\\-@%]*$');
const tags = list(
  structure({ Key: tagKey, Value: text(0, 256, '^[\\p{L}\\p{Z}\\p{N}_.:\\/=+\\-@%]*$') }, ['Key']),
  1,
  50,
);
const record = structure({ Data: { kind: 'blob', max: MAX_RECORD_BYTES } }, ['Data']);

/** Destinations of AWS that this endpoint does not deliver to. */
export const foreignDestinations: readonly string[] = [
  'Redshift',
  'Elasticsearch',
  'Amazonopensearchservice',
  'Splunk',
  'HttpEndpoint',
  'AmazonOpenSearchServerless',
  'Snowflake',
  'Iceberg',
];

function foreign(suffix: string): Record<string, Shape> {
  return Object.fromEntries(foreignDestinations.map((name) => [`${name}${suffix}`, any]));
}

/** Each action's input, as AWS's service model constrains it. */
export const requestShapes: Readonly<Record<string, StructureShape>> = {
  CreateDeliveryStream: structure(
    {
      DeliveryStreamName: streamName,
      DeliveryStreamType: streamType,
      DirectPutSourceConfiguration: structure({ ThroughputHintInMBs: integer(1, 100) }, [
        'ThroughputHintInMBs',
      ]),
      KinesisStreamSourceConfiguration: any,
      MSKSourceConfiguration: any,
      DatabaseSourceConfiguration: any,
      DeliveryStreamEncryptionConfigurationInput: encryptionConfigurationInput,
      S3DestinationConfiguration: s3DestinationConfiguration,
      ExtendedS3DestinationConfiguration: extendedS3DestinationConfiguration,
      ...foreign('DestinationConfiguration'),
      Tags: tags,
    },
    ['DeliveryStreamName'],
  ),
  DeleteDeliveryStream: structure({ DeliveryStreamName: streamName, AllowForceDelete: boolean }, [
    'DeliveryStreamName',
  ]),
  DescribeDeliveryStream: structure(
    {
      DeliveryStreamName: streamName,
      Limit: integer(1, 10_000),
      ExclusiveStartDestinationId: text(1, 100, '[a-zA-Z0-9-]+'),
    },
    ['DeliveryStreamName'],
  ),
  ListDeliveryStreams: structure({
    Limit: integer(1, 10_000),
    DeliveryStreamType: streamType,
    ExclusiveStartDeliveryStreamName: streamName,
  }),
  ListTagsForDeliveryStream: structure(
    { DeliveryStreamName: streamName, ExclusiveStartTagKey: tagKey, Limit: integer(1, 50) },
    ['DeliveryStreamName'],
  ),
  PutRecord: structure({ DeliveryStreamName: streamName, Record: record }, ['DeliveryStreamName', 'Record']),
  PutRecordBatch: structure({ DeliveryStreamName: streamName, Records: list(record, 1, MAX_BATCH_RECORDS) }, [
    'DeliveryStreamName',
    'Records',
  ]),
  StartDeliveryStreamEncryption: structure(
    {
      DeliveryStreamName: streamName,
      DeliveryStreamEncryptionConfigurationInput: encryptionConfigurationInput,
    },
    ['DeliveryStreamName'],
  ),
  StopDeliveryStreamEncryption: structure({ DeliveryStreamName: streamName }, ['DeliveryStreamName']),
  TagDeliveryStream: structure({ DeliveryStreamName: streamName, Tags: tags }, [
    'DeliveryStreamName',
    'Tags',
  ]),
  UntagDeliveryStream: structure({ DeliveryStreamName: streamName, TagKeys: list(tagKey, 1, 50) }, [
    'DeliveryStreamName',
    'TagKeys',
  ]),
  UpdateDestination: structure(
    {
      DeliveryStreamName: streamName,
      CurrentDeliveryStreamVersionId: text(1, 50, '[0-9]+'),
      DestinationId: text(1, 100, '[a-zA-Z0-9-]+'),
      S3DestinationUpdate: s3DestinationUpdate,
      ExtendedS3DestinationUpdate: extendedS3DestinationUpdate,
      ...foreign('DestinationUpdate'),
    },
    ['DeliveryStreamName', 'CurrentDeliveryStreamVersionId', 'DestinationId'],
  ),
};
