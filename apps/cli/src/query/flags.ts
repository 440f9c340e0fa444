import type { CommonFlags } from '../options/common-options.js';

/** Flags of `store query`. */
export interface QueryFlags extends CommonFlags {
  readonly named?: string;
  readonly data: string;
  readonly athena?: boolean;
  readonly workgroup?: string;
  readonly format?: 'table' | 'csv' | 'json' | 'parquet';
  readonly output?: string;
  readonly limit?: number;
  readonly csvRaw?: boolean;
  /** Seconds. */
  readonly timeout?: number;
  /** MiB. */
  readonly memory?: number;
}

/** The forms that rows can have. */
export type Format = NonNullable<QueryFlags['format']>;
