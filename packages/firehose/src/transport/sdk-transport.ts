import type { FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import {
  checkOptions,
  inertText,
  isAwsHost,
  numberBetween,
  satisfying,
  type OptionRule,
  type OptionRules,
} from '@store/foundation';
import { Readable } from 'node:stream';
import { FirehoseError, optionError } from '../errors.js';
import { firehoseLimits } from '../limits.js';
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
        target ??= { aws: isAwsHost(hostname), ...(region === undefined ? {} : { region }) };
      });
      const answer = readPlainly(command, request, signal);
      const handler = command.resolveMiddleware(stack, client.config, { abortSignal: signal });
      try {
        const { output } = await handler(command);
        return answer() ?? output;
      } catch (error) {
        throw withShortText(error);
      }
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
function readPlainly(
  command: PutRecordBatchCommand,
  request: BatchRequest,
  signal: AbortSignal,
): () => BatchAnswer | undefined {
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
      if (isHttpResponse(response) && response.body instanceof Readable) {
        const bytes = await readAll(response.body, response.statusCode, signal);
        if (response.statusCode < 300) {
          // A parse boundary: `readAnswer` looks at every part of it.
          answer = JSON.parse(bytes.toString()) as BatchAnswer;
          response.body = EMPTY_ANSWER;
        } else response.body = bytes;
      }
      return result;
    },
    { step: 'deserialize', priority: 'low', name: 'plainAnswer', override: true },
  );
  return () => answer;
}

/** Reads an answer to its end, or drops the connection: where it is longer than any answer, or the call is abandoned. */
async function readAll(body: Readable, status: number, signal: AbortSignal): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let bytes = 0;
    const drop = (error: Error): void => {
      reject(error);
      body.destroy();
    };
    const giveUp = (): void => {
      drop(signal.reason instanceof Error ? signal.reason : new Error('The call was abandoned.'));
    };
    body.on('data', (piece: Buffer) => {
      bytes += piece.length;
      if (bytes > firehoseLimits.answerBytes) drop(tooLong(status));
      else pieces.push(piece);
    });
    body.on('end', () => {
      resolve(Buffer.concat(pieces));
    });
    body.on('error', reject);
    body.on('close', () => {
      reject(
        Object.assign(new Error('The connection was closed within the answer.'), { code: 'ECONNRESET' }),
      );
    });
    body.on('close', () => {
      signal.removeEventListener('abort', giveUp);
    });
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp);
  });
}

/** An error status says what it says, however much text is below it. */
function tooLong(status: number): Error {
  const message = `Expected an answer of at most ${firehoseLimits.answerBytes} bytes, got more`;
  if (status < 300) return protocolError(`${message}.`);
  return Object.assign(new Error(`${message}, under status ${status}.`), {
    $metadata: { httpStatusCode: status },
  });
}

/** The SDK's errors hold a server's text as it came; they go out as causes, and whoever prints them prints it. */
function withShortText(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof FirehoseError) return error;
  const { message, stack } = error;
  const short = inertText(message, firehoseLimits.textChars);
  if (short === message) return error;
  error.message = short;
  if (stack !== undefined) error.stack = stack.replace(message, () => short);
  return error;
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
