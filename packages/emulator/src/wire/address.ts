import type { IncomingMessage } from 'node:http';

/** Path and query of a request's URL. */
export interface Address {
  /** As it was sent, still encoded, without a scheme and a host. */
  readonly path: string;
  readonly query: URLSearchParams;
}

/** Reads the URL of a request; any text is one. */
export function addressOf({ url = '/' }: Pick<IncomingMessage, 'url'>): Address {
  // A proxy's form names the host too: `GET http://127.0.0.1/path`.
  const target = url.replace(/^https?:\/\/[^/?]*/i, '');
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  return {
    path: path === '' ? '/' : path,
    query: new URLSearchParams(mark < 0 ? '' : target.slice(mark + 1)),
  };
}
