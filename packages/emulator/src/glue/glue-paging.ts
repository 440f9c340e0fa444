import type { JsonInput } from '../json-input.js';
import { invalid } from './glue-error.js';

/** One page of a list, and the token of the next one. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken: string | undefined;
}

/** Cuts the page that `NextToken` and `MaxResults` ask for. */
export function pageOf<T>(all: readonly T[], input: JsonInput, maxPage: number): Page<T> {
  const size = input.optionalInteger('MaxResults', { min: 1, max: maxPage }) ?? maxPage;
  const token = input.optionalString('NextToken');
  const start = token === undefined || token === '' ? 0 : Number(/^page-([0-9]+)$/.exec(token)?.[1]);
  if (Number.isNaN(start)) throw invalid('Invalid NextToken; take it from the page before');
  const end = start + size;
  return {
    items: all.slice(start, end),
    nextToken: end < all.length ? `page-${end}` : undefined,
  };
}
