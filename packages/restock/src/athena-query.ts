import {
  abortSignal,
  checkOptions,
  having,
  numberBetween,
  required,
  systemClock,
  text,
  wait,
  type Clock,
  type OptionRules,
} from '@store/foundation';
import { checkInput, invalidOption, RestockError } from './errors.js';
import { restockDefaults } from './options.js';

/** The four calls of Athena that a query takes: `new Athena({})` of `@aws-sdk/client-athena` is such a client. */
export interface AthenaClient {
  /** Starts a query and returns its id. */
  startQueryExecution(input: {
    readonly QueryString: string;
    readonly QueryExecutionContext: { readonly Database: string };
    readonly ClientRequestToken?: string;
    readonly WorkGroup?: string;
    readonly ResultConfiguration?: { readonly OutputLocation: string };
  }): Promise<{ readonly QueryExecutionId?: string | undefined }>;
  /** Returns a query's state and the bytes that it scanned. */
  getQueryExecution(input: { readonly QueryExecutionId: string }): Promise<ExecutionAnswer>;
  /** Returns one page of a query's rows. */
  getQueryResults(input: {
    readonly QueryExecutionId: string;
    readonly NextToken?: string;
  }): Promise<ResultsAnswer>;
  /** Stops a query. */
  stopQueryExecution(input: { readonly QueryExecutionId: string }): Promise<unknown>;
}

/** What is read of GetQueryExecution's answer. */
export interface ExecutionAnswer {
  /** The query's state, type and statistics, in Athena's words. */
  readonly QueryExecution?:
    | {
        readonly StatementType?: string | undefined;
        readonly Status?:
          | { readonly State?: string | undefined; readonly StateChangeReason?: string | undefined }
          | undefined;
        readonly Statistics?: { readonly DataScannedInBytes?: number | undefined } | undefined;
      }
    | undefined;
}

/** What is read of GetQueryResults' answer. */
export interface ResultsAnswer {
  /** Columns and rows of this page, in Athena's words. */
  readonly ResultSet?:
    | {
        readonly ResultSetMetadata?:
          | {
              readonly ColumnInfo?:
                | readonly { readonly Name: string | undefined; readonly Type: string | undefined }[]
                | undefined;
            }
          | undefined;
        readonly Rows?:
          | readonly {
              readonly Data?: readonly { readonly VarCharValue?: string | undefined }[] | undefined;
            }[]
          | undefined;
      }
    | undefined;
  /** Token of the next page; absent on the last. */
  readonly NextToken?: string | undefined;
}

/** Where and how a query runs. */
export interface AthenaQueryOptions {
  /** Glue database that table names without one are looked up in. */
  readonly database: string;
  /** Athena work group that the query runs in. @defaultValue Athena's `primary` */
  readonly workGroup?: string;
  /** `s3://bucket/prefix/` for the results, where the work group names none. */
  readonly outputLocation?: string;
  /** 32 to 128 characters: started again with the same token, Athena gives the query that it has already. */
  readonly clientRequestToken?: string;
  /** Stops the query. @defaultValue the query may take as long as Athena lets it */
  readonly signal?: AbortSignal;
  /** Milliseconds before the second look at a query; the waits grow up to a second. @defaultValue 100 */
  readonly firstWaitMs?: number;
  /** Waits between looks. @defaultValue systemClock */
  readonly clock?: Clock;
}

/** Rows as text, as Athena gives them; null where a value is missing. */
export interface AthenaResult {
  /** Athena's id of the query. */
  readonly queryId: string;
  /** Name and Athena type of each column, in order. */
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** Rows of text as Athena writes it; null where a value is missing. */
  readonly rows: readonly (readonly (string | null)[])[];
  /** Bytes that the query scanned, which Athena bills. */
  readonly scannedBytes: number;
}

const queryRules: OptionRules<AthenaQueryOptions> = {
  database: required(text()),
  workGroup: text(),
  outputLocation: text('an address such as s3://bucket/prefix/', /^s3:\/\/./),
  clientRequestToken: text('32 to 128 characters', /^.{32,128}$/s),
  signal: abortSignal(),
  firstWaitMs: numberBetween(0, 60_000),
  clock: having('schedule'),
};

/** Longest wait between two looks at a query, in milliseconds. */
const longestWaitMs = 1000;

/**
 * Runs one statement on Athena, waits until it ends, and returns all of its rows. When the signal aborts, the query is
 * stopped, no further page of its rows is read, and nothing is started where it has aborted before.
 *
 * @example
 * ```ts
 * import { runAthenaQuery, type AthenaClient } from '@store/restock';
 *
 * export async function countEvents(athena: AthenaClient) {
 *   const sql = 'select count(*) from inventory_events';
 *   const { rows, scannedBytes } = await runAthenaQuery(athena, sql, {
 *     database: 'store',
 *     signal: AbortSignal.timeout(60_000),
 *   });
 *   console.log(rows[0]?.[0], scannedBytes);
 * }
 * ```
 *
 * @throws RestockError `QUERY_FAILED`, `QUERY_CANCELLED`, `QUERY_STOPPED` by the signal, `INVALID_OPTION`; and what
 * the client throws
 */
export async function runAthenaQuery(
  athena: AthenaClient,
  sql: string,
  options: AthenaQueryOptions,
): Promise<AthenaResult> {
  checkInput('athena', athena, 'athena');
  checkInput('sql', sql, 'text');
  checkOptions(options, queryRules, invalidOption);
  const { database, workGroup, outputLocation, clientRequestToken, signal } = options;
  if (signal?.aborted === true) throw stopped('The query was not started: it was stopped before.');
  const { QueryExecutionId: queryId } = await athena.startQueryExecution({
    QueryString: sql,
    QueryExecutionContext: { Database: database },
    ...(clientRequestToken === undefined ? {} : { ClientRequestToken: clientRequestToken }),
    ...(workGroup === undefined ? {} : { WorkGroup: workGroup }),
    ...(outputLocation === undefined ? {} : { ResultConfiguration: { OutputLocation: outputLocation } }),
  });
  if (queryId === undefined) throw new RestockError('QUERY_FAILED', 'Athena gave the query no id.');
  const { scannedBytes, hasHeading } = await ended(athena, queryId, options);
  return { queryId, scannedBytes, ...(await allPages(athena, queryId, hasHeading, signal)) };
}

/** @returns the bytes that the query has scanned, and whether its first row holds the names of the columns */
async function ended(
  athena: AthenaClient,
  queryId: string,
  { signal, firstWaitMs = restockDefaults.firstWaitMs, clock = systemClock }: AthenaQueryOptions,
): Promise<{ readonly scannedBytes: number; readonly hasHeading: boolean }> {
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(longestWaitMs, waitMs * 1.5)) {
    const { QueryExecution: execution } = await athena.getQueryExecution({ QueryExecutionId: queryId });
    const { State: state, StateChangeReason: reason = 'no reason given' } = execution?.Status ?? {};
    if (state === 'SUCCEEDED') {
      const scannedBytes = execution?.Statistics?.DataScannedInBytes ?? 0;
      // Rows of SHOW and DESCRIBE, whose type is UTILITY, have no heading.
      return { scannedBytes, hasHeading: (execution?.StatementType ?? 'DML') === 'DML' };
    }
    if (state === 'FAILED' || state === 'CANCELLED') {
      const what = state === 'FAILED' ? 'failed' : 'was cancelled';
      throw new RestockError(`QUERY_${state}`, `The query ${what}: ${reason}`, { queryId });
    }
    if (signal?.aborted === true) {
      try {
        await athena.stopQueryExecution({ QueryExecutionId: queryId });
      } catch (cause) {
        throw stopped('The query did not end in time, and could not be stopped.', queryId, { cause });
      }
      throw stopped('The query did not end in time and was stopped.', queryId);
    }
    await wait(clock, waitMs, signal);
  }
}

const stopped = (message: string, queryId?: string, options?: ErrorOptions): RestockError =>
  new RestockError('QUERY_STOPPED', message, queryId === undefined ? {} : { queryId }, options);

async function allPages(
  athena: AthenaClient,
  queryId: string,
  hasHeading: boolean,
  signal: AbortSignal | undefined,
): Promise<Pick<AthenaResult, 'columns' | 'rows'>> {
  const rows: (string | null)[][] = [];
  let columns: AthenaResult['columns'] | undefined;
  let token: string | undefined;
  do {
    if (signal?.aborted === true)
      throw stopped('The query ended, but its rows did not come in time.', queryId);
    const { ResultSet: page, NextToken: next } = await athena.getQueryResults({
      QueryExecutionId: queryId,
      ...(token === undefined ? {} : { NextToken: token }),
    });
    const rowsBefore = hasHeading && columns === undefined ? 1 : 0;
    for (const { Data: cells = [] } of page?.Rows?.slice(rowsBefore) ?? []) {
      rows.push(cells.map(({ VarCharValue: value }) => value ?? null));
    }
    columns ??= (page?.ResultSetMetadata?.ColumnInfo ?? []).map(({ Name: name = '', Type: type }) => ({
      name,
      type: type ?? 'varchar',
    }));
    token = next;
  } while (token !== undefined);
  return { columns, rows };
}
