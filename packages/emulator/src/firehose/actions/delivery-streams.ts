import type { RequestContext } from '../../wire/request-context.js';
import { converts, partitions, type S3Configuration } from '../configuration.js';
import type { StreamHost } from '../stream-host.js';

/** The one destination that a stream has. */
export const DESTINATION_ID = 'destinationId-000000000001';

/** A stream's settings, with what AWS fills in. */
export function describeStream(
  host: StreamHost,
  input: { readonly DeliveryStreamName: string; readonly ExclusiveStartDestinationId?: string },
  { accountId }: RequestContext,
): { DeliveryStreamDescription: unknown } {
  const stream = host.stored(input.DeliveryStreamName, accountId);
  const { configuration } = stream;
  const after = input.ExclusiveStartDestinationId;
  const destination = {
    DestinationId: DESTINATION_ID,
    S3DestinationDescription: s3Description(configuration),
    ExtendedS3DestinationDescription: extendedDescription(configuration),
  };
  return {
    DeliveryStreamDescription: {
      DeliveryStreamName: stream.name,
      DeliveryStreamARN: stream.arn,
      DeliveryStreamStatus: 'ACTIVE',
      DeliveryStreamEncryptionConfiguration: stream.encryption,
      DeliveryStreamType: stream.type,
      VersionId: stream.versionId,
      CreateTimestamp: stream.createdAt / 1000,
      LastUpdateTimestamp: stream.updatedAt / 1000,
      ...(stream.source === undefined ? {} : { Source: { DirectPutSourceDescription: stream.source } }),
      Destinations: after !== undefined && after >= DESTINATION_ID ? [] : [destination],
      HasMoreDestinations: false,
    },
  };
}

function s3Description(configuration: S3Configuration): Record<string, unknown> {
  const large = converts(configuration) || partitions(configuration);
  const { RoleARN, BucketARN, Prefix, ErrorOutputPrefix, CompressionFormat } = configuration;
  return {
    RoleARN,
    BucketARN,
    ...(Prefix === undefined ? {} : { Prefix }),
    ...(ErrorOutputPrefix === undefined ? {} : { ErrorOutputPrefix }),
    BufferingHints: {
      SizeInMBs: large ? 128 : 5,
      IntervalInSeconds: 300,
      ...configuration.BufferingHints,
    },
    CompressionFormat: CompressionFormat ?? 'UNCOMPRESSED',
    EncryptionConfiguration: { NoEncryptionConfig: 'NoEncryption' },
    CloudWatchLoggingOptions: { Enabled: false },
  };
}

function extendedDescription(configuration: S3Configuration): Record<string, unknown> {
  const { S3BackupConfiguration: backup, ...rest } = configuration;
  const conversion = rest.DataFormatConversionConfiguration;
  return {
    ...s3Description(configuration),
    ...rest,
    BufferingHints: s3Description(configuration).BufferingHints,
    S3BackupMode: rest.S3BackupMode ?? 'Disabled',
    ...(conversion === undefined
      ? {}
      : { DataFormatConversionConfiguration: { ...conversion, Enabled: conversion.Enabled ?? true } }),
    ...(backup === undefined ? {} : { S3BackupDescription: s3Description(backup) }),
  };
}

const DEFAULT_LIMIT = 10;

/** Names of the streams, in order, a page at a time. */
export function listStreams(
  host: StreamHost,
  input: {
    readonly Limit?: number;
    readonly DeliveryStreamType?: string;
    readonly ExclusiveStartDeliveryStreamName?: string;
  },
): { DeliveryStreamNames: readonly string[]; HasMoreDeliveryStreams: boolean } {
  const { Limit = DEFAULT_LIMIT, DeliveryStreamType: type, ExclusiveStartDeliveryStreamName: after } = input;
  const names = host.options.registry
    .all()
    .filter((stream) => type === undefined || stream.type === type)
    .map(({ name }) => name)
    .filter((name) => after === undefined || name > after);
  return { DeliveryStreamNames: names.slice(0, Limit), HasMoreDeliveryStreams: names.length > Limit };
}

/** Deletes a stream; what it still buffers is discarded, as on AWS. */
export async function deleteStream(
  host: StreamHost,
  { DeliveryStreamName: name }: { readonly DeliveryStreamName: string },
  { accountId }: RequestContext,
): Promise<Record<string, never>> {
  host.stored(name, accountId);
  await host.stop(name);
  await host.options.registry.remove(name);
  return {};
}
