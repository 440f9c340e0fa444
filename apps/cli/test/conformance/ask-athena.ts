import type { ServedEndpoint } from './served-endpoint.js';

/** What became of a statement: its rows as Athena prints them, without the row of names, or why it failed. */
export interface AthenaOutcome {
  readonly rows: readonly (readonly (string | null)[])[];
  readonly types: readonly string[];
  readonly failure: string | undefined;
}

/** Runs a statement through StartQueryExecution to its end. */
export async function askAthena(served: ServedEndpoint, sql: string): Promise<AthenaOutcome> {
  const call = async (action: string, input: object): Promise<Readonly<Record<string, unknown>>> => {
    const { status, text } = await served.json(`AmazonAthena.${action}`, input);
    // Athena answers with a JSON object, also where it refuses.
    const answer = JSON.parse(text) as Readonly<Record<string, unknown>>;
    const message = answer.message ?? answer.Message;
    return status === 200 ? answer : { refused: typeof message === 'string' ? message : text };
  };
  const started = await call('StartQueryExecution', {
    QueryString: sql,
    ResultConfiguration: { OutputLocation: 's3://results/' },
  });
  if (typeof started.refused === 'string') return { rows: [], types: [], failure: started.refused };
  const { QueryExecutionId } = started;
  for (;;) {
    const { QueryExecution } = await call('GetQueryExecution', { QueryExecutionId });
    // As above.
    const { Status } = QueryExecution as {
      readonly Status: { readonly State: string; readonly StateChangeReason?: string };
    };
    if (Status.State === 'SUCCEEDED') break;
    if (Status.State !== 'QUEUED' && Status.State !== 'RUNNING') {
      return { rows: [], types: [], failure: Status.StateChangeReason ?? Status.State };
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const { ResultSet } = await call('GetQueryResults', { QueryExecutionId });
  // As above.
  const { Rows, ResultSetMetadata } = ResultSet as {
    readonly Rows: readonly { readonly Data: readonly { readonly VarCharValue?: string }[] }[];
    readonly ResultSetMetadata: {
      readonly ColumnInfo: readonly {
        readonly Type: string;
        readonly Precision: number;
        readonly Scale: number;
      }[];
    };
  };
  return {
    rows: Rows.slice(1).map(({ Data }) => Data.map(({ VarCharValue }) => VarCharValue ?? null)),
    types: ResultSetMetadata.ColumnInfo.map(({ Type, Precision, Scale }) =>
      Type === 'decimal' ? `decimal(${Precision},${Scale})` : Type,
    ),
    failure: undefined,
  };
}

/** Statements at once: the endpoint keeps two processes for them, and a third waits while those work. */
const IN_FLIGHT = 3;

/** Does something with each item, a few at once. */
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
