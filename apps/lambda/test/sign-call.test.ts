import { createHash } from 'node:crypto';
import { FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { signCall } from '../src/aws/sign-call.js';

interface SignedRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly hostname: string;
}

/** What the AWS SDK would send: its own request, caught before it leaves. */
async function signedBySdk(
  region: string,
  keys: { accessKeyId: string; secretAccessKey: string; sessionToken?: string },
  name: string,
): Promise<SignedRequest> {
  let caught: SignedRequest | undefined;
  const client = new FirehoseClient({
    region,
    credentials: keys,
    maxAttempts: 1,
    requestHandler: {
      handle: async (request: SignedRequest) => {
        caught = request;
        throw new Error('caught');
      },
    },
  });
  const records = [{ Data: Buffer.from(name) }];
  await client
    .send(new PutRecordBatchCommand({ DeliveryStreamName: 'x', Records: records }))
    .catch(() => undefined);
  if (caught === undefined) throw new Error('Expected the SDK to make a request.');
  return caught;
}

test('a call is signed as the client of the AWS SDK signs it', async () => {
  const key = fc.stringMatching(/^[A-Za-z0-9/+]{16,40}$/);
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('us-east-1', 'eu-west-3', 'ap-southeast-1'),
      fc.record(
        { accessKeyId: key, secretAccessKey: key, sessionToken: key },
        { requiredKeys: ['accessKeyId', 'secretAccessKey'] },
      ),
      fc.string({ unit: 'grapheme', minLength: 1 }),
      async (region, keys, name) => {
        const theirs = await signedBySdk(region, keys, name);
        const { authorization = '', host = '' } = theirs.headers;
        const signedNames = /SignedHeaders=([^,]+)/.exec(authorization)?.[1]?.split(';') ?? [];
        const added = new Set(['host', 'x-amz-date', 'x-amz-security-token', 'x-amz-content-sha256']);
        const rest = signedNames.filter((header) => !added.has(header));
        const time = (theirs.headers['x-amz-date'] ?? '').replace(
          /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/,
          '$1-$2-$3T$4:$5:$6Z',
        );
        const ours = await signCall(
          {
            url: new URL(`https://${host}/`),
            headers: Object.fromEntries(rest.map((header) => [header, theirs.headers[header] ?? ''])),
            bodyHash: createHash('sha256').update(theirs.body).digest('hex'),
            region,
            service: 'firehose',
            nowMs: Date.parse(time),
          },
          keys,
        );
        expect(ours.authorization).toBe(authorization);
      },
    ),
    { numRuns: 30 },
  );
});
