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

/** The Standard Schema interface (standardschema.dev, version 1), so that form and API libraries take our validators. */
export interface StandardSchema<T> {
  /** As the standard names it. */
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => StandardResult<T>;
    readonly types?: { readonly input: T; readonly output: T } | undefined;
  };
}

/** What a Standard Schema answers. */
export type StandardResult<T> =
  | { readonly value: T; readonly issues?: undefined }
  | { readonly issues: readonly { readonly message: string; readonly path: readonly (string | number)[] }[] };

/**
 * Wraps a generated validator as a Standard Schema.
 *
 * @example
 * ```ts
 * import { toStandardSchema } from '@store/glue-schema/runtime';
 *
 * const schema = toStandardSchema<string>((value) =>
 *   typeof value === 'string'
 *     ? { ok: true, value }
 *     : { ok: false, issues: [{ code: 'TYPE_MISMATCH', path: [], message: 'Expected text' }] },
 * );
 * console.log(schema['~standard'].validate('shelf')); // { ok: true, value: 'shelf' }
 * ```
 */
export function toStandardSchema<T>(validate: (value: unknown) => ValidationResult<T>): StandardSchema<T> {
  // Our results already have the shape of a Standard Schema's: `value`, or `issues`.
  return { '~standard': { version: 1, vendor: '@store/glue-schema', validate } };
}
