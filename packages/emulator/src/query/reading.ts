import type { CatalogTable } from '../lake/table-catalog.js';
import type { ServiceError } from '../wire/service-error.js';

/** What a query must say of injected partition keys: nothing where it is only described. */
export type InjectedColumns = ReadonlySet<string> | 'unchecked';

/**
 * How products of decimals within a sum are calculated: with all their digits, or in 18 where neither factor has more,
 * which fails beyond those. Sums of such products cost a ninth (bench/athena-speed.bench.ts).
 */
export type Products = 'exact' | 'quick';

/** A SELECT that is to be rewritten for DuckDB. */
export interface Translation {
  readonly kind: 'translate';
  readonly sql: string;
  readonly parameters: readonly string[];
  readonly database: string | undefined;
  readonly given: InjectedColumns;
  readonly products: Products;
}

/**
 * Work on the text of a statement alone. It is done where queries run: of the longest statement that Athena takes it is
 * seconds, in which the endpoint would answer nobody.
 */
export type Reading =
  /** Whether it parses; a refusal has its place. */
  | { readonly kind: 'check'; readonly sql: string }
  | Translation
  /** Its plan, with the names of its columns. */
  | {
      readonly kind: 'plan';
      readonly sql: string;
      readonly parameters: readonly string[];
      readonly columns: readonly string[];
    };

/** A SELECT in DuckDB's SQL. */
export interface Translated {
  readonly text: string;
  /** The tables and views that it names, by `viewKey`; a table with its hidden column goes by that name too. */
  readonly named: ReadonlySet<string>;
  /** Columns that it gives values, with those that were given before. */
  readonly given: InjectedColumns;
}

/** What comes of each reading. */
export interface ReadResults {
  readonly check: undefined;
  readonly translate: Translated;
  readonly plan: readonly string[];
}

/** A table by its database and name. */
export type TableName = readonly [database: string, name: string];

/** Looks up those tables of the catalog that are there. */
export type LookUp = (names: readonly TableName[]) => Promise<readonly CatalogTable[]>;

/** What came of a reading, in the form in which it travels between processes. */
export type ReadingOutcome =
  | { readonly kind: 'value'; readonly of: Reading['kind']; readonly value: ReadResults[Reading['kind']] }
  | { readonly kind: 'failure'; readonly message: string }
  | {
      readonly kind: 'refusal';
      readonly code: string;
      readonly message: string;
      readonly status: number;
      readonly facts: ServiceError['facts'];
    }
  | { readonly kind: 'fault'; readonly message: string };
