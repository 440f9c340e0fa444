import { invalidRequest, refusedRequest } from './athena-error.js';
import type { ColumnInfo } from './athena-value.js';
import type { OneInput, PageInput, StartInput } from './execution-inputs.js';
import type { Execution } from './execution.js';
import type { ResultStore, StoredResult, TextRow } from './result-store.js';

/** Rows of a page of results; source: API reference of GetQueryResults (2026-11). */
const MOST_ROWS = 1000;

/** Answers `GetQueryResults` of a query, with its refusals in Athena's order (measured by the project athena-local, 2026-09). */
export async function resultsOf(
  { id, state, columns, kind, updateCount }: Execution,
  results: ResultStore,
  { MaxResults: most = MOST_ROWS, NextToken: token }: PageInput & OneInput,
): Promise<unknown> {
  if (most > MOST_ROWS) {
    throw invalidRequest(`MaxResults is more than maximum allowed length ${MOST_ROWS}`);
  }
  if (state === 'FAILED') {
    throw refusedRequest(STATE, 'Query did not finish successfully. Final query state: FAILED');
  }
  if (state === 'QUEUED' || state === 'RUNNING') {
    throw refusedRequest(STATE, `Query has not yet finished. Current state: ${state}`);
  }
  const result = results.result(id);
  if (state === 'CANCELLED' || result === undefined || columns === undefined) {
    throw refusedRequest('RESULT_NOT_FOUND', 'Could not find results');
  }
  return resultPage({ columns, result, updateCount }, startOf(token), most, kind.header);
}

const STATE = 'INVALID_QUERY_EXECUTION_STATE';

/** The row at which a page begins, by the token of the one before. */
export function startOf(token: string | undefined): number {
  if (token === undefined) return 0;
  const start = Number(/^row-([0-9]+)$/.exec(token)?.[1]);
  if (Number.isNaN(start)) throw invalidRequest(`Malformed nextPageToken ${token.slice(0, 1000)}`);
  return start;
}

/** Whether a request with the token of a query asks for the same; what else differs is not looked at. */
export function isSameRequest(
  { sql, database, catalog, resultConfiguration }: Execution,
  { QueryString, QueryExecutionContext: context = {}, ResultConfiguration: given = {} }: StartInput,
): boolean {
  return (
    sql === QueryString &&
    database === context.Database &&
    catalog === context.Catalog &&
    resultConfiguration.OutputLocation === given.OutputLocation
  );
}

/** One page of a finished query's rows; a SELECT's first row holds the names of its columns. */
async function resultPage(
  {
    columns,
    result,
    updateCount,
  }: {
    readonly columns: readonly ColumnInfo[];
    readonly result: StoredResult;
    readonly updateCount?: number | undefined;
  },
  start: number,
  most: number,
  withHeader: boolean,
): Promise<unknown> {
  const headers: readonly TextRow[] = withHeader ? [columns.map(({ Name }) => Name)] : [];
  const shownHeaders = headers.slice(start, start + most);
  const rows = await result.read(Math.max(0, start - headers.length), most - shownHeaders.length);
  const shown = [...shownHeaders, ...rows];
  const end = start + shown.length;
  return {
    ...(updateCount === undefined ? {} : { UpdateCount: updateCount }),
    ResultSet: {
      Rows: shown.map((row) => ({
        Data: row.map((text) => (text === null ? {} : { VarCharValue: text })),
      })),
      ResultSetMetadata: { ColumnInfo: columns },
    },
    ...(end < headers.length + result.rows ? { NextToken: `row-${end}` } : {}),
  };
}
