const services: Readonly<Record<string, string>> = {
  Firehose_20150804: 'firehose',
  AWSGlue: 'glue',
  AmazonAthena: 'athena',
  AmazonSQS: 'sqs',
};

/** Headers of a signature for a target. Without a secret the endpoint takes any signature of the right form and scope. */
export function signedHeaders(target: string): Readonly<Record<string, string>> {
  return signedFor(services[target.split('.')[0] ?? ''] ?? 'firehose');
}

/** Headers of a signature for a service, such as `sqs`, and a region. */
export function signedFor(service: string, region = 'us-east-1'): Readonly<Record<string, string>> {
  const now = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const credential = `EXAMPLE/${now.slice(0, 8)}/${region}/${service}/aws4_request`;
  return {
    'x-amz-date': now,
    authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`,
  };
}
