import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { checkToken, readBody } from './page-requests.js';
import { pageLimits } from './page-limits.js';

/** One request of the page, with what a route needs of it. */
export interface RouteCall {
  readonly params: URLSearchParams;
  /** The JSON of a post; undefined for what is read. */
  readonly body: unknown;
  /** Aborts when whoever asked has gone. */
  readonly gone: AbortSignal;
}

/** What a route answers: JSON, or a file to keep. */
export type RouteAnswer =
  | { readonly status?: number; readonly json: unknown }
  | { readonly name: string; readonly type: string; readonly bytes: AsyncIterable<Uint8Array> };

/** A part of the page's server: one path below `/api/`. `GET` answers `HEAD` too, and changes nothing. */
export interface PageRoute {
  readonly method: 'GET' | 'POST';
  readonly path: `/api/${string}`;
  readonly answer: (call: RouteCall) => RouteAnswer | Promise<RouteAnswer>;
}

/** Answers by one of the routes; false where none has the path. A post must be JSON and bring the page's token. */
export async function answerRoute(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  { routes, token }: { readonly routes: readonly PageRoute[]; readonly token: string },
): Promise<boolean> {
  const here = routes.filter(({ path }) => path === url.pathname);
  if (here.length === 0) return false;
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const route = here.find((one) => one.method === method);
  if (route === undefined) {
    response.setHeader('allow', here.map((one) => one.method).join(', '));
    answerJson(response, 405, { error: `Expected ${here.map((one) => one.method).join(' or ')}.` });
    return true;
  }
  if (route.method === 'POST') {
    if (request.headers['content-type'] !== 'application/json') {
      answerJson(response, 415, { error: 'Expected application/json.' });
      return true;
    }
    checkToken(request, token);
  }
  const gone = new AbortController();
  response.on('close', () => {
    gone.abort();
  });
  const body = route.method === 'POST' ? await readBody(request) : undefined;
  const answer = await route.answer({ params: url.searchParams, body, gone: gone.signal });
  if ('json' in answer) answerJson(response, answer.status ?? 200, answer.json);
  else await answerBytes(response, answer);
  return true;
}

/** Answers with JSON. */
export function answerJson(response: ServerResponse, status: number, body: unknown): void {
  response.req.socket.setTimeout(pageLimits.answerPauseMs);
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}

async function answerBytes(
  response: ServerResponse,
  { name, type, bytes }: Extract<RouteAnswer, { readonly bytes: unknown }>,
): Promise<void> {
  response.req.socket.setTimeout(pageLimits.answerPauseMs);
  response.writeHead(200, {
    'content-type': type,
    'content-disposition': `attachment; filename="${name.replaceAll(/[^\w.-]/g, '_')}"`,
    'cache-control': 'no-store',
  });
  await pipeline(bytes, response);
}
