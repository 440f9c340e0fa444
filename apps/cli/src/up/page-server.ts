import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { foreignPage, isLoopbackUrl, isPageVisit } from '@store/foundation';
import type { NamedQueryMessage } from '@store/page-protocol';
import { CliError } from '../terminal/errors.js';
import { explainError } from '../terminal/explain-error.js';
import { answerFile, isPage, pageHeaders } from './page-files.js';
import { pageLimits } from './page-limits.js';
import { answerJson, answerRoute, type PageRoute } from './page-routes.js';

/** Names of what the feed tells. */
export type FeedName = 'world' | 'history' | 'status' | 'sample' | 'frame' | 'delta' | 'log' | 'queries';
/** Sends one message; false where the reader is too far behind to get it. */
export type SendMessage = (name: FeedName, data: unknown, id?: number) => boolean;

/** What the page can ask for; `store up` answers. */
export interface PageBackend {
  readonly queries: readonly NamedQueryMessage[];
  /**
   * Follows the world: `send` is called with each message until the returned function is called. An entry of the log has an
   * id; who was there before says the last one. `send` answers whether the message was sent: who lags behind loses it.
   */
  follow(send: SendMessage, lastId?: number): () => void;
  /** Everything else that the page reads and posts. */
  readonly routes: readonly PageRoute[];
}

/** A page server that answers on 127.0.0.1. */
export interface PageServer {
  /** `http://127.0.0.1:5080/` */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the page and its data on loopback only, and to its own page only. */
export async function startPageServer(
  port: number,
  pageDir: string,
  backend: PageBackend,
): Promise<PageServer> {
  const token = randomBytes(32).toString('base64url');
  const server = createServer({
    headersTimeout: pageLimits.headersMs,
    requestTimeout: pageLimits.requestMs,
    connectionsCheckingInterval: 1_000,
  });
  server.maxConnections = pageLimits.connections;
  server.on('drop', () => {
    server.closeIdleConnections();
  });
  server.on('request', (request, response) => {
    // A reader that leaves is no failure of the page's.
    response.on('error', () => response.destroy());
    handle(request, response, { pageDir, backend, token })
      .catch((error: unknown) => {
        if (response.headersSent) response.destroy();
        else answerJson(response, statusOf(error), { error: explainError(error).message });
      })
      .catch(() => response.destroy());
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const actual = typeof address === 'object' && address !== null ? address.port : port;
  return { url: `http://127.0.0.1:${actual}/`, close: async () => closeServer(server) };
}

async function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  if (server.listening) await once(server, 'close');
}

function statusOf(error: unknown): number {
  if (!(error instanceof CliError)) return 500;
  if (error.code === 'REFUSED') return 403;
  return error.code === 'TOO_LARGE' ? 413 : 400;
}

interface Page {
  readonly pageDir: string;
  readonly backend: PageBackend;
  /** What the page must send back with whatever changes something. */
  readonly token: string;
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  { pageDir, backend, token }: Page,
): Promise<void> {
  for (const [name, value] of Object.entries(pageHeaders)) response.setHeader(name, value);
  const target = request.url ?? '/';
  const url = URL.canParse(target, 'http://127.0.0.1') ? new URL(target, 'http://127.0.0.1') : undefined;
  if (url === undefined) throw new CliError('BAD_REQUEST', 'The address is none.');
  checkCaller(request, url.pathname);
  const reads = request.method === 'GET' || request.method === 'HEAD';
  if (reads && url.pathname === '/api/feed') {
    feed(request, response, backend);
    return;
  }
  if (await answerRoute(request, response, url, { routes: backend.routes, token })) return;
  if (!reads) {
    answerJson(response, 405, { error: 'Expected GET.' });
    return;
  }
  request.socket.setTimeout(pageLimits.answerPauseMs);
  if (!(await answerFile(response, pageDir, url.pathname, token))) {
    answerJson(response, 404, { error: 'There is no such page.' });
  }
}

/** Refuses other pages, by name or by origin; a link to the page itself may stand anywhere. */
function checkCaller(request: IncomingMessage, pathname: string): void {
  const { headers, method = 'GET' } = request;
  // A name that resolves to this machine must not let another site's page in (DNS rebinding).
  if (!isLoopbackUrl(`http://${headers.host ?? ''}`)) {
    throw new CliError('REFUSED', 'This page answers only under 127.0.0.1 or localhost.');
  }
  const foreign = foreignPage(headers);
  if (foreign === undefined || (isPage(pathname) && isPageVisit(method, headers))) return;
  throw new CliError('REFUSED', `Requests of other pages are refused (${foreign}).`);
}

function feed(request: IncomingMessage, response: ServerResponse, backend: PageBackend): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  // Something is written every 100 ms, unless nobody reads it.
  request.socket.setTimeout(pageLimits.answerPauseMs);
  const send: SendMessage = (name, data, id) => {
    if (response.writableLength > pageLimits.lagBytes) return false;
    const head = id === undefined ? '' : `id: ${id}\n`;
    response.write(`${head}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
    return true;
  };
  response.write('retry: 1000\n\n');
  send('queries', backend.queries);
  const lastId = Number(request.headers['last-event-id']);
  const stop = backend.follow(send, Number.isSafeInteger(lastId) ? lastId : undefined);
  response.on('close', stop);
}
