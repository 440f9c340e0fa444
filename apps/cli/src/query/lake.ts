import type { ResultColumn } from './query-result.js';

/** Takes the rows of a query as they come. */
export interface RowSink {
  columns(columns: readonly ResultColumn[]): void;
  /** The next rows come when these are taken. */
  rows(rows: readonly (readonly unknown[])[]): void | Promise<void>;
}

/** A table of inventory events that answers SQL: a folder of Parquet files here, or Athena. */
export interface Lake {
  /** Runs one statement; gives the number of rows that were handed over. */
  stream(sql: string, sink: RowSink, options: LakeReadOptions): Promise<number>;
  /** Writes the rows of a statement to a file; gives their number. */
  copyTo(sql: string, path: string, format: 'json' | 'parquet', signal: AbortSignal): Promise<number>;
  /** Every column of every table that a statement can name. */
  columns(signal: AbortSignal): Promise<readonly LakeColumn[]>;
  close(): Promise<void>;
}

/** A column of a table of the lake. */
export interface LakeColumn {
  /** As a statement names it: with its database, where it is not in the lake's own. */
  readonly table: string;
  readonly name: string;
  readonly type: string;
}

/** How one statement runs. */
export interface LakeReadOptions {
  readonly signal: AbortSignal;
  /** Rows after which the rest is left alone. @defaultValue all */
  readonly firstRows?: number;
}

/** Every row of a statement. */
export async function allRows(
  lake: Pick<Lake, 'stream'>,
  sql: string,
  signal: AbortSignal,
): Promise<{ readonly columns: readonly ResultColumn[]; readonly rows: readonly (readonly unknown[])[] }> {
  let columns: readonly ResultColumn[] = [];
  const rows: (readonly unknown[])[] = [];
  const sink: RowSink = {
    columns(found) {
      columns = found;
    },
    rows(some) {
      for (const row of some) rows.push(row);
    },
  };
  await lake.stream(sql, sink, { signal });
  return { columns, rows };
}
