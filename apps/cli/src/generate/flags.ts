import type { CommonFlags } from '../options/common-options.js';
import type { WorldFlags } from '../options/world-flags.js';

/** Flags of `store generate`. */
export interface GenerateFlags extends CommonFlags, WorldFlags {
  readonly format?: 'ndjson' | 'csv' | 'parquet';
  readonly csvRaw?: boolean;
  readonly output: string;
  readonly partitionBy?: 'date' | 'datehour';
  /** A file's name, or true to draw on standard output only. */
  readonly plot?: string | true;
  readonly series?: readonly string[];
}
