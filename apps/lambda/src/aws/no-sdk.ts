/**
 * Stands in for `@aws-sdk/client-firehose` in the bundles, where the producer is always given a transport of
 * its own: 60 KB less each, compressed. Neither is ever called.
 */
export function FirehoseClient(): never {
  throw new Error('Expected a transport: the AWS SDK is not part of this bundle.');
}

/** See {@link FirehoseClient}. */
export function PutRecordBatchCommand(): never {
  return FirehoseClient();
}
