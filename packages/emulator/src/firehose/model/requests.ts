import {
  any,
  blob,
  boolean,
  integer,
  list,
  oneOf,
  structure,
  text,
  type Shape,
  type StructureShape,
} from '../../wire/shape.js';
import type { S3Configuration } from '../configuration.js';
import {
  encryptionConfigurationInput,
  extendedS3DestinationConfiguration,
  extendedS3DestinationUpdate,
  s3DestinationConfiguration,
  s3DestinationUpdate,
  type EncryptionInput,
  type S3Update,
} from './s3-destination.js';

/** Most records in one PutRecordBatch call; source: Firehose service model 2015-08-04. */
export const MAX_BATCH_RECORDS = 500;
/** Most bytes in one record, before base64; source: Firehose service model 2015-08-04. */
export const MAX_RECORD_BYTES = 1_024_000;
/** Most bytes in one call, before base64; source: Firehose developer guide, quotas, read 2026-08. */
export const MAX_BATCH_BYTES: number = 4 * 1024 * 1024;

const streamName = text(1, 64, '[a-zA-Z0-9_.-]+');
const streamType = oneOf('DirectPut', 'KinesisStreamAsSource', 'MSKAsSource', 'DatabaseAsSource');
const tagKey = text(1, 128, '^(?!aws:)[\\p{L}\\p{Z}\\p{N}_.:\\/=+\\-@%]*$');
const tags = list(
  structure({ Key: tagKey, Value: text(0, 256, '^[\\p{L}\\p{Z}\\p{N}_.:\\/=+\\-@%]*$') }, ['Key']),
  1,
  50,
);
const record = structure({ Data: blob(MAX_RECORD_BYTES) }, ['Data']);

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

/** Every request that is about one stream. */
export interface StreamInput {
  readonly DeliveryStreamName: string;
}

/** Input of CreateDeliveryStream. */
export interface CreateInput extends StreamInput {
  readonly DeliveryStreamType?: string;
  readonly DirectPutSourceConfiguration?: unknown;
  readonly DeliveryStreamEncryptionConfigurationInput?: EncryptionInput;
  readonly S3DestinationConfiguration?: S3Configuration;
  readonly ExtendedS3DestinationConfiguration?: S3Configuration;
  readonly Tags?: readonly Tag[];
}

/** Input of UpdateDestination. */
export interface UpdateInput extends StreamInput {
  readonly CurrentDeliveryStreamVersionId: string;
  readonly DestinationId: string;
  readonly S3DestinationUpdate?: S3Configuration;
  readonly ExtendedS3DestinationUpdate?: S3Update;
}

/** A tag on the wire. */
export interface Tag {
  readonly Key: string;
  readonly Value?: string;
}

/** A record on the wire. */
export interface WireRecord {
  readonly Data: string;
}

/** Inputs of the actions, by their names. */
export interface RequestInputs {
  readonly CreateDeliveryStream: CreateInput;
  readonly DeleteDeliveryStream: StreamInput;
  readonly DescribeDeliveryStream: StreamInput & { readonly ExclusiveStartDestinationId?: string };
  readonly ListDeliveryStreams: {
    readonly Limit?: number;
    readonly DeliveryStreamType?: string;
    readonly ExclusiveStartDeliveryStreamName?: string;
  };
  readonly ListTagsForDeliveryStream: StreamInput & {
    readonly ExclusiveStartTagKey?: string;
    readonly Limit?: number;
  };
  readonly PutRecord: StreamInput & { readonly Record: WireRecord };
  readonly PutRecordBatch: StreamInput & { readonly Records: readonly WireRecord[] };
  readonly StartDeliveryStreamEncryption: StreamInput & {
    readonly DeliveryStreamEncryptionConfigurationInput?: EncryptionInput;
  };
  readonly StopDeliveryStreamEncryption: StreamInput;
  readonly TagDeliveryStream: StreamInput & { readonly Tags: readonly Tag[] };
  readonly UntagDeliveryStream: StreamInput & { readonly TagKeys: readonly string[] };
  readonly UpdateDestination: UpdateInput;
}

/** Each action's input, as AWS's service model constrains it. */
export const requestShapes: {
  readonly [Name in keyof RequestInputs]: StructureShape<RequestInputs[Name]>;
} = {
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
