import type { TagDescription } from './tags.js';

/**
 * What `JSON.stringify` writes of a `T`, read back: dates are text, what has a `toJSON` is what it returns, functions and
 * symbols are gone, `string | undefined` is a key that may be absent, and an undefined element of an array is null. A
 * bigint, which JSON does not have, is its digits, as the generated encoder writes it: `10n` is `'10'`. Tagged types stay what they are.
 *
 * @example
 * ```ts
 * import type { Wire } from '@store/glue-schema';
 *
 * interface Visit {
 *   id: string;
 *   at: Date;
 *   leave?(): void;
 * }
 * const visit: Wire<Visit> = { id: 'a', at: '2026-01-05T08:30:00.000Z' };
 * console.log(visit.at.length); // 24
 * ```
 */
export type Wire<T> = unknown extends T ? T : [TagDescription<T>] extends [never] ? WireOf<T> : TaggedWire<T>;

/** A tag keeps its own wire form; a bigint is text with one, too, and `Json<…>` is what its value is. */
type TaggedWire<T> = T extends bigint
  ? WireOf<T>
  : T extends string | number | boolean | readonly unknown[]
    ? T
    : [Exclude<keyof T, symbol>] extends [never]
      ? T
      : WireObject<T>;

type WireOf<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends bigint
    ? bigint extends T
      ? string
      : `${T}`
    : T extends symbol | ((...args: never[]) => unknown)
      ? undefined
      : T extends { toJSON: (...args: never[]) => infer Returned }
        ? Wire<Returned>
        : T extends Boxed
          ? WireOf<ReturnType<T['valueOf']>>
          : T extends ReadonlyMap<unknown, unknown> | ReadonlySet<unknown>
            ? Record<string, never>
            : T extends readonly unknown[]
              ? { [Index in keyof T]: WireElement<T[Index]> }
              : T extends object
                ? WireObject<T>
                : T;

/** What JSON.stringify writes as the primitive that it holds. */
// eslint-disable-next-line @typescript-eslint/no-wrapper-object-types -- the boxes themselves are meant
type Boxed = Number | String | Boolean | BigInt;

type WireElement<T> = undefined extends Wire<T> ? Exclude<Wire<T>, undefined> | null : Wire<T>;

/** Keys that JSON has, each as far as it says of itself that it may be absent. */
type WireObject<T> = {
  [Key in keyof T as undefined extends Wire<T[Key]> ? never : Key extends symbol ? never : Key]: Wire<T[Key]>;
} & {
  [
    Key in keyof T as undefined extends Wire<T[Key]>
      ? Key extends symbol
        ? never
        : [Exclude<Wire<T[Key]>, undefined>] extends [never]
          ? never
          : Key
      : never
  ]?: Exclude<Wire<T[Key]>, undefined>;
} extends infer Whole
  ? { [Key in keyof Whole]: Whole[Key] }
  : never;
