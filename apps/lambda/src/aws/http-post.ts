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

async function answerOf(response: IncomingMessage): Promise<HttpAnswer> {
  const pieces: Buffer[] = [];
  for await (const piece of response) if (Buffer.isBuffer(piece)) pieces.push(piece);
  const requestId = response.headers['x-amzn-requestid'];
  return {
    status: response.statusCode ?? 0,
    requestId: typeof requestId === 'string' ? requestId : undefined,
    body: Buffer.concat(pieces).toString('utf8'),
  };
}
