import type { ColumnInfo } from './athena-value.js';
import { athenaError } from './error-types.js';
import { s3Address, type ResultPlaces } from './results/result-location.js';
import type { StatementKind } from './statement/statement-kind.js';
import type { Statement } from './statement/statement.js';

/** Athena's states of a query. */
export type QueryState = 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';

/** One query, from its start on. */
export interface Execution {
  readonly id: string;
  /** Characters of the request, all of which is remembered. */
  readonly chars: number;
  readonly sql: string;
  /** The statement as it was read; what EXECUTE names is in its place. */
  readonly statement: Statement;
  readonly kind: StatementKind;
  /** Where its objects go; absent where the service has no lake. */
  readonly places: ResultPlaces | undefined;
  readonly parameters: readonly string[];
  /** Those that are still to be put into the statement. */
  readonly boundParameters: readonly string[];
  readonly database: string | undefined;
  readonly catalog: string | undefined;
  readonly workGroup: string;
  readonly resultConfiguration: Readonly<Record<string, unknown>>;
  readonly submittedAt: number;
  readonly abort: AbortController;
  state: QueryState;
  reason: string | undefined;
  startedAt: number | undefined;
  completedAt: number | undefined;
  /** Set once the query has told them. */
  columns: readonly ColumnInfo[] | undefined;
  /** Size of the Parquet files that it scans, less the partitions that it leaves out. */
  scannedBytes: number;
  /** Rows that it has written; set where it writes some. */
  updateCount: number | undefined;
  /** What the statement turned out to be, where its text alone does not tell. */
  subtype: string | undefined;
}

/** `QueryExecution`, as `GetQueryExecution` gives it. */
export function describeExecution(execution: Execution): unknown {
  const { id, sql, kind, places, parameters, database, catalog, workGroup } = execution;
  const { state, reason, submittedAt, startedAt, completedAt } = execution;
  const endAt = completedAt ?? startedAt ?? submittedAt;
  const queueMs = Math.round((startedAt ?? endAt) - submittedAt);
  const engineMs = Math.round(endAt - (startedAt ?? endAt));
  return {
    QueryExecutionId: id,
    Query: sql,
    StatementType: kind.type,
    SubstatementType: execution.subtype ?? kind.subtype,
    ResultConfiguration: {
      ...execution.resultConfiguration,
      ...(places === undefined ? {} : { OutputLocation: s3Address(places.object) }),
    },
    ResultReuseConfiguration: { ResultReuseByAgeConfiguration: { Enabled: false } },
    QueryExecutionContext: {
      ...(database === undefined ? {} : { Database: database }),
      ...(catalog === undefined ? {} : { Catalog: catalog.toLowerCase() }),
    },
    Status: {
      State: state,
      SubmissionDateTime: submittedAt / 1000,
      ...(reason === undefined ? {} : { StateChangeReason: reason }),
      ...(completedAt === undefined ? {} : { CompletionDateTime: completedAt / 1000 }),
      ...(state === 'FAILED' ? { AthenaError: athenaError(reason ?? '') } : {}),
    },
    Statistics: {
      EngineExecutionTimeInMillis: engineMs,
      DataScannedInBytes: execution.scannedBytes,
      TotalExecutionTimeInMillis: queueMs + engineMs,
      QueryQueueTimeInMillis: queueMs,
      ServiceProcessingTimeInMillis: 0,
      ResultReuseInformation: { ReusedPreviousResult: false },
      ...(places !== undefined && execution.updateCount !== undefined
        ? { DataManifestLocation: s3Address(places.manifest) }
        : {}),
    },
    WorkGroup: workGroup,
    EngineVersion: {
      SelectedEngineVersion: 'AUTO',
      EffectiveEngineVersion: 'Athena engine version 3',
    },
    ...(parameters.length === 0 ? {} : { ExecutionParameters: parameters }),
  };
}
