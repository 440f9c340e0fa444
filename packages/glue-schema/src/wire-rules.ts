/**
 * The rules of a generated validator, as short tuples: they are part of its 4 KB.
 * `findIssues` reads them on the slow path; the fast path is straight code.
 */

/** What a value must look like in JSON. */
export type WireRule =
  | readonly [
      | 'boolean'
      | 'float'
      | 'double'
      | 'string'
      | 'json'
      | 'binary'
      | 'date'
      | 'iso'
      | 'epoch-seconds'
      | 'epoch-millis'
      | 'bigint'
      | 'digits',
    ]
  | readonly ['int', bits: 8 | 16 | 32]
  | readonly ['in', values: readonly (string | number)[]]
  | readonly ['decimal', precision: number, scale: number]
  | readonly ['char' | 'varchar', length: number]
  | readonly ['array' | 'map', item: WireRule, nullable?: boolean]
  | readonly ['struct', fields: readonly WireField[]];

/** One JSON key: `?` may be absent, `n` may be null. */
export type WireField = readonly [key: string, rule: WireRule, presence?: '?' | 'n' | '?n'];
