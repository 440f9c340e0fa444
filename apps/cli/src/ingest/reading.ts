import type { RecordSourceOptions, RejectFacts, SourceItem } from '@store/intake';
import type { SourceFormat } from './source-format.js';

/** How the records of a source are made: what reads its rows and texts, and what its text is written in. */
export type ReadingOptions = Omit<RecordSourceOptions, 'format' | 'onHeader'> & {
  /** Looks at the names of the columns, and returns how a row becomes a record; of Parquet, its values are no text. */
  readonly onHeader?:
    | ((names: readonly string[], line: number) => ((fields: readonly unknown[]) => unknown) | undefined)
    | undefined;
  /** Of a workbook: the sheet. */
  readonly sheet?: string | undefined;
};

/** A source that is being read. */
export interface OpenSource {
  /** What it is read as; undefined for standard input without `--format`, whose first bytes tell. */
  readonly format: SourceFormat | undefined;
  /** Its records, in lots, since one promise a record would cost more than the record. */
  readonly lots: AsyncIterable<readonly SourceItem[]>;
  /** What a reject needs beside its raw text to be read again. */
  facts(): RejectFacts;
  /** Bytes that were read so far; undefined where they are not read by us. */
  bytes(): number | undefined;
  /** Ends the reading, wherever it is, and removes what was copied for it. */
  readonly close: () => Promise<void>;
}
