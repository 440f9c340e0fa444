import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startAwsRecorder, type AwsRecorder } from './aws-recorder.js';
import { sharedBundles } from './bundles.js';
import { smallWorld } from './events.js';
import { ricIsThere, startFunction, type InvocationEnd } from './runtime-api.js';

const traceId = 'Root=1-00000000-000000000000000000000000;Sampled=0';
const world = { ...smallWorld, seed: 11, stores: 8 };
const at = '2026-01-05T10:00:00Z';

describe.skipIf(!ricIsThere)('calls of the bundled functions, under the official runtime client', () => {
  let aws: AwsRecorder;
  let bundles: string;
  beforeAll(async () => {
    bundles = await sharedBundles();
    aws = await startAwsRecorder();
  });
  beforeEach(() => {
    aws.forget();
  });
  afterAll(async () => {
    await aws.close();
  });

  /** Starts a function, and invokes it once. */
  async function invoke(
    name: 'generate' | 'plan',
    event: object,
    env: Readonly<Record<string, string>> = {},
  ): Promise<InvocationEnd> {
    const running = await startFunction(join(bundles, name), {
      AWS_ENDPOINT_URL: aws.url,
      STREAM_NAMES: 'inventory',
      // On AWS a queue's URL names its own host; the endpoint that is given counts more.
      EARLY_REQUEST_QUEUE_URL: 'https://sqs.us-east-1.amazonaws.com/000000000000/restock.fifo',
      DATABASE: 'd',
      TABLE: 't',
      WORKGROUP: 'w',
      REQUEST_QUEUE_URL: 'https://sqs.us-east-1.amazonaws.com/000000000000/restock.fifo',
      // The recorder remembers nothing, so early requests go to the queue without a ledger.
      ...(name === 'plan' ? { RESTOCK_TABLE: 'restock' } : {}),
      ...env,
    });
    const end = await running.invoke(event);
    await running.close();
    return end;
  }

  test('every call names the SDK and carries the trace of its invocation', async () => {
    expect(await invoke('generate', world)).toMatchObject({ kind: 'response' });
    expect(await invoke('plan', { at })).toMatchObject({ kind: 'response', payload: { episodes: 0 } });
    expect(new Set(aws.actions())).toEqual(
      new Set([
        'PutRecordBatch',
        'SendMessageBatch',
        'StartQueryExecution',
        'GetQueryExecution',
        'GetQueryResults',
        // Of the ledger: requests that owe the lake events.
        'Query',
      ]),
    );
    for (const { headers } of aws.calls) {
      expect(headers['user-agent']).toMatch(/^aws-sdk-js\/3\.\d+/);
      expect(headers['x-amzn-trace-id']).toBe(traceId);
    }
    // Packed: far more events than records.
    const { Records } = JSON.parse(aws.calls[0]?.body ?? '') as { Records: readonly { Data: string }[] };
    const lines = Buffer.from(Records[0]?.Data ?? '', 'base64')
      .toString('utf8')
      .trim()
      .split('\n');
    expect(lines.length).toBeGreaterThan(1);
  });

  test.each([
    ['plan', 'StartQueryExecution', { at }],
    // One batch: the clock of an answer to a second one would put the first back.
    ['generate', 'PutRecordBatch', { ...world, stores: 1 }],
  ] as const)(
    '%s corrects a clock that is an hour off at its second attempt',
    async (name, action, event) => {
      const there = new Date(Date.now() + 3_600_000);
      aws.answers(action, {
        status: 400,
        headers: { date: there.toUTCString() },
        body: { __type: 'InvalidSignatureException', message: 'Signature expired.' },
      });
      expect(await invoke(name, event)).toMatchObject({ kind: 'response' });
      const [first, second] = aws.calls
        .filter((call) => call.action === action)
        .map(({ headers }) => secondsIn(headers));
      const ahead = (second ?? 0) - (first ?? 0);
      expect(ahead).toBeGreaterThan(3000);
      expect(ahead).toBeLessThan(4200);
    },
  );

  test('attempts are five, or what AWS_MAX_ATTEMPTS says, in the mode that AWS_RETRY_MODE names', async () => {
    const down = { status: 500, body: { __type: 'InternalServerException' } };
    const attempts = async (
      env: Readonly<Record<string, string>>,
    ): Promise<readonly (string | undefined)[]> => {
      aws.forget();
      aws.answers('StartQueryExecution', ...Array.from({ length: 9 }, () => down));
      expect(await invoke('plan', { at }, env)).toMatchObject({ kind: 'error' });
      return aws.calls.map(({ headers }) => headers['amz-sdk-request']?.toString());
    };
    expect(await attempts({})).toEqual(
      [1, 2, 3, 4, 5].map((n) => expect.stringContaining(`attempt=${n}`) as unknown),
    );
    expect(await attempts({ AWS_MAX_ATTEMPTS: '1' })).toHaveLength(1);
    expect(await attempts({ AWS_MAX_ATTEMPTS: '2', AWS_RETRY_MODE: 'adaptive' })).toHaveLength(2);
    // The SDK's mark of the adaptive mode; E is the standard one.
    expect(aws.calls[0]?.headers['user-agent']).toMatch(/ m\/(\w,)*F/);
  });

  test('a digest that is not the message’s is an error', async () => {
    const Successful = Array.from({ length: 10 }, (_, n) => ({
      Id: String(n),
      MessageId: 'm',
      MD5OfMessageBody: '0'.repeat(32),
    }));
    aws.answers(
      'SendMessageBatch',
      ...Array.from({ length: 9 }, () => ({ body: { Failed: [], Successful } })),
    );
    const end = await invoke('generate', world);
    expect(end).toMatchObject({
      kind: 'error',
      errorMessage: expect.stringMatching(/^sqs:SendMessage: Invalid MD5 checksum on messages/) as unknown,
    });
  });

  test('what is denied is named, though the service does not say it', async () => {
    const denied = { status: 400, body: { __type: 'AccessDeniedException' } };
    aws.answers('StartQueryExecution', denied);
    const end = await invoke('plan', { at });
    expect(end).toMatchObject({
      kind: 'error',
      errorType: 'AccessDeniedException',
      errorMessage: expect.stringMatching(/^athena:StartQueryExecution: /) as unknown,
    });
    expect(JSON.stringify(end)).not.toContain('firehose');
  });

  test('a service that takes a call and says nothing is abandoned', async () => {
    aws.answers('StartQueryExecution', { silent: true });
    expect(await invoke('plan', { at }, { AWS_MAX_ATTEMPTS: '1' })).toMatchObject({
      kind: 'error',
      errorType: 'TimeoutError',
    });
  });

  test('without an endpoint for SQS its calls go to the host of the queue', async () => {
    const end = await invoke('generate', world, {
      AWS_ENDPOINT_URL: '',
      AWS_ENDPOINT_URL_FIREHOSE: aws.url,
      EARLY_REQUEST_QUEUE_URL: `${aws.url}/000000000000/restock.fifo`,
    });
    expect(end).toMatchObject({ kind: 'response' });
    expect(aws.actions()).toContain('SendMessageBatch');
  });

  test('credentials come from AWS_CONTAINER_CREDENTIALS_FULL_URI', async () => {
    const container = createServer((_, response) => {
      response.end(
        JSON.stringify({
          AccessKeyId: 'CONTAINER',
          SecretAccessKey: 's',
          Token: 'token of the container',
          Expiration: new Date(Date.now() + 3_600_000).toISOString(),
        }),
      );
    });
    await new Promise<void>((resolve) => container.listen(0, '127.0.0.1', resolve));
    const end = await invoke('generate', world, {
      AWS_ACCESS_KEY_ID: '',
      AWS_SECRET_ACCESS_KEY: '',
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:${(container.address() as AddressInfo).port}/keys`,
    });
    container.closeAllConnections();
    container.close();
    expect(end).toMatchObject({ kind: 'response' });
    for (const { headers } of aws.calls) {
      expect(headers.authorization).toContain('Credential=CONTAINER/');
      expect(headers['x-amz-security-token']).toBe('token of the container');
    }
  });
});

/** When a call was signed, in seconds since 1970. */
function secondsIn(headers: Readonly<Record<string, unknown>>): number {
  const stamp = String(headers['x-amz-date']).replace(
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/,
    '$1-$2-$3T$4:$5:$6Z',
  );
  return Date.parse(stamp) / 1000;
}
