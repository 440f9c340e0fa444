import { isLoopbackUrl } from '@store/foundation';
import type {
  ControlRequest,
  NamedQueryMessage,
  QueryAnswer,
  SeriesAnswer,
  FaultName,
} from '@store/page-protocol';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { once } from 'node:events';
import { CliError } from '../terminal/errors.js';
import { explainError } from '../terminal/explain-error.js';
import { isInside } from '../terminal/platform.js';

/** What the page can ask for; `store up` answers. */
export interface PageBackend {
  readonly queries: readonly NamedQueryMessage[];
  /** Follows the world: called with each message until the returned function is called. */
  follow(send: (name: 'world' | 'status' | 'frame', data: unknown) => void): () => void;
  series(storeId: string, productId: string): SeriesAnswer | undefined;
  query(sql: string): Promise<QueryAnswer>;
  control(request: ControlRequest): Promise<void>;
}

/** A page server that answers on 127.0.0.1. */
export interface PageServer {
  /** `http://127.0.0.1:5080/` */
  readonly url: string;
  close(): Promise<void>;
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};
const maxBodyBytes = 100_000;
/** A reader that lags further behind than this loses frames, not the connection. */
const maxLagBytes = 1_000_000;

/** Serves the page and its data on loopback only. */
export async function startPageServer(
  port: number,
  pageDir: string,
  backend: PageBackend,
): Promise<PageServer> {
  const server = createServer((request, response) => {
    handle(request, response, pageDir, backend).catch((error: unknown) => {
      const { message } = explainError(error);
      if (!response.headersSent) answer(response, error instanceof CliError ? 400 : 500, { error: message });
      else response.destroy();
    });
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

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  pageDir: string,
  backend: PageBackend,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  // A name that resolves to this machine must not let another site's page in (DNS rebinding, forged posts).
  if (!isLoopbackUrl(`http://${request.headers.host ?? ''}`)) {
    answer(response, 403, { error: 'This page answers only under 127.0.0.1 or localhost.' });
    return;
  }
  if (request.method === 'GET' && url.pathname === '/api/feed') {
    feed(request, response, backend);
    return;
  }
  if (request.method === 'GET' && url.pathname === '/api/series') {
    const found = backend.series(url.searchParams.get('store') ?? '', url.searchParams.get('product') ?? '');
    answer(response, found === undefined ? 404 : 200, found ?? { error: 'There is no such shelf.' });
    return;
  }
  if (request.method === 'POST' && (url.pathname === '/api/control' || url.pathname === '/api/query')) {
    if (request.headers['content-type'] !== 'application/json') {
      answer(response, 415, { error: 'Expected application/json.' });
      return;
    }
    const body = await readBody(request);
    if (url.pathname === '/api/query') answer(response, 200, await backend.query(parseSql(body)));
    else {
      await backend.control(parseControl(body));
      answer(response, 200, {});
    }
    return;
  }
  if (request.method !== 'GET') {
    answer(response, 405, { error: 'Expected GET.' });
    return;
  }
  await file(response, pageDir, url.pathname);
}

function feed(request: IncomingMessage, response: ServerResponse, backend: PageBackend): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const send = (name: string, data: unknown): void => {
    if (name === 'frame' && response.writableLength > maxLagBytes) return;
    response.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
  };
  response.write('retry: 1000\n\n');
  send('queries', backend.queries);
  const stop = backend.follow(send);
  request.on('close', stop);
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    // Node hands out buffers here, as no encoding was set.
    const part = chunk as Buffer;
    length += part.length;
    if (length > maxBodyBytes) throw new CliError('TOO_LARGE', 'The request is too large.');
    chunks.push(part);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch (error) {
    throw new CliError('NOT_JSON', 'The request is not JSON.', { cause: error });
  }
}

async function file(response: ServerResponse, pageDir: string, pathname: string): Promise<void> {
  const path = join(pageDir, normalize(pathname === '/' ? '/index.html' : pathname));
  const type = contentTypes[extname(path)];
  const content =
    type === undefined || !isInside(pageDir, path) ? undefined : await readFile(path).catch(() => undefined);
  if (content === undefined || type === undefined) {
    answer(response, 404, { error: 'There is no such page.' });
    return;
  }
  response.writeHead(200, {
    'content-type': type,
    'cache-control': pathname.startsWith('/assets/') ? 'max-age=31536000, immutable' : 'no-store',
    'content-security-policy': "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'",
    'x-content-type-options': 'nosniff',
  });
  response.end(content);
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}

const faults: readonly FaultName[] = ['throttle', 'reset', 'kill'];

/** Reads a control request; everything that the page can send, and nothing else. */
export function parseControl(body: unknown): ControlRequest {
  const request = new Map(typeof body === 'object' && body !== null ? Object.entries(body) : []);
  const action: unknown = request.get('action');
  if (action === 'pause' || action === 'resume') return { action };
  const speed: unknown = request.get('speed');
  if (action === 'speed' && typeof speed === 'number' && speed > 0 && speed <= 1e6) return { action, speed };
  const at: unknown = request.get('at');
  if (action === 'seek' && typeof at === 'string' && !Number.isNaN(Date.parse(at))) return { action, at };
  const fault = faults.find((name) => name === request.get('fault'));
  const on: unknown = request.get('on');
  if (action === 'fault' && fault !== undefined && typeof on === 'boolean') return { action, fault, on };
  throw new CliError('BAD_REQUEST', 'Expected pause, resume, speed, seek or fault.');
}

/** Reads the statement of a query request. */
export function parseSql(body: unknown): string {
  if (
    typeof body === 'object' &&
    body !== null &&
    'sql' in body &&
    typeof body.sql === 'string' &&
    body.sql.trim() !== ''
  ) {
    return body.sql;
  }
  throw new CliError('BAD_REQUEST', 'Expected one SQL statement.');
}
