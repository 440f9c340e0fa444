import { inertText } from '@store/foundation';
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

/** A connection pool to one endpoint. */
export interface HttpPool {
  post(post: Post): Promise<HttpAnswer>;
  /** Closes connections that lie idle: after a freeze the other side has long given them up. */
  dropIdle(): void;
}

/** One POST. */
export interface Post {
  readonly headers: Readonly<Record<string, string>>;
  /** The body in pieces, in order. */
  readonly body: readonly Uint8Array[];
  readonly signal: AbortSignal;
}

/** What came back. */
export interface HttpAnswer {
  readonly status: number;
  readonly requestId: string | undefined;
  readonly body: string;
}

/** Opens a pool of kept-alive connections. */
export function openPool(url: URL): HttpPool {
  const secure = url.protocol === 'https:';
  const options = { keepAlive: true, maxSockets: 64, timeout: 30_000 };
  const make = (): HttpAgent | HttpsAgent => (secure ? new HttpsAgent(options) : new HttpAgent(options));
  let agent = make();
  return {
    post: async ({ headers, body, signal }) =>
      new Promise((resolve, reject) => {
        const send = secure ? httpsRequest : httpRequest;
        const request = send(url, { method: 'POST', agent, headers, signal }, (response) => {
          answerOf(response).then(resolve, reject);
        });
        request.on('error', reject);
        for (const piece of body) request.write(piece);
        request.end();
      }),
    dropIdle() {
      const old = agent;
      agent = make();
      old.destroy();
    },
  };
}

/** What one answer may claim: a page of Athena's rows has a few megabytes. */
export const answerLimits: Readonly<{ bytes: number; textChars: number }> = Object.freeze({
  bytes: 16 * 1024 * 1024,
  /** Characters of a server's text that an error holds. */
  textChars: 500,
});

/** @throws Error `ANSWER_TOO_LONG` as its code; the connection is dropped */
async function answerOf(response: IncomingMessage): Promise<HttpAnswer> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of response) {
    if (!Buffer.isBuffer(piece)) continue;
    bytes += piece.length;
    // By throwing, the loop destroys the response.
    if (bytes > answerLimits.bytes) {
      const error = new Error(`Expected an answer of at most ${answerLimits.bytes} bytes, got more.`);
      throw Object.assign(error, { code: 'ANSWER_TOO_LONG' });
    }
    pieces.push(piece);
  }
  const requestId = response.headers['x-amzn-requestid'];
  return {
    status: response.statusCode ?? 0,
    requestId: typeof requestId === 'string' ? requestId : undefined,
    body: Buffer.concat(pieces).toString('utf8'),
  };
}

/** An error that an AWS service answered with. Its shape is that of the SDK's errors, so `@store/firehose` reads it. */
export class AwsError extends Error {
  override readonly name: string;
  readonly $metadata: { readonly httpStatusCode: number; readonly requestId: string | undefined };

  constructor(name: string, message: string, { status, requestId }: HttpAnswer) {
    super(message);
    this.name = name;
    this.$metadata = { httpStatusCode: status, requestId };
  }
}

/** The error in an answer: `__type` names it, behind a namespace or not. */
export function awsErrorOf(action: string, answer: HttpAnswer): AwsError {
  const fields = jsonObject(answer.body) ?? {};
  const type = typeof fields.__type === 'string' ? fields.__type : `Status${answer.status}`;
  const message = [fields.message, fields.Message].find((text) => typeof text === 'string');
  return new AwsError(
    inertText(type.slice(type.lastIndexOf('#') + 1), 100),
    `${action}: ${message === undefined ? `status ${answer.status}` : inertText(message, answerLimits.textChars)}`,
    answer,
  );
}

/** The object that a text holds, if it holds one. */
export function jsonObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    // A parsed JSON object has string keys and nothing else.
    if (typeof value === 'object' && value !== null) return value as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
  return undefined;
}
