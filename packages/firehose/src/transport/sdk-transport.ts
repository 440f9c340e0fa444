import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import { ServiceError } from '../errors.js';
import { parseAnswer } from './parse-answer.js';
import type { BatchAnswer, BatchRequest, Transport, TransportTarget } from './transport.js';

/** Options of {@link sdkTransport}. */
export interface SdkTransportOptions {
  /** The official client. @defaultValue one made with retries off and the timeouts below */
  readonly client?: FirehoseClient;
  /** Time to open a connection, in milliseconds; only for a client made here. @defaultValue 1000 */
  readonly connectTimeoutMs?: number;
}

const EMPTY_ANSWER = Buffer.from('{}');
const AWS_HOST = /\.(amazonaws\.com|amazonaws\.com\.cn|api\.aws|c2s\.ic\.gov|sc2s\.sgov\.gov)$/;

/**
 * Sends through the AWS SDK: credentials, region, endpoint, signature and errors are the SDK's own. Its logger hears
 * nothing of the calls; the producer's `diagnostics_channel` events tell of them.
 */
export function sdkTransport(options: SdkTransportOptions = {}): Transport {
  const client = options.client ?? createClient(options.connectTimeoutMs ?? 1000);
  const stack = client.middlewareStack.clone();
  // Retrying is the producer's work: a hidden second attempt would hide an unknown outcome, too.
  stack.remove('retryMiddleware');
  // The signer takes its place in the stack from this name, so something must bear it.
  stack.add((next) => next, { step: 'finalizeRequest', priority: 'high', name: 'retryMiddleware' });
  // It goes through every member of what it would log, whether there is a logger or not.
  stack.remove('loggerMiddleware');
  let target: TransportTarget | undefined;

  return {
    async send(request: BatchRequest, signal: AbortSignal): Promise<BatchAnswer> {
      const command = new PutRecordBatchCommand({
        DeliveryStreamName: request.deliveryStreamName,
        Records: [],
      });
      const region = target === undefined ? await client.config.region() : undefined;
      useBody(command, request, (hostname) => {
        target ??= { aws: AWS_HOST.test(hostname), ...(region === undefined ? {} : { region }) };
      });
      const answer = readPlainly(command, request);
      const handler = command.resolveMiddleware(stack, client.config, { abortSignal: signal });
      const { output } = await handler(command);
      return answer() ?? output;
    },
    target: () => target,
    async refreshCredentials(): Promise<void> {
      await client.config.credentials({ forceRefresh: true });
    },
    dropIdleConnections(): void {
      client.config.requestHandler.destroy?.();
    },
    close(): void {
      if (options.client === undefined) client.destroy();
    },
  };
}

function createClient(connectionTimeout: number): FirehoseClient {
  return new FirehoseClient({ maxAttempts: 1, requestHandler: { connectionTimeout } });
}

/**
 * Gives the request its body and the body's hash before the SDK signs it. The signer takes a hash that is
 * already in `x-amz-content-sha256`, so the SDK never sees the records: its own base64 loop would cost more
 * than everything else together (bench/rivals.bench.ts).
 */
function useBody(
  command: PutRecordBatchCommand,
  request: BatchRequest,
  onHost: (hostname: string) => void,
): void {
  command.middlewareStack.add(
    (next) => async (args) => {
      const http = args.request;
      if (!isHttpRequest(http))
        throw new Error('The SDK made a request without headers: use another version.');
      onHost(http.hostname);
      http.body = bodyOf(request);
      http.headers['content-length'] = String(request.bodyBytes);
      http.headers['x-amz-content-sha256'] = request.sha256();
      return next(args);
    },
    { step: 'build', priority: 'high', name: 'packedBody', override: true },
  );
}

/**
 * Looks at the request last of all: an SDK that no longer took the packed body would send an empty batch. Then reads
 * the answer to a call that went well in one `JSON.parse`; the SDK, which goes through its schema member by
 * member, is given an empty one. Returns what gives the answer, undefined where the SDK's own reading stands.
 */
function readPlainly(command: PutRecordBatchCommand, request: BatchRequest): () => BatchAnswer | undefined {
  let answer: BatchAnswer | undefined;
  command.middlewareStack.add(
    (next) => async (args) => {
      const http = args.request;
      if (!isHttpRequest(http) || http.headers['x-amz-content-sha256'] !== request.sha256()) {
        // Nothing has left, and no try of this version will do better.
        throw new ServiceError(
          'protocol',
          'The SDK does not send the packed body: use another version of @aws-sdk/client-firehose.',
        );
      }
      const result = await next(args);
      const { response } = result;
      if (isHttpResponse(response) && response.statusCode < 300 && response.body instanceof Readable) {
        const bytes = await buffer(response.body);
        answer = parseAnswer(bytes.toString());
        response.body = EMPTY_ANSWER;
      }
      return result;
    },
    { step: 'deserialize', priority: 'low', name: 'plainAnswer', override: true },
  );
  return () => answer;
}

interface HttpResponse {
  readonly statusCode: number;
  body: unknown;
}

function isHttpResponse(response: unknown): response is HttpResponse {
  return typeof response === 'object' && response !== null && 'statusCode' in response && 'body' in response;
}

interface HttpRequest {
  body: unknown;
  headers: Record<string, string>;
  hostname: string;
}

function isHttpRequest(request: unknown): request is HttpRequest {
  return typeof request === 'object' && request !== null && 'headers' in request && 'hostname' in request;
}

/** The pieces as one stream: a socket takes them one by one, without a copy. */
function bodyOf(request: BatchRequest): Readable {
  let next = 0;
  return new Readable({
    read() {
      this.push(request.body[next++] ?? null);
    },
  });
}
