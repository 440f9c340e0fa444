import { S3Client } from '@aws-sdk/client-s3';
import { onTestFinished } from 'vitest';

/** The official client against an endpoint, until the test ends. */
export function s3Client({ endpoint }: { readonly endpoint: string }): S3Client {
  const client = new S3Client({
    endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret' },
    maxAttempts: 1,
  });
  onTestFinished(() => {
    client.destroy();
  });
  return client;
}
