import { setTimeout } from 'node:timers/promises';
import type { ServedEndpoint } from './served-endpoint.js';

/** What became of a statement: its description, its rows as text, and why it was refused or failed. */
export interface AthenaOutcome {
  readonly id: string;
  readonly execution: Execution;
  readonly names: readonly string[];
  /** Types of the columns, a decimal's with its digits. */
  readonly types: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
  readonly updateCount: number | undefined;
  /** Message of the refusal of StartQueryExecution, or the reason of the failure. */
  readonly failure: string | undefined;
  /** Athena's code of the refusal. */
  readonly refusal: string | undefined;
}

interface Execution {
  readonly StatementType?: string;
  readonly SubstatementType?: string;
  readonly ResultConfiguration?: { readonly OutputLocation?: string };
  readonly Statistics?: { readonly DataManifestLocation?: string };
  readonly Status?: { readonly State: string; readonly StateChangeReason?: string };
}

/** Runs statements of Athena on a served endpoint, each to its end. */
export function athenaClient(
  served: ServedEndpoint,
  output = 's3://results/out/',
): (sql: string, more?: object) => Promise<AthenaOutcome> {
  const call = async (action: string, input: object): Promise<Record<string, unknown>> => {
    const { text } = await served.json(`AmazonAthena.${action}`, input);
    // The wire's own JSON.
    return JSON.parse(text) as Record<string, unknown>;
  };
  return async (sql, more = {}) => {
    const begun = await call('StartQueryExecution', {
      QueryString: sql,
      QueryExecutionContext: { Database: 'shop' },
      ResultConfiguration: { OutputLocation: output },
      ...more,
    });
    const id = String(begun.QueryExecutionId);
    const nothing = { id, names: [], types: [], rows: [], updateCount: undefined };
    if (begun.QueryExecutionId === undefined) {
      const refusal = String(begun.AthenaErrorCode);
      return { ...nothing, execution: {}, failure: String(begun.Message ?? begun.message), refusal };
    }
    for (;;) {
      const { QueryExecution } = await call('GetQueryExecution', { QueryExecutionId: id });
      const execution = QueryExecution as Execution;
      const { State: state = '', StateChangeReason: reason } = execution.Status ?? {};
      if (state === 'QUEUED' || state === 'RUNNING') {
        await setTimeout(10);
        continue;
      }
      if (state !== 'SUCCEEDED') {
        return { ...nothing, execution, failure: reason ?? state, refusal: undefined };
      }
      const answer = (await call('GetQueryResults', { QueryExecutionId: id })) as unknown as Results;
      const columns = answer.ResultSet.ResultSetMetadata.ColumnInfo;
      return {
        id,
        execution,
        names: columns.map(({ Name }) => Name),
        types: columns.map(({ Type, Precision, Scale }) =>
          Type === 'decimal' ? `decimal(${Precision},${Scale})` : Type,
        ),
        rows: answer.ResultSet.Rows.map(({ Data }) => Data.map(({ VarCharValue }) => VarCharValue ?? null)),
        updateCount: answer.UpdateCount,
        failure: undefined,
        refusal: undefined,
      };
    }
  };
}

interface Results {
  readonly UpdateCount?: number;
  readonly ResultSet: {
    readonly Rows: readonly { readonly Data: readonly { readonly VarCharValue?: string }[] }[];
    readonly ResultSetMetadata: {
      readonly ColumnInfo: readonly {
        readonly Name: string;
        readonly Type: string;
        readonly Precision: number;
        readonly Scale: number;
      }[];
    };
  };
}

/** Runs a statement that names its databases; its rows come without the row of names. */
export async function askAthena(served: ServedEndpoint, sql: string): Promise<AthenaOutcome> {
  const outcome = await athenaClient(served, 's3://results/')(sql, { QueryExecutionContext: {} });
  return { ...outcome, rows: outcome.rows.slice(1) };
}

/** Statements at the same time: the endpoint keeps two processes for them, and a third waits while those work. */
const IN_FLIGHT = 3;

/** Does something with each item, a few at a time. */
export async function eachAtOnce<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const left = items.values();
  const worker = async (): Promise<void> => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
}
