import { DescribeDeliveryStreamCommand, type FirehoseClient } from '@aws-sdk/client-firehose';

/** What a delivery stream is made of, as far as the command looks. */
export interface DescribedStream {
  readonly name: string;
  /** `ACTIVE`, `CREATING`, … */
  readonly status: string;
  /** Bucket that it delivers to; undefined where S3 is not its destination. */
  readonly bucket?: string;
  /** Where its error output begins, up to the first expression of the prefix. */
  readonly errorPrefix: string;
  /** Glue table that it converts to; undefined where it converts nothing. */
  readonly table?: { readonly database: string; readonly name: string; readonly catalogId?: string };
}

/** Describes a delivery stream. Throws what the service answers where there is none. */
export async function describeStream(
  firehose: FirehoseClient,
  name: string,
  abortSignal: AbortSignal,
): Promise<DescribedStream> {
  const { DeliveryStreamDescription: stream } = await firehose.send(
    new DescribeDeliveryStreamCommand({ DeliveryStreamName: name }),
    { abortSignal },
  );
  const destination = stream?.Destinations?.[0]?.ExtendedS3DestinationDescription;
  const { Enabled, SchemaConfiguration: table } = destination?.DataFormatConversionConfiguration ?? {};
  const bucket = destination?.BucketARN?.split(':').at(-1);
  return {
    name,
    status: stream?.DeliveryStreamStatus ?? 'UNKNOWN',
    errorPrefix: (destination?.ErrorOutputPrefix ?? '').replace(/!\{.*$/s, ''),
    ...(bucket === undefined ? {} : { bucket }),
    ...(Enabled === false || table?.DatabaseName === undefined || table.TableName === undefined
      ? {}
      : {
          table: {
            database: table.DatabaseName,
            name: table.TableName,
            ...(table.CatalogId === undefined ? {} : { catalogId: table.CatalogId }),
          },
        }),
  };
}
