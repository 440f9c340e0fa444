/**
 * The least length that a value's JSON text can have, for generated parsers; NaN for a value that its column does not
 * hold. A text no longer than that, except for a few blanks, has no key twice or unknown, no half of a surrogate pair in
 * an escape, and no digit that a double lost: none of those needs a look of its own.
 */
import { isIsoTimestamp } from './time.js';
import { isFoldedKey, isLowerCaseJson, isRecord } from './values.js';

/**
 * The least length of a number: no notation of it is shorter. `1000` may be written `1e3`.
 *
 * @example
 * ```ts
 * import { leastOfNumber } from '@store/glue-schema/runtime';
 *
 * console.log(leastOfNumber(12.5), leastOfNumber(1000), leastOfNumber('12.5')); // 4 3 NaN
 * ```
 */
export function leastOfNumber(value: unknown): number {
  if (typeof value !== 'number') return NaN;
  if ((value | 0) === value) return leastOfInt(value);
  // Prices and coordinates come again and again: a third of the time of counting their digits.
  const place = (value * 1021) & 255;
  return knownNumbers[place] === value ? (knownLengths[place] ?? NaN) : keepLength(value, place);
}

const knownNumbers = /* @__PURE__ */ new Float64Array(256);
const knownLengths = /* @__PURE__ */ new Uint8Array(256);

function keepLength(value: number, place: number): number {
  const size = Math.abs(value);
  if (!(size < Infinity)) return NaN;
  // Such a number is shorter with an exponent.
  const isShorter = size < 0.01 || size >= 1e15 || size % 1000 === 0;
  const least = (value < 0 ? 1 : 0) + (isShorter ? 3 : String(size).length);
  knownNumbers[place] = value;
  knownLengths[place] = least;
  return least;
}

/**
 * The least length of a 32-bit whole number; NaN for any other value.
 *
 * @example
 * ```ts
 * import { leastOfInt32 } from '@store/glue-schema/runtime';
 *
 * console.log(leastOfInt32(-20), leastOfInt32(0.5)); // 3 NaN
 * ```
 */
export function leastOfInt32(value: unknown): number {
  return typeof value === 'number' && (value | 0) === value ? leastOfInt(value) : NaN;
}

/** Lengths of -2048 to 2047: a table, since comparisons of numbers that vary are mispredicted. */
const smallLengths = /* @__PURE__ */ Uint8Array.from({ length: 4096 }, (_, n) => lengthOfInt(n - 2048));

function leastOfInt(value: number): number {
  const place = value + 2048;
  return place >= 0 && place < 4096 ? (smallLengths[place] ?? 0) : lengthOfInt(value);
}

function lengthOfInt(value: number): number {
  const size = Math.abs(value);
  const sign = value < 0 ? 1 : 0;
  if (size < 1000) return sign + (size < 10 ? 1 : size < 100 ? 2 : 3);
  // It is shorter with an exponent.
  if (size % 1000 === 0) return sign + 3;
  if (size < 1e6) return sign + (size < 1e4 ? 4 : size < 1e5 ? 5 : 6);
  return sign + (size < 1e8 ? (size < 1e7 ? 7 : 8) : size < 1e9 ? 9 : 10);
}

/** Deeper JSON is read by the reader that counts how deep it is. */
const MOST_LEVELS = 256;

/** More may have lost digits: 16 of them are told from a double's only by their text. */
const MOST_EXACT = 11;

/**
 * The least length of a number or text of a column that loses no digit; NaN for a number that may have lost one.
 *
 * @example
 * ```ts
 * import { leastOfExact } from '@store/glue-schema/runtime';
 *
 * console.log(leastOfExact(4.99), leastOfExact('4.99'), leastOfExact(2 ** 53)); // 4 6 NaN
 * ```
 */
export function leastOfExact(value: unknown): number {
  if (typeof value === 'string') return value.length + 2;
  const least = leastOfNumber(value);
  return least <= MOST_EXACT ? least : NaN;
}

/** The lowest and the highest character of each place of an instant as `Date.toJSON` writes it. */
const lowest = /* @__PURE__ */ Uint8Array.from('2000-00-00T00:00:00.000Z', (digit) => digit.charCodeAt(0));
const highest = /* @__PURE__ */ Uint8Array.from('2199-19-29T29:59:59.999Z', (digit) => digit.charCodeAt(0));

/**
 * The least length of an ISO 8601 instant ({@link isIsoTimestamp}); NaN for any other value.
 *
 * @example
 * ```ts
 * import { leastOfInstant } from '@store/glue-schema/runtime';
 *
 * console.log(leastOfInstant('2026-01-05T08:30:00Z'), leastOfInstant('2026-02-30T08:30:00Z')); // 22 NaN
 * ```
 */
export function leastOfInstant(value: unknown): number {
  if (typeof value !== 'string') return NaN;
  return isUsual(value) || isIsoTimestamp(value) ? value.length + 2 : NaN;
}

/**
 * Whether a text is an instant as `Date.toJSON` writes it, in the years 2000 to 2199 and on a day that every month has:
 * nearly all are. In two thirds of the time of a regular expression, which was the largest part of a parser's check.
 */
function isUsual(text: string): boolean {
  if (text.length !== 24) return false;
  for (let at = 0; at < 24; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < (lowest[at] ?? 0) || unit > (highest[at] ?? 0)) return false;
  }
  // Two digits as one number: "0" is 48, so "00" is 528.
  const month = text.charCodeAt(5) * 10 + text.charCodeAt(6);
  const day = text.charCodeAt(8) * 10 + text.charCodeAt(9);
  const hour = text.charCodeAt(11) * 10 + text.charCodeAt(12);
  return month > 528 && month <= 540 && day > 528 && day <= 556 && hour <= 551;
}

/**
 * The least length of a whole number that a double holds; NaN for any other value, and for one that may have lost digits.
 *
 * @example
 * ```ts
 * import { leastOfLong } from '@store/glue-schema/runtime';
 *
 * console.log(leastOfLong(17), leastOfLong(0.5), leastOfLong(2 ** 50)); // 2 NaN NaN
 * ```
 */
export function leastOfLong(value: unknown): number {
  if (typeof value !== 'number') return NaN;
  if ((value | 0) === value) return leastOfInt(value);
  return Number.isSafeInteger(value) ? leastOfExact(value) : NaN;
}

/**
 * The least length of one of a closed list of values.
 *
 * @example
 * ```ts
 * import { leastOfOne } from '@store/glue-schema/runtime';
 *
 * console.log(leastOfOne(new Set(['web', 'shop']), 'web')); // 5
 * ```
 */
export function leastOfOne(values: ReadonlySet<unknown>, value: unknown): number {
  if (!values.has(value)) return NaN;
  if (typeof value === 'string') return value.length + 2;
  return typeof value === 'boolean' ? (value ? 4 : 5) : leastOfNumber(value);
}

/**
 * The least length of an array.
 *
 * @example
 * ```ts
 * import { leastOfArray, leastOfNumber } from '@store/glue-schema/runtime';
 *
 * console.log(leastOfArray([1, 20], leastOfNumber)); // 6
 * ```
 */
export function leastOfArray(value: unknown, item: (item: unknown) => number): number {
  if (!Array.isArray(value)) return NaN;
  let least = value.length === 0 ? 2 : value.length + 1;
  for (const one of value) least += item(one);
  return least;
}

/**
 * The least length of an object all of whose keys are stored as they are.
 *
 * @example
 * ```ts
 * import { leastOfMap, leastOfNumber } from '@store/glue-schema/runtime';
 *
 * console.log(leastOfMap({ a: 1 }, leastOfNumber), leastOfMap({ A: 1 }, leastOfNumber)); // 7 NaN
 * ```
 */
export function leastOfMap(
  value: unknown,
  item: (item: unknown) => number,
  keyTest: (key: string) => boolean = isFoldedKey,
): number {
  if (!isRecord(value)) return NaN;
  let least = 1;
  for (const [key, one] of Object.entries(value)) least += keyTest(key) ? key.length + 4 + item(one) : NaN;
  return Math.max(2, least);
}

/**
 * The least length of any JSON whose keys are lower case.
 *
 * @example
 * ```ts
 * import { leastOfJson } from '@store/glue-schema/runtime';
 *
 * console.log(leastOfJson({ a: [1, null] })); // 14
 * ```
 */
export function leastOfJson(value: unknown): number {
  if (!isLowerCaseJson(value)) return NaN;
  let least = 0;
  // Level by level: the value is as deep as its sender wants.
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MOST_LEVELS) return NaN;
    const next: unknown[] = [];
    for (const item of level) least += leastOfPart(item, next);
    level = next;
  }
  return least;
}

/** The least length of a value of JSON without what is in it, which goes to `next`. */
function leastOfPart(item: unknown, next: unknown[]): number {
  if (typeof item === 'string') return item.length + 2;
  if (typeof item === 'boolean') return item ? 4 : 5;
  if (item === null) return 4;
  if (!isRecord(item) && !Array.isArray(item)) return leastOfNumber(item);
  const entries = Object.entries(item);
  let least = Math.max(2, entries.length + 1);
  for (const [key, each] of entries) {
    if (!Array.isArray(item)) least += key.length + 3;
    next.push(each);
  }
  return least;
}
