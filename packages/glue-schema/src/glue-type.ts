/** A Glue (Hive) type as its type string says it; `parseGlueType` reads it, `formatGlueType` writes it. */
export type GlueType =
  | {
      readonly kind:
        | 'boolean'
        | 'tinyint'
        | 'smallint'
        | 'int'
        | 'bigint'
        | 'float'
        | 'double'
        | 'string'
        | 'binary'
        | 'date'
        | 'timestamp';
    }
  | { readonly kind: 'decimal'; readonly precision: number; readonly scale: number }
  | { readonly kind: 'char' | 'varchar'; readonly length: number }
  | { readonly kind: 'array'; readonly element: GlueType }
  | { readonly kind: 'map'; readonly key: GlueType; readonly value: GlueType }
  | { readonly kind: 'struct'; readonly fields: readonly GlueField[] };

/** One field of a Glue struct type. */
export interface GlueField {
  /** Name of the field. */
  readonly name: string;
  /** What it holds. */
  readonly type: GlueType;
}

/** A column as Glue's API, console and CLI write it. */
export interface GlueColumn {
  /** Name of the column, lower case. */
  readonly Name: string;
  /** Type text: `struct<city:string>`. */
  readonly Type: string;
  /** One line, at most 255 characters. */
  readonly Comment?: string;
}
