import { createHash } from 'node:crypto';
import { signCall } from '../src/aws/sign-call.js';

/** Services as the tests call them: `X-Amz-Target`'s prefix, protocol version, signing name. */
const services = {
  athena: ['AmazonAthena', '1.1'],
  firehose: ['Firehose_20150804', '1.1'],
  glue: ['AWSGlue', '1.1'],
  sqs: ['AmazonSQS', '1.0'],
} as const;

/** Makes one signed call, as deployment or AWS itself would, and gives its answer. */
export async function callAws(
  endpoint: string,
  service: keyof typeof services,
  action: string,
  input: object,
): Promise<Readonly<Record<string, unknown>>> {
  const [prefix, version] = services[service];
  const body = JSON.stringify(input);
  const headers = await signCall(
    {
      url: new URL(endpoint),
      headers: { 'content-type': `application/x-amz-json-${version}`, 'x-amz-target': `${prefix}.${action}` },
      bodyHash: createHash('sha256').update(body).digest('hex'),
      region: 'us-east-1',
      service,
      nowMs: Date.now(),
    },
    { accessKeyId: 'test', secretAccessKey: 'test' },
  );
  const response = await fetch(endpoint, { method: 'POST', headers, body });
  const text = await response.text();
  if (!response.ok) throw new Error(`${action}: ${text}`);
  return JSON.parse(text) as Readonly<Record<string, unknown>>;
}
