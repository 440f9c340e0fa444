import { invalidRequest } from './athena-error.js';

/** Cuts the page of a list that a request asks for. */
export function pageOf<T>(
  all: readonly T[],
  { NextToken: token = '', MaxResults: most }: { readonly NextToken?: string; readonly MaxResults?: number },
  maxPage: number,
): { readonly items: readonly T[]; readonly nextToken: string | undefined } {
  const start = token === '' ? 0 : Number(/^page-([0-9]+)$/.exec(token)?.[1]);
  if (Number.isNaN(start)) throw invalidRequest('NextToken is not valid; take it from the page before');
  const end = start + (most ?? maxPage);
  return { items: all.slice(start, end), nextToken: end < all.length ? `page-${end}` : undefined };
}
