type Fields = Readonly<Record<string, unknown>>;

/** How a query is doing. */
export interface Execution {
  readonly state: string;
  readonly reason: string;
  readonly bytesScanned: number;
}

/** Reads GetQueryExecution's answer. */
export function readExecution(answer: Fields): Execution {
  const execution = fields(answer.QueryExecution);
  const status = fields(execution.Status);
  const scanned = fields(execution.Statistics).DataScannedInBytes;
  return {
    state: text(status.State) ?? 'UNKNOWN',
    reason: text(status.StateChangeReason) ?? 'no reason given',
    bytesScanned: typeof scanned === 'number' ? scanned : 0,
  };
}

/** One page of results. */
export interface ResultPage {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | undefined)[])[];
  readonly nextToken: string | undefined;
}

/** Reads GetQueryResults' answer. */
export function readPage(answer: Fields): ResultPage {
  const set = fields(answer.ResultSet);
  const info = list(fields(set.ResultSetMetadata).ColumnInfo);
  return {
    columns: info.map((column) => text(column.Name) ?? ''),
    rows: list(set.Rows).map((row) => list(row.Data).map((datum) => text(datum.VarCharValue))),
    nextToken: text(answer.NextToken),
  };
}

// A parse boundary: Athena's own answers, of which each part is looked at before it is used.
const fields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};

const list = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value.map(fields) : []);

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
