/**
 * How long JSON may become, for generated encoders: what does not surely fit is written elsewhere first.
 */
import { isInstant, plainOf, type RecordMembers } from './plain-values.js';

/**
 * The longest that text may become, without its quotes: six bytes a unit. NaN, which fits nowhere, for others.
 *
 * @example
 * ```ts
 * import { sizeOfText } from '@store/glue-schema/runtime';
 *
 * console.log(sizeOfText('shelf')); // 30
 * ```
 */
export function sizeOfText(value: unknown): number {
  return typeof value === 'string' ? 6 * value.length : NaN;
}

/**
 * What a number needs beyond the 25 bytes that every number is given.
 *
 * @example
 * ```ts
 * import { sizeOfNumber } from '@store/glue-schema/runtime';
 *
 * console.log(sizeOfNumber(12.5)); // 0
 * ```
 */
export function sizeOfNumber(value: unknown): number {
  return typeof value === 'number' || typeof value === 'boolean' ? 0 : NaN;
}

/**
 * {@link sizeOfText} or {@link sizeOfNumber}; a `Date` and a 64-bit bigint are short text.
 *
 * @example
 * ```ts
 * import { sizeOfScalar } from '@store/glue-schema/runtime';
 *
 * console.log(sizeOfScalar('12.50'), sizeOfScalar(12.5)); // 30 0
 * ```
 */
export function sizeOfScalar(value: unknown): number {
  if (typeof value === 'number') return 0;
  if (typeof value === 'bigint') return BigInt.asIntN(64, value) === value ? 0 : NaN;
  // With its quotes an instant is 4 bytes longer than a number may be.
  return isInstant(value) ? 4 : sizeOfText(value);
}

/**
 * The longest that any value may become; NaN for one that JSON has not.
 *
 * @example
 * ```ts
 * import { sizeOfJson } from '@store/glue-schema/runtime';
 *
 * console.log(sizeOfJson({ a: 1 }) >= '{"a":1}'.length); // true
 * ```
 */
export function sizeOfJson(value: unknown): number {
  return 3 * (jsonText(value)?.length ?? NaN);
}

/** JSON as `JSON.stringify` writes it, with digits in a string for a bigint; undefined for what has no JSON. */
export function jsonText(value: unknown): string | undefined {
  // JSON.stringify answers undefined for undefined, functions and symbols; its declaration does not say so.
  return JSON.stringify(value, bigintAsText);
}

const bigintAsText = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint' ? String(value) : value;

let scratch: Uint8Array | undefined;

/**
 * Encodes where the longest possible event does not fit but this one may, or where a value is not of the type
 * that its column says: into scratch memory first, so that the buffer stays as it was when it is too small. Such a
 * value is first made what `toJSON` says, record by record.
 *
 * @param members - the keys of the event, with those of each record inside it
 *
 * @example
 * ```ts
 * import { encodeTight, putJson } from '@store/glue-schema/runtime';
 *
 * const buffer = new Uint8Array(64);
 * const end = encodeTight(putJson, { a: 1 }, Number.NaN, buffer, 0, { a: null });
 * console.log(new TextDecoder().decode(buffer.subarray(0, end))); // {"a":1}
 * ```
 */
export function encodeTight<T>(
  write: (event: T, buffer: Uint8Array, at: number) => number,
  given: T,
  most: number,
  buffer: Uint8Array,
  offset: number,
  members: RecordMembers,
): number {
  // What is written looks only at the columns, and takes each for what it finds.
  const event = Number.isNaN(most) ? (plainOf(given, members) as T) : given;
  const enough = Number.isNaN(most) ? 1024 + 4 * sizeOfJson(event) : most;
  const memory =
    scratch !== undefined && scratch.length >= enough ? scratch : new Uint8Array(Math.max(4096, 2 * enough));
  // Nobody else's while it is written to: a `toJSON` of the event may encode another one.
  scratch = undefined;
  const length = write(event, memory, 0);
  scratch = memory;
  if (offset + length > buffer.length) return -length;
  buffer.set(memory.subarray(0, length), offset);
  return offset + length;
}
