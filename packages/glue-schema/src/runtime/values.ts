/**
 * What a value must be for Firehose's OpenX conversion to store it as it is. Generated validators call these;
 * each is small, so that the JIT inlines it.
 */

/**
 * True for objects that are neither null nor arrays.
 *
 * @example
 * ```ts
 * import { isRecord } from '@store/glue-schema/runtime';
 *
 * console.log(isRecord({}), isRecord([])); // true false
 * ```
 */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * True for a plain object of this many keys; one that may inherit a column is looked at again by the slow
 * path.
 *
 * @example
 * ```ts
 * import { hasKeys } from '@store/glue-schema/runtime';
 *
 * console.log(hasKeys({ id: 1 }, 1), hasKeys({ id: 1 }, 2)); // true false
 * ```
 */
export function hasKeys(value: object, count: number): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return (prototype === Object.prototype || prototype === null) && Object.keys(value).length === count;
}

/**
 * True for text whose surrogates are paired: half a pair would be stored as "?".
 *
 * @example
 * ```ts
 * import { isText } from '@store/glue-schema/runtime';
 *
 * console.log(isText('shelf'), isText('\ud800')); // true false
 * ```
 */
export function isText(value: unknown): value is string {
  // Node 20 has isWellFormed (3 ns a string); the library declarations for ES2023 do not know it.
  return typeof value === 'string' && (value as unknown as WellFormed).isWellFormed();
}

interface WellFormed {
  isWellFormed(): boolean;
}

/**
 * True for 32-bit whole numbers.
 *
 * @example
 * ```ts
 * import { isInt32 } from '@store/glue-schema/runtime';
 *
 * console.log(isInt32(7), isInt32(2 ** 31)); // true false
 * ```
 */
export function isInt32(value: unknown): value is number {
  return typeof value === 'number' && (value | 0) === value;
}

/**
 * True for whole numbers of this many bits, sign included.
 *
 * @example
 * ```ts
 * import { isIntOf } from '@store/glue-schema/runtime';
 *
 * console.log(isIntOf(127, 8), isIntOf(128, 8)); // true false
 * ```
 */
export function isIntOf(value: unknown, bits: number): value is number {
  return typeof value === 'number' && (value << (32 - bits)) >> (32 - bits) === value;
}

/** True for finite numbers. */
export function isDouble(value: unknown): value is number {
  return typeof value === 'number' && value - value === 0;
}

/**
 * True for numbers that stay finite in single precision.
 *
 * @example
 * ```ts
 * import { isFloat } from '@store/glue-schema/runtime';
 *
 * console.log(isFloat(1.5), isFloat(1e39)); // true false
 * ```
 */
export function isFloat(value: unknown): value is number {
  return typeof value === 'number' && isDouble(Math.fround(value));
}

/**
 * True for text of at most `length` code points; a `char` also keeps no blanks at its end.
 *
 * @example
 * ```ts
 * import { isBoundedText } from '@store/glue-schema/runtime';
 *
 * console.log(isBoundedText('abc', 3), isBoundedText('abcd', 3)); // true false
 * ```
 */
export function isBoundedText(value: unknown, length: number, char?: boolean): value is string {
  return (
    isText(value) &&
    (value.length <= length || (value.length <= 2 * length && Array.from(value).length <= length)) &&
    !(char === true && value.endsWith(' '))
  );
}

/**
 * True for `int64` as decimal digits in text, which is what the encoder writes of a bigint.
 *
 * @example
 * ```ts
 * import { isInt64 } from '@store/glue-schema/runtime';
 *
 * console.log(isInt64('9223372036854775807'), isInt64('9223372036854775808')); // true false
 * ```
 */
export function isInt64(value: unknown): value is string {
  if (typeof value !== 'string' || !/^-?[0-9]{1,19}$/.test(value)) return false;
  const number = BigInt(value);
  return BigInt.asIntN(64, number) === number;
}

/**
 * True for seconds since 1970 that are not taken for milliseconds and stay in the years 1677 to 2262.
 *
 * @example
 * ```ts
 * import { isEpochSeconds } from '@store/glue-schema/runtime';
 *
 * console.log(isEpochSeconds(1_764_000_000), isEpochSeconds(1_764_000_000_000)); // true false
 * ```
 */
export function isEpochSeconds(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= 9_223_372_036;
}

/**
 * True for milliseconds since 1970 that are not taken for seconds and stay in the years 1677 to 2262.
 *
 * @example
 * ```ts
 * import { isEpochMillis } from '@store/glue-schema/runtime';
 *
 * console.log(isEpochMillis(1_764_000_000_000), isEpochMillis(1_764_000_000)); // true false
 * ```
 */
export function isEpochMillis(value: unknown): value is number {
  if (typeof value !== 'number') return false;
  // What is smaller is read as seconds, and only 0 is the same instant then.
  return value === 0 || (Math.abs(value) >= 1e12 && Math.abs(value) <= 9_223_372_036_854);
}

/**
 * True for a JSON value whose keys are lower case at any depth: OpenX folds those it stores as text.
 *
 * @example
 * ```ts
 * import { isLowerCaseJson } from '@store/glue-schema/runtime';
 *
 * console.log(isLowerCaseJson({ a: [1] }), isLowerCaseJson({ A: 1 })); // true false
 * ```
 */
export function isLowerCaseJson(value: unknown): boolean {
  if (value === null) return false;
  // With a stack of its own: the value is as deep as its sender wants.
  const open: unknown[] = [value];
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    if (typeof item === 'string') {
      if (!isText(item)) return false;
    } else if (typeof item !== 'object') {
      if (typeof item !== 'boolean' && !isDouble(item)) return false;
    } else if (item !== null) {
      if (!Array.isArray(item) && !Object.keys(item).every(isFoldedKey)) return false;
      // Any object has string keys.
      for (const each of Object.values(item as Readonly<Record<string, unknown>>)) {
        if (each === undefined) return false;
        open.push(each);
      }
    }
  }
  return value !== undefined;
}

/**
 * True for keys that OpenX stores as they are: it folds those of maps.
 *
 * @example
 * ```ts
 * import { isFoldedKey } from '@store/glue-schema/runtime';
 *
 * console.log(isFoldedKey('price'), isFoldedKey('Price')); // true false
 * ```
 */
export function isFoldedKey(key: string): boolean {
  return key === key.toLowerCase() && isText(key);
}

/**
 * True for text in base64.
 *
 * @example
 * ```ts
 * import { isBase64 } from '@store/glue-schema/runtime';
 *
 * console.log(isBase64('c3RvcmU='), isBase64('store')); // true false
 * ```
 */
export function isBase64(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(value)
  );
}

/**
 * True for an array all of whose items pass.
 *
 * @example
 * ```ts
 * import { isArrayOf } from '@store/glue-schema/runtime';
 *
 * console.log(isArrayOf([1, 2], Number.isInteger), isArrayOf([0.5], Number.isInteger)); // true false
 * ```
 */
export function isArrayOf(value: unknown, test: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(test);
}

/**
 * True for an object all of whose values pass and whose keys are stored as they are.
 *
 * @example
 * ```ts
 * import { isMapOf } from '@store/glue-schema/runtime';
 *
 * console.log(isMapOf({ a: 1 }, Number.isInteger), isMapOf({ A: 1 }, Number.isInteger)); // true false
 * ```
 */
export function isMapOf(
  value: unknown,
  test: (item: unknown) => boolean,
  keyTest: (key: string) => boolean = isFoldedKey,
): boolean {
  return isRecord(value) && Object.entries(value).every(([key, item]) => keyTest(key) && test(item));
}

/**
 * True for a key that is the digits of a whole number of this many bits, as they are written.
 *
 * @example
 * ```ts
 * import { isIntKey } from '@store/glue-schema/runtime';
 *
 * console.log(isIntKey('7', 8), isIntKey('007', 8)); // true false
 * ```
 */
export function isIntKey(key: string, bits: number): boolean {
  return String(Number(key)) === key && isIntOf(Number(key), bits);
}

/**
 * True for a key that is the digits of an `int64`, as they are written.
 *
 * @example
 * ```ts
 * import { isInt64Key } from '@store/glue-schema/runtime';
 *
 * console.log(isInt64Key('7'), isInt64Key('007')); // true false
 * ```
 */
export function isInt64Key(key: string): boolean {
  return isInt64(key) && String(BigInt(key)) === key;
}
