/**
 * Tags that narrow a TypeScript primitive to one Glue column type.
 *
 * A tag is a phantom optional property: plain numbers and strings assign to it, arithmetic and JSON work
 * unchanged, nothing exists at run time; only the schema compiler and `ColumnsOf` read it.
 */
declare const glueTag: unique symbol;

/** A primitive `Base` that carries the column description `Description` for the schema compiler. */
export type Tagged<Base, Description> = Base & { readonly [glueTag]?: Description };

/** 8-bit signed integer: Glue `tinyint`. */
export type TinyInt = Tagged<number, { type: 'tinyint' }>;
/** 16-bit signed integer: Glue `smallint`. */
export type SmallInt = Tagged<number, { type: 'smallint' }>;
/** 32-bit signed integer: Glue `int`. */
export type Int32 = Tagged<number, { type: 'int' }>;
/** 64-bit signed integer within the safe integers of JavaScript: Glue `bigint`. */
export type Int64 = Tagged<number, { type: 'bigint' }>;
/** Single-precision number: Glue `float`. */
export type Float32 = Tagged<number, { type: 'float' }>;
/**
 * Exact decimal of `Precision` digits, `Scale` of them after the point: Glue `decimal(p,s)`.
 * On the wire a string (`"12.50"`), or a number when the precision is at most 15 digits.
 */
export type Decimal<Precision extends number, Scale extends number> =
  | Tagged<string, { type: 'decimal'; precision: Precision; scale: Scale }>
  | Tagged<number, { type: 'decimal'; precision: Precision; scale: Scale }>;
/** Text of at most `Length` code points: Glue `varchar(n)`, 1 to 65,535. */
export type VarChar<Length extends number> = Tagged<string, { type: 'varchar'; length: Length }>;
/** Text of at most `Length` code points: Glue `char(n)`, 1 to 255. */
export type Char<Length extends number> = Tagged<string, { type: 'char'; length: Length }>;
/** Instant as ISO 8601 text in UTC, `2026-01-05T08:30:00.000Z`: Glue `timestamp`. */
export type IsoTimestamp = Tagged<string, { type: 'timestamp'; wire: 'iso' }>;
/** Instant as seconds since 1970-01-01 UTC: Glue `timestamp`. */
export type EpochSeconds = Tagged<number, { type: 'timestamp'; wire: 'epoch-seconds' }>;
/** Instant as milliseconds since 1970-01-01 UTC: Glue `timestamp`. */
export type EpochMillis = Tagged<number, { type: 'timestamp'; wire: 'epoch-millis' }>;
/** Calendar day as text, `2026-01-05`: Glue `date`. */
export type IsoDate = Tagged<string, { type: 'date'; wire: 'iso' }>;
/** Any JSON value, kept as its text: Glue `string`. */
export type Json<Value = unknown> = Tagged<Value, { type: 'string'; json: true }>;

/** The description that a tagged type carries; `never` for a type without a tag. */
export type TagDescription<Value> = Value extends { readonly [glueTag]?: infer Description }
  ? typeof glueTag extends keyof Value
    ? NonNullable<Description>
    : never
  : never;
