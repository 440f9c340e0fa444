import { createHash } from 'node:crypto';
import type { JsonService } from '../aws/json-service.js';
import { HandlerError } from '../errors.js';
import { readExecution, readPage } from './athena-answers.js';

/** Runs SQL and gives its rows by column name. */
export interface RowSource {
  rows(sql: string, deadline: Deadline): Promise<QueryRows>;
}

/** Milliseconds left for a query. */
export interface Deadline {
  leftMs(): number;
}

/** One row: text by column name, as Athena prints values. */
export type Row = Readonly<Record<string, string | undefined>>;

/** What a query gave. */
export interface QueryRows {
  readonly queryId: string;
  readonly rows: readonly Row[];
  readonly bytesScanned: number;
}

/** Options of {@link athenaRows}. */
export interface AthenaOptions {
  readonly athena: JsonService;
  readonly database: string;
  readonly workGroup: string | undefined;
  /** A query that has scanned more is an error; the work group's own limit stops it before that. */
  readonly maxBytesScanned: number;
  readonly sleep: (ms: number) => Promise<void>;
}

/**
 * Athena: started with a token made of the text, so that a repeated invocation finds the query it has started
 * already; looked after until it ends; stopped when time is up; read page by page.
 */
export function athenaRows(options: AthenaOptions): RowSource {
  const { athena, database, workGroup, maxBytesScanned } = options;
  return {
    async rows(sql, deadline) {
      const started = await athena.call('StartQueryExecution', {
        QueryString: sql,
        ClientRequestToken: createHash('sha256').update(`${database} ${sql}`).digest('hex'),
        QueryExecutionContext: { Database: database },
        ...(workGroup === undefined ? {} : { WorkGroup: workGroup }),
      });
      const queryId = String(started.QueryExecutionId);
      const bytesScanned = await ended(queryId, deadline, options);
      if (bytesScanned > maxBytesScanned) {
        throw new HandlerError(
          'QUERY_TOO_LARGE',
          `The query scanned ${bytesScanned} bytes, more than MAX_BYTES_SCANNED (${maxBytesScanned}). Narrow the window.`,
        );
      }
      return { queryId, bytesScanned, rows: await allPages(athena, queryId) };
    },
  };
}

async function ended(queryId: string, deadline: Deadline, { athena, sleep }: AthenaOptions): Promise<number> {
  for (let waitMs = 100; ; waitMs = Math.min(2000, waitMs * 1.5)) {
    const answer = await athena.call('GetQueryExecution', { QueryExecutionId: queryId });
    const { state, reason, bytesScanned } = readExecution(answer);
    if (state === 'SUCCEEDED') return bytesScanned;
    if (state === 'FAILED' || state === 'CANCELLED') {
      throw new HandlerError('QUERY_FAILED', `Athena: ${state}, ${reason}.`);
    }
    if (deadline.leftMs() < waitMs) {
      await athena.call('StopQueryExecution', { QueryExecutionId: queryId });
      throw new HandlerError('QUERY_FAILED', 'The query did not end in time and was stopped.');
    }
    await sleep(waitMs);
  }
}

async function allPages(athena: JsonService, queryId: string): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let names: readonly string[] | undefined;
  let token: string | undefined;
  do {
    const page = readPage(
      await athena.call('GetQueryResults', {
        QueryExecutionId: queryId,
        ...(token === undefined ? {} : { NextToken: token }),
      }),
    );
    // The first row of the first page repeats the names of the columns.
    const values = page.rows.slice(names === undefined ? 1 : 0);
    const columns = (names ??= page.columns);
    for (const row of values) rows.push(Object.fromEntries(columns.map((name, at) => [name, row[at]])));
    token = page.nextToken;
  } while (token !== undefined);
  return rows;
}
