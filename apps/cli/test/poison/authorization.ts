const services: Readonly<Record<string, string>> = {
  Firehose_20150804: 'firehose',
  AWSGlue: 'glue',
  AmazonAthena: 'athena',
  AmazonSQS: 'sqs',
};

/** Headers of a signature for a target. Without a secret the endpoint takes any signature of the right form and scope. */
export function signedHeaders(target: string): Readonly<Record<string, string>> {
  const service = services[target.split('.')[0] ?? ''] ?? 'firehose';
  const now = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const credential = `POISON/${now.slice(0, 8)}/us-east-1/${service}/aws4_request`;
  return {
    'x-amz-date': now,
    authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`,
  };
}
