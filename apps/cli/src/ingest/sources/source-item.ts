import type { TableSchema } from '@store/glue-schema';

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

/** The schema that most of a file's columns belong to; the first where several have as many. */
export function nearestSchema(
  names: Iterable<string>,
  schemas: readonly [TableSchema, ...TableSchema[]],
): TableSchema {
  const present = new Set(names);
  const score = ({ columns }: TableSchema): number => columns.filter(({ name }) => present.has(name)).length;
  return schemas.reduce((best, schema) => (score(schema) > score(best) ? schema : best));
}

/** Decodes UTF-8 bytes as they come; what is not UTF-8 becomes U+FFFD, which the validator lets through as text. */
export async function* textChunks(bytes: AsyncIterable<Uint8Array | string>): AsyncIterable<string> {
  const decoder = new TextDecoder('utf-8');
  for await (const chunk of bytes)
    yield typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
  const last = decoder.decode();
  if (last !== '') yield last;
}
