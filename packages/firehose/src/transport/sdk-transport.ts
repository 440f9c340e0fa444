import type { FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import {
  checkOptions,
  numberBetween,
  satisfying,
  type OptionRule,
  type OptionRules,
} from '@store/foundation';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { FirehoseError, optionError } from '../errors.js';
import { protocolError } from '../outcome.js';
import type { BatchAnswer, BatchRequest, Transport, TransportTarget } from './transport.js';

/** Options of {@link sdkTransport}. */
export interface SdkTransportOptions {
  /** The official client. @defaultValue one made with retries off and the timeout below */
  readonly client?: FirehoseClient;
  /** Time to open a connection, in milliseconds; only for a client made here. @defaultValue 1000 */
  readonly connectTimeoutMs?: number;
}

/** Accepts a client of the AWS SDK, which is not loaded and so cannot be asked for its class. */
export const sdkClient: OptionRule = satisfying(
  'a FirehoseClient of the AWS SDK',
  (value) => typeof value === 'object' && value !== null && 'middlewareStack' in value && 'config' in value,
);

const rules: OptionRules<SdkTransportOptions> = {
  client: sdkClient,
  connectTimeoutMs: numberBetween(1, 900_000),
};

const EMPTY_ANSWER = Buffer.from('{}');
const AWS_HOST = /\.(amazonaws\.com|amazonaws\.com\.cn|api\.aws|c2s\.ic\.gov|sc2s\.sgov\.gov)$/;

/**
 * Creates a transport through the AWS SDK: credentials, region, endpoint, signature and errors are the SDK's own. The
 * SDK is loaded at the first call, not before. Its logger hears nothing of the calls; the producer's
 * `diagnostics_channel` events tell of them.
 *
 * @example
 * ```ts
 * import { FirehoseClient } from '@aws-sdk/client-firehose';
 * import { createFirehoseProducer, sdkTransport } from '@store/firehose';
 *
 * const client = new FirehoseClient({ region: 'eu-west-1' });
 * const producer = createFirehoseProducer({ deliveryStreamName: 'orders', transport: sdkTransport({ client }) });
 * await producer.close();
 * ```
 */
export function sdkTransport(options: SdkTransportOptions = {}): Transport {
  checkOptions(options, rules, optionError);
  let opening: Promise<OpenSdk> | undefined;
  let target: TransportTarget | undefined;
  const open = async (): Promise<OpenSdk> =>
    (opening ??= openSdk(options).catch((error: unknown) => {
      // Somebody may install it: the next call looks again.
      opening = undefined;
      throw error;
    }));
  /** Does something with the client, if there is one by now. */
  const withClient = (action: (client: FirehoseClient) => void): void => {
    if (options.client !== undefined) action(options.client);
    else
      opening?.then(
        ({ client }) => {
          action(client);
        },
        () => undefined, // The call that opened it has told why there is none.
      );
  };

  return {
    async send(request: BatchRequest, signal: AbortSignal): Promise<BatchAnswer> {
      const { client, createCommand, stack } = await open();
      const command = createCommand({ DeliveryStreamName: request.deliveryStreamName, Records: [] });
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
      const { client } = await open();
      await client.config.credentials({ forceRefresh: true });
    },
    dropIdleConnections(): void {
      withClient((client) => client.config.requestHandler.destroy?.());
    },
    close(): void {
      if (options.client === undefined) {
        withClient((client) => {
          client.destroy();
        });
      }
    },
  };
}

/** The SDK, loaded, with a stack of middleware for our calls. */
interface OpenSdk {
  readonly client: FirehoseClient;
  readonly createCommand: (
    ...input: ConstructorParameters<typeof PutRecordBatchCommand>
  ) => PutRecordBatchCommand;
  readonly stack: FirehoseClient['middlewareStack'];
}

async function openSdk({ client: given, connectTimeoutMs = 1000 }: SdkTransportOptions): Promise<OpenSdk> {
  const sdk = await import('@aws-sdk/client-firehose').catch((cause: unknown) => {
    throw new FirehoseError(
      'TRANSPORT',
      'The AWS SDK cannot be loaded. Install @aws-sdk/client-firehose, or pass a `transport` of your own.',
      { cause },
    );
  });
  const requestHandler = { connectionTimeout: connectTimeoutMs };
  const client = given ?? new sdk.FirehoseClient({ maxAttempts: 1, requestHandler });
  const stack = client.middlewareStack.clone();
  // Retrying is the producer's work: a hidden second attempt would hide an unknown outcome, too.
  stack.remove('retryMiddleware');
  // The signer takes its place in the stack from this name, so something must bear it.
  stack.add((next) => next, { step: 'finalizeRequest', priority: 'high', name: 'retryMiddleware' });
  // It goes through every member of what it would log, whether there is a logger or not.
  stack.remove('loggerMiddleware');
  return { client, stack, createCommand: (input) => new sdk.PutRecordBatchCommand(input) };
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
        throw new FirehoseError(
          'PROTOCOL',
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

type Response = NonNullable<BatchAnswer['RequestResponses']>[number];

/**
 * Reads the body of PutRecordBatch's answer.
 *
 * @throws FirehoseError `PROTOCOL` for JSON of another shape.
 * @throws SyntaxError for what is no JSON, such as half an answer.
 */
export function parseAnswer(text: string): BatchAnswer {
  const answer: unknown = JSON.parse(text);
  if (!isAnswer(answer))
    throw protocolError(`Expected an answer of PutRecordBatch, got ${text.slice(0, 60)}`);
  return answer;
}

function isAnswer(value: unknown): value is BatchAnswer {
  if (!isObject(value)) return false;
  const { FailedPutCount: failed, RequestResponses: responses } = value;
  return (
    (failed === undefined || typeof failed === 'number') &&
    (responses === undefined || (Array.isArray(responses) && responses.every(isResponse)))
  );
}

function isResponse(value: unknown): value is Response {
  return isObject(value) && isText(value.RecordId) && isText(value.ErrorCode) && isText(value.ErrorMessage);
}

const isText = (value: unknown): boolean => value === undefined || typeof value === 'string';

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
