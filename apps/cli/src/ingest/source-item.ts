/** One record of a source, before anybody has looked at it. */
export interface SourceItem {
  /** Line on which it begins, from 1; for Parquet the row. */
  readonly line: number;
  /** The record as it stood there: JSON, or the CSV line. */
  readonly text: string;
  /** The record, where the source has already read it (CSV); otherwise `text` is parsed. */
  readonly value?: unknown;
  /** Set where the source itself could not make a record of it. */
  readonly problem?: { readonly code: string; readonly message: string };
}

/** Records in the order of the source, in lots, since one promise a record would cost more than the record. */
export type SourceItems = AsyncIterable<readonly SourceItem[]>;

/** No record on the way to Firehose may be longer (API_Record, 1,024,000 bytes); what is longer is not kept in memory. */
export const maxRecordChars = 1_024_000;

/** The problem of a record that is too long. */
export const tooLong: NonNullable<SourceItem['problem']> = {
  code: 'RECORD_TOO_LONG',
  message: `Expected a record of at most ${maxRecordChars} characters.`,
};
