import {
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
  type AthenaClient,
  type Row,
} from '@aws-sdk/client-athena';
import { setTimeout as delay } from 'node:timers/promises';
import { CliError } from '../terminal/errors.js';

/** Rows as text, as Athena gives them; null where a value is missing. */
export interface AthenaResult {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly (string | null)[])[];
  readonly scannedBytes: number;
}

/** Where and how a query runs. */
export interface AthenaQueryOptions {
  readonly database: string;
  readonly workGroup?: string;
  /** `s3://bucket/prefix/` for the results, where the work group names none. */
  readonly outputLocation?: string;
  readonly signal: AbortSignal;
}

/** Runs one statement on Athena, or on the embedded endpoint's Athena, and waits for all rows. */
export async function queryAthena(
  athena: AthenaClient,
  sql: string,
  options: AthenaQueryOptions,
): Promise<AthenaResult> {
  const { database, workGroup, outputLocation, signal } = options;
  const { QueryExecutionId } = await athena.send(
    new StartQueryExecutionCommand({
      QueryString: sql,
      QueryExecutionContext: { Database: database },
      ...(workGroup === undefined ? {} : { WorkGroup: workGroup }),
      ...(outputLocation === undefined ? {} : { ResultConfiguration: { OutputLocation: outputLocation } }),
    }),
  );
  const scannedBytes = await finished(athena, QueryExecutionId, signal);
  const columns: { name: string; type: string }[] = [];
  const rows: (string | null)[][] = [];
  let token: string | undefined;
  let first = true;
  do {
    const page = await athena.send(
      new GetQueryResultsCommand({ QueryExecutionId, ...(token === undefined ? {} : { NextToken: token }) }),
    );
    if (first) {
      for (const column of page.ResultSet?.ResultSetMetadata?.ColumnInfo ?? []) {
        columns.push({ name: column.Name ?? '', type: column.Type ?? 'varchar' });
      }
    }
    const found = page.ResultSet?.Rows ?? [];
    // The first row of the first page repeats the column names.
    for (const row of first ? found.slice(1) : found) rows.push(cells(row));
    token = page.NextToken;
    first = false;
  } while (token !== undefined);
  return { columns, rows, scannedBytes };
}

const cells = (row: Row): (string | null)[] => (row.Data ?? []).map((datum) => datum.VarCharValue ?? null);

async function finished(athena: AthenaClient, id: string | undefined, signal: AbortSignal): Promise<number> {
  for (let waitMs = 5; ; waitMs = Math.min(1000, waitMs * 1.5)) {
    const { QueryExecution } = await athena.send(new GetQueryExecutionCommand({ QueryExecutionId: id }));
    const { State, StateChangeReason } = QueryExecution?.Status ?? {};
    if (State === 'SUCCEEDED') return QueryExecution?.Statistics?.DataScannedInBytes ?? 0;
    if (State === 'FAILED' || State === 'CANCELLED') {
      throw new CliError(
        `The query ${State === 'FAILED' ? 'failed' : 'was cancelled'}: ${StateChangeReason ?? 'no reason given'}`,
        {
          code: `QUERY_${State}`,
        },
      );
    }
    if (signal.aborted) await athena.send(new StopQueryExecutionCommand({ QueryExecutionId: id }));
    await delay(waitMs);
  }
}
