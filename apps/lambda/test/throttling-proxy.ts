import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A call as a service gets it. */
export interface ServiceCall {
  /** `sqs:SendMessageBatch`, `dynamodb:PutItem`, `firehose:PutRecordBatch`; of S3 `s3:GET` and `s3:PUT`. */
  readonly action: string;
  /** Of S3: bucket and key. */
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What is answered in the place of a service. */
export interface Reply {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The service does what it is asked for, and the answer is another one all the same. */
  readonly isDone?: true;
}

/** What functions call in the place of the endpoint: it hands calls on, and answers some calls as a throttled service does. */
export interface ThrottlingProxy {
  readonly url: string;
  /** What answers a call; undefined hands it on. */
  rule: (call: ServiceCall) => Reply | undefined;
  /** Calls so far. */
  readonly calls: readonly ServiceCall[];
  close(): Promise<void>;
}

const services: Readonly<Record<string, string>> = {
  AmazonSQS: 'sqs',
  DynamoDB_20120810: 'dynamodb',
  Firehose_20150804: 'firehose',
  AmazonAthena: 'athena',
};

/** Starts a proxy before an endpoint. */
export async function startThrottlingProxy(endpoint: string): Promise<ThrottlingProxy> {
  const calls: ServiceCall[] = [];
  const proxy: Pick<ThrottlingProxy, 'rule'> = { rule: () => undefined };
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const bytes = await buffer(incoming);
    const call = callOf(incoming, bytes);
    calls.push(call);
    const reply = proxy.rule(call);
    if (reply === undefined || reply.isDone === true) {
      const real = await handOn(endpoint, incoming, bytes);
      if (reply === undefined) {
        outgoing.writeHead(real.status, real.headers).end(real.body);
        return;
      }
    }
    outgoing.writeHead(reply.status, reply.headers ?? {}).end(reply.body);
  };
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(proxy, {
    url: `http://127.0.0.1:${port}`,
    calls,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

function callOf({ headers, method = '', url = '' }: IncomingMessage, bytes: Buffer): ServiceCall {
  const [target = '', name = ''] = String(headers['x-amz-target'] ?? '').split('.');
  const service = services[target];
  if (service === undefined) return { action: `s3:${method}`, path: url, body: {} };
  // Clients of the AWS SDK send an object.
  return {
    action: `${service}:${name}`,
    path: url,
    body: JSON.parse(bytes.toString()) as ServiceCall['body'],
  };
}

async function handOn(
  endpoint: string,
  { method, url, headers }: IncomingMessage,
  bytes: Buffer,
): Promise<{ status: number; headers: IncomingMessage['headers']; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(new URL(url ?? '/', endpoint), { method, headers }, (response) => {
      buffer(response).then((body) => {
        resolve({ status: response.statusCode ?? 500, headers: response.headers, body });
      }, reject);
    });
    outgoing.on('error', reject);
    outgoing.end(bytes);
  });
}

/** An error of a service whose protocol is JSON, as AWS answers it: namespace, code, message. */
export const jsonError = (code: string, message: string, status = 400): Reply => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-errortype': code },
  body: JSON.stringify({ __type: `com.amazonaws.service#${code}`, message }),
});

/** Answers of services that are asked for more than they give, by what is asked. */
export const throttled: Readonly<
  Record<'dynamodb' | 'conflict' | 'cancelled' | 'sqs' | 'firehose' | 'athena' | 's3', Reply>
> = {
  dynamodb: jsonError(
    'ProvisionedThroughputExceededException',
    'The level of configured provisioned throughput for the table was exceeded.',
  ),
  conflict: jsonError('TransactionConflictException', 'Transaction is ongoing for the item'),
  cancelled: jsonError(
    'TransactionCanceledException',
    'Transaction cancelled, please refer cancellation reasons for specific reasons [ThrottlingError]',
  ),
  sqs: jsonError('RequestThrottled', 'Request is throttled.', 403),
  firehose: jsonError('ServiceUnavailableException', 'Slow down.', 503),
  athena: jsonError('TooManyRequestsException', 'Rate exceeded'),
  s3: {
    status: 503,
    headers: { 'content-type': 'application/xml' },
    body: '<?xml version="1.0" encoding="UTF-8"?><Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message><RequestId>1</RequestId></Error>',
  },
};

/** The answer of a batch of SQS of which every message is throttled. */
export const batchThrottled = (body: ServiceCall['body']): Reply => {
  const { Entries } = body as { readonly Entries: readonly { readonly Id: string }[] };
  const Failed = Entries.map(({ Id }) => ({
    Id,
    Code: 'ThrottlingException',
    Message: 'Rate exceeded',
    SenderFault: false,
  }));
  return {
    status: 200,
    headers: { 'content-type': 'application/x-amz-json-1.0' },
    body: JSON.stringify({ Successful: [], Failed }),
  };
};
