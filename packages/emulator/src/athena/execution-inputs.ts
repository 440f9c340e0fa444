import { invalidRequest } from './athena-error.js';
import { any, integer, list, structure, text, type Shape } from '../wire/shape.js';

/** What `StartQueryExecution` takes. */
export interface StartInput {
  readonly QueryString: string;
  readonly ExecutionParameters?: readonly string[];
  readonly WorkGroup?: string;
  readonly ClientRequestToken?: string;
  readonly QueryExecutionContext?: { readonly Database?: string; readonly Catalog?: string };
  readonly ResultConfiguration?: { readonly OutputLocation?: string };
}

/** An action on one query. */
export interface OneInput {
  readonly QueryExecutionId: string;
}

/** An action that answers in pages. */
export interface PageInput {
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

/** Shape of `StartQueryExecution`. */
export const startInput: Shape<StartInput> = structure(
  {
    QueryString: text(1, 262_144),
    ExecutionParameters: list(text()),
    WorkGroup: text(),
    ClientRequestToken: text(32, 128),
    QueryExecutionContext: structure({ Database: text(1, 255), Catalog: text(1, 256) }),
    ResultConfiguration: structure({
      OutputLocation: text(),
      EncryptionConfiguration: any,
      ExpectedBucketOwner: any,
      AclConfiguration: any,
    }),
  },
  ['QueryString'],
);
/** Shape of an action on one query. */
export const oneInput: Shape<OneInput> = structure({ QueryExecutionId: text(1, 128) }, ['QueryExecutionId']);
/** Shape of `BatchGetQueryExecution`. */
export const batchInput: Shape<{ readonly QueryExecutionIds?: readonly string[] }> = structure({
  QueryExecutionIds: list(text(), 1, 50),
});
/** Shape of `ListQueryExecutions`. */
export const listInput: Shape<PageInput & { readonly WorkGroup?: string }> = structure({
  WorkGroup: text(),
  MaxResults: integer(0, 50),
  NextToken: text(),
});
/** Shape of `GetQueryResults`. */
export const resultsInput: Shape<PageInput & OneInput> = structure(
  { QueryExecutionId: text(1, 128), MaxResults: integer(1), NextToken: text(1) },
  ['QueryExecutionId'],
);

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
