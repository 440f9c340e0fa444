/** One thing wrong with a value, and where. */
export interface ValidationIssue {
  /** Stable, for machines and metrics: `TYPE_MISMATCH`, `MISSING`, `OUT_OF_RANGE`, … */
  readonly code: string;
  /** From the root to the value: `['location', 'latitude']`. */
  readonly path: readonly (string | number)[];
  /** One sentence: "Expected `current_stock` to be an int (-2147483648 to 2147483647), got 1.5". */
  readonly message: string;
}

/** What a generated validator answers. */
export type ValidationResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly issues: readonly ValidationIssue[] };
