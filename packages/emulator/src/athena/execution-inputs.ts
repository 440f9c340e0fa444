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
  { QueryExecutionId: text(1, 128), MaxResults: integer(1, 1000), NextToken: text() },
  ['QueryExecutionId'],
);
