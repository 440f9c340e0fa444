import type { Reading, ReadingOutcome, TableName } from './reading.js';
import type { CatalogTable } from '../lake/table-catalog.js';
import type { EngineMacro } from './prepare-engine.js';
import type { QueryLimitName } from './query-error.js';

/**
 * What the endpoint and a process that runs queries say to each other. Both sides are compiled against this file, and
 * nobody else has the other end of the channel.
 */
export type ToProcess =
  | { readonly kind: 'open'; readonly setup: ProcessSetup }
  | { readonly kind: 'run'; readonly job: QueryJob }
  | { readonly kind: 'read'; readonly reading: Reading }
  /** The rows that came are taken: send more. */
  | { readonly kind: 'more' }
  /** Those of the tables asked for that are there. */
  | { readonly kind: 'tables'; readonly tables: readonly CatalogTable[] };

/** What a process is opened with. */
export interface ProcessSetup {
  readonly threads: number;
  /** What DuckDB may take. */
  readonly memoryBytes: number;
  /** What the whole process may take. */
  readonly residentBytes: number;
  readonly spillBytes: number;
  readonly temporaryFolder: string;
  /** Folders below which statements may read and write. */
  readonly folders: readonly string[];
  /** Statements that each connection runs first. */
  readonly settings: readonly string[];
  /** Macros, which the process makes when a statement calls them. */
  readonly macros: readonly EngineMacro[];
}

/** A table or view, as the SELECT that it stands for. */
export interface QueryView {
  /** Database that it is in. */
  readonly schema: string;
  /** Name of the view, in lower case. */
  readonly name: string;
  /** SELECT in DuckDB's SQL, which names each table with its database. */
  readonly select: string;
}

/** What a view goes by in {@link QueryJob.known}; no name of Glue's holds a NUL. */
export function viewKey(schema: string, name: string): string {
  return `${schema}\0${name}`;
}

/** One statement to run. */
export interface QueryJob {
  readonly sql: string;
  /** The statement was made by this package: what it calls was checked before. */
  readonly trusted: boolean;
  /** Views that the statement names. */
  readonly views: readonly QueryView[];
  /** Every view that may stay from before, by {@link viewKey}; others are dropped. */
  readonly known: readonly string[];
  /** Schemas that a bare name is looked for in, in order. */
  readonly search: readonly string[];
  /**
   * `plain`: numbers, text, bigints, nested values as objects; `ordered`: rows and maps as lists; `json`: as DuckDB
   * writes them to JSON.
   */
  readonly values: 'plain' | 'ordered' | 'json';
  /** Rows after which the rest is left alone, without an error. */
  readonly firstRows: number;
  readonly maxRows: number;
  readonly maxResultBytes: number;
  /** Set where bytes of data files are counted, and limited, before they are read. */
  readonly scan?: {
    readonly mostBytes: number;
    readonly tables: readonly { readonly files: number; readonly bytes: number }[];
  };
  /** Set where the rows go to a file. */
  readonly copyTo?: { readonly path: string; readonly options: string };
}

/** A column of a result. */
export interface QueryColumn {
  /** Name of the column. */
  readonly name: string;
  /** Type of its values, as DuckDB writes it. */
  readonly type: string;
}

/** From the process. */
export type FromProcess =
  /** The process is open, and the job begins. */
  | { readonly kind: 'begun' }
  | { readonly kind: 'columns'; readonly columns: readonly QueryColumn[]; readonly scannedBytes: number }
  /** Rows in the form of `v8.serialize`. */
  | { readonly kind: 'rows'; readonly bytes: Uint8Array }
  /** A reading needs to know tables by their names. */
  | { readonly kind: 'asks'; readonly names: readonly TableName[] }
  | { readonly kind: 'read'; readonly outcome: ReadingOutcome }
  | { readonly kind: 'done'; readonly rows: number }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'limit'; readonly limit: QueryLimitName; readonly most: number }
  | { readonly kind: 'failed'; readonly message: string };
