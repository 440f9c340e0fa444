import type { Column } from './table-schema.js';
import type { TagDescription } from './tags.js';

/**
 * The columns that a manifest of `T` must have, by JSON key. A generated module writes
 * `{ … } as const satisfies ColumnsOf<T>`, so that a type that moved on without its manifest fails `tsc`.
 *
 * Fields of a struct get a proof of their own (`ColumnsOf<T['location']>`), since their order cannot be
 * derived in the type system. `Stated` names keys whose column, or absence, a JSDoc tag states, which types cannot see.
 */
export type ColumnsOf<T, Stated extends PropertyKey = never> = ColumnsOfWritten<Written<T>, Stated>;

type ColumnsOfWritten<T, Stated extends PropertyKey> = {
  readonly [Key in Exclude<DataKey<T>, Stated>]: ColumnOf<T, Key>;
} & Readonly<Partial<Record<Stated, Column>>>;

/** What JSON.stringify writes of a `T`. */
type Written<T> = T extends { toJSON: (...args: never[]) => infer Returned } ? Returned : T;

/**
 * `true` where a closed set has just the written members (numbers as text), else `never`. A generated module
 * writes `true satisfies SameValues<…>`, so that a value that joins or leaves the set fails `tsc` too.
 */
export type SameValues<Value extends string | number | bigint | boolean, Written extends string> = [
  `${Value}`,
] extends [Written]
  ? [Written] extends [`${Value}`]
    ? true
    : never
  : never;

/** String keys, numbers as text: what JSON has for them. Keys of an index signature are no columns. */
type DataKey<T> = keyof {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- `{}` has every key of a signature, and no named one
  [Key in keyof T as {} extends Record<Key, 1> ? never : Key extends symbol ? never : Key]: 1;
};

type ColumnOf<T, Key extends keyof T> = {
  readonly name: string;
  readonly jsonKey?: string;
  readonly comment?: string;
  readonly description?: string;
  readonly renamedFrom?: string;
  readonly partitionKey?: true;
  readonly type: TypeOf<NonNullable<T[Key]>>;
} & (MayBeAbsent<T, Key> extends true ? { readonly optional: true } : { readonly optional?: never }) &
  (null extends T[Key] ? { readonly nullable: true } : { readonly nullable?: never });

type MayBeAbsent<T, Key extends keyof T> =
  object extends Pick<T, Key> ? true : undefined extends T[Key] ? true : false;

/** `never`, which nothing satisfies, for every type that has no honest column. */
type TypeOf<Value> = 0 extends 1 & Value
  ? never
  : unknown extends Value
    ? never
    : [Value] extends [never]
      ? never
      : [TagDescription<Value>] extends [never]
        ? Untagged<Value>
        : Tagged<TagDescription<Value>, Value>;

type Untagged<Value> = [Value] extends [boolean]
  ? { readonly kind: 'boolean'; readonly values?: readonly Value[] }
  : [Value] extends [string]
    ? string extends Value
      ? { readonly kind: 'string' }
      : { readonly kind: 'string'; readonly values?: readonly `${Value}`[] }
    : [Value] extends [number]
      ? NumberType<Value>
      : [Value] extends [bigint]
        ? { readonly kind: 'bigint'; readonly wire: 'string'; readonly values?: readonly `${Value}`[] }
        : [Value] extends [Date]
          ? { readonly kind: 'timestamp'; readonly wire: 'iso' }
          : [Value] extends [readonly (infer Element)[]]
            ? {
                readonly kind: 'array';
                readonly element: TypeOf<NonNullable<Element>>;
              } & ElementNull<Element>
            : [Value] extends [{ toJSON: (...args: never[]) => infer Returned }]
              ? TypeOf<NonNullable<Returned>>
              : [Value] extends [object]
                ? ObjectType<Value>
                : never;

// A numeric enum accepts every number, so `number extends Value` cannot tell; its text form can.
type NumberType<Value extends number> = `${number}` extends `${Value}`
  ? { readonly kind: 'double' }
  : | { readonly kind: 'double'; readonly values?: readonly Value[] }
    | { readonly kind: 'int'; readonly values: readonly number[] }
    | { readonly kind: 'bigint'; readonly wire: 'number'; readonly values: readonly number[] };

type ElementNull<Element> = null extends Element
  ? { readonly elementNullable: true }
  : undefined extends Element
    ? { readonly elementNullable: true }
    : { readonly elementNullable?: never };

type ObjectType<Value> =
  IsUnion<Value> extends true
    ? never
    : Value extends (...args: never[]) => unknown
      ? never
      : HasIndex<Value> extends true
        ? {
            readonly kind: 'map';
            readonly key: { readonly kind: 'string' };
            readonly value: TypeOf<NonNullable<Value[keyof Value]>>;
          } & ValueNull<Value[keyof Value]>
        : { readonly kind: 'struct'; readonly fields: readonly Column[] };

// `{}` matches an index signature, which demands no key, and nothing with a required name.
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- here `{}` is meant: no key at all
type HasIndex<Value> = {} extends Record<keyof Value, unknown> ? true : false;

type ValueNull<Value> = null extends Value
  ? { readonly valueNullable: true }
  : undefined extends Value
    ? { readonly valueNullable: true }
    : { readonly valueNullable?: never };

type IsUnion<Value, Whole = Value> = Value extends unknown ? ([Whole] extends [Value] ? false : true) : never;

type Tagged<Description, Value> = Description extends { type: 'decimal'; precision: infer P; scale: infer S }
  ? { readonly kind: 'decimal'; readonly precision: P; readonly scale: S }
  : Description extends { type: 'varchar' | 'char'; length: infer Length }
    ? { readonly kind: Description['type']; readonly length: Length }
    : Description extends { type: 'timestamp'; wire: infer Wire }
      ? { readonly kind: 'timestamp'; readonly wire: Wire }
      : Description extends { json: true }
        ? { readonly kind: 'string'; readonly json: true }
        : Description extends { type: 'bigint' }
          ? { readonly kind: 'bigint'; readonly wire: Value extends bigint ? 'string' : 'number' }
          : Description extends { type: infer Kind }
            ? { readonly kind: Kind }
            : never;
