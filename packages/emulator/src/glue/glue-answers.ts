import { ServiceError } from '../wire/service-error.js';

/** Something in a request that the catalog refuses. */
export function invalid(message: string): ServiceError {
  return new ServiceError('InvalidInputException', message);
}

/** Something that is not in the catalog. */
export function notFound(what: string): ServiceError {
  return new ServiceError('EntityNotFoundException', `${what} not found.`);
}

/** Something that is in the catalog already. */
export function alreadyExists(what: string): ServiceError {
  return new ServiceError('AlreadyExistsException', `${what} already exists.`);
}

/** Acts on each item for itself and reports those that fail, as Glue's batch actions do. */
export async function each<Item>(
  items: readonly Item[],
  act: (item: Item) => Promise<void>,
  name: (item: Item) => Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const errors: unknown[] = [];
  for (const item of items) {
    try {
      await act(item);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      const ErrorDetail = { ErrorCode: error.code, ErrorMessage: error.message };
      errors.push({ ...name(item), ErrorDetail });
    }
  }
  return { Errors: errors };
}

/** One page of a list, and the token of the next one. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken: string | undefined;
}

/** Cuts the page that a request asks for. */
export function pageOf<T>(
  all: readonly T[],
  { NextToken: token = '', MaxResults }: { readonly NextToken?: string; readonly MaxResults?: number },
  maxPage: number,
): Page<T> {
  const start = token === '' ? 0 : Number(/^page-([0-9]+)$/.exec(token)?.[1]);
  if (Number.isNaN(start)) throw invalid('Invalid NextToken; take it from the page before');
  const end = start + (MaxResults ?? maxPage);
  return {
    items: all.slice(start, end),
    nextToken: end < all.length ? `page-${end}` : undefined,
  };
}
