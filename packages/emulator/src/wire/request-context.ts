import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { headersWithHoisted } from './address.js';
import type { Payload } from './payload.js';

/** What a service may know about the request it answers. */
export interface RequestContext {
  readonly region: string;
  readonly accountId: string;
  readonly requestId: string;
  readonly headers: IncomingHttpHeaders;
  /** The body, where the action reads it as it comes. */
  readonly payload: Payload | undefined;
  /** Aborts when the client goes away or the endpoint closes. */
  readonly signal: AbortSignal;
  /** `http://127.0.0.1:PORT`, for the URLs that a service hands out. */
  readonly endpoint: string;
}

/** What a context takes from the server. */
export interface ContextOptions {
  readonly region: string;
  readonly accountId: string;
  readonly endpoint: () => string;
  /** What the request works with; its signal aborts when that ends. */
  readonly running: { readonly signal: AbortSignal };
}

/** Makes the context of one request. */
export function requestContext(
  { region, accountId, endpoint, running: { signal } }: ContextOptions,
  request: {
    /** The one that the request was signed for. */
    readonly region: string | undefined;
    readonly request: IncomingMessage;
    readonly response: ServerResponse;
    readonly requestId: string;
    readonly payload: Payload | undefined;
  },
): RequestContext {
  let ends: AbortSignal | undefined;
  return {
    region: request.region === undefined || request.region === '' ? region : request.region,
    accountId,
    requestId: request.requestId,
    headers: headersWithHoisted(request.request),
    payload: request.payload,
    // Made for those who ask: most do not, and three signals a call cost 60 µs.
    get signal() {
      ends ??= AbortSignal.any([closeSignal(request.response), signal]);
      return ends;
    },
    endpoint: endpoint(),
  };
}

function closeSignal(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  const abort = (): void => {
    gone.abort();
  };
  if (response.closed || response.destroyed) abort();
  else response.on('close', abort);
  return gone.signal;
}
