/**
 * Bytes of JSON, for generated encoders: each `put…` writes at `at`, without a bounds check of its own, and
 * returns where it stopped. The generated code has made sure that the longest possible event fits.
 */
import { scalarText } from './plain-values.js';
import { jsonText } from './record-sizes.js';

/**
 * Writes one event as JSON bytes. Generated per type by the schema compiler; `@store/firehose` takes any
 * object of this shape, so the two packages need not know each other.
 */
export interface RecordEncoder<T> {
  /**
   * Writes the event's UTF-8 JSON, no line break, from `offset` on.
   *
   * @returns the offset after the last byte, or, when the buffer is too small, minus the number of bytes
   * that the event needs; then the buffer is unchanged.
   */
  encodeInto(event: T, buffer: Uint8Array, offset: number): number;
}

const encoder = new TextEncoder();
const quote = 34;
const zero = 48;
const minus = 45;
const point = 46;

let lastBuffer: Uint8Array | undefined;
let lastView: DataView = new DataView(new ArrayBuffer(0));

/**
 * The view through which constants are written, eight bytes at a time; the last one is kept, for batches.
 *
 * @example
 * ```ts
 * import { viewOf } from '@store/glue-schema/runtime';
 *
 * const buffer = new Uint8Array(8);
 * viewOf(buffer).setUint8(0, 7);
 * console.log(buffer[0]); // 7
 * ```
 */
export function viewOf(buffer: Uint8Array): DataView {
  if (buffer !== lastBuffer) {
    lastView = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
    lastBuffer = buffer;
  }
  return lastView;
}

/**
 * Writes a JSON string; anything but text as `JSON.stringify` would.
 *
 * Four units at a time, with one store for all four and one test at the very end: three fifths of the time of one by
 * one (bench/encoder.bench.ts).
 *
 * @param view - of the same memory as `buffer`; given and not looked up, which costs a sixth of the whole encoder
 *
 * @example
 * ```ts
 * import { putString, viewOf } from '@store/glue-schema/runtime';
 *
 * const buffer = new Uint8Array(64);
 * const end = putString('shelf', buffer, 0, viewOf(buffer));
 * console.log(new TextDecoder().decode(buffer.subarray(0, end))); // "shelf"
 * ```
 */
export function putString(text: unknown, buffer: Uint8Array, at: number, view: DataView): number {
  if (typeof text !== 'string') return putJson(text, buffer, at);
  const length = text.length;
  const start = at + 1;
  let unusual = 0;
  let index = 0;
  buffer[at] = quote;
  for (; index < length - 3; index += 4) {
    const a = text.charCodeAt(index);
    const b = text.charCodeAt(index + 1);
    const c = text.charCodeAt(index + 2);
    const d = text.charCodeAt(index + 3);
    const four = a | (b << 8) | (c << 16) | (d << 24);
    unusual |= ((a | b | c | d) >> 7) | unusualOf(four);
    view.setUint32(start + index, four, true);
  }
  for (; index < length; index += 1) {
    const unit = text.charCodeAt(index);
    unusual |= (unit >> 7) | unusualOf(unit | 0x6161_6100);
    buffer[start + index] = unit;
  }
  if (unusual !== 0) return putUnusual(text, buffer, at);
  buffer[start + length] = quote;
  return start + length + 1;
}

/** Not 0 where one of four ASCII bytes is below the blank, a quote, a backslash or the last of all. */
function unusualOf(four: number): number {
  const quotes = four ^ 0x2222_2222;
  const backslashes = four ^ 0x5c5c_5c5c;
  const low =
    ((four - 0x2020_2020) & ~four) |
    ((quotes - 0x0101_0101) & ~quotes) |
    ((backslashes - 0x0101_0101) & ~backslashes);
  return (low | (four + 0x0101_0101)) & 0x8080_8080;
}

// A string that has escapes or more than ASCII: `JSON.stringify` knows every rule of it.
function putUnusual(text: string, buffer: Uint8Array, at: number): number {
  return at + encoder.encodeInto(JSON.stringify(text), buffer.subarray(at)).written;
}

/**
 * Writes a number as `JSON.stringify` does; digits in text, as a `bigint` column may hold them, in quotes.
 *
 * @example
 * ```ts
 * import { putNumber } from '@store/glue-schema/runtime';
 *
 * const buffer = new Uint8Array(64);
 * const end = putNumber(12.5, buffer, 0);
 * console.log(new TextDecoder().decode(buffer.subarray(0, end))); // 12.5
 * ```
 */
export function putNumber(value: unknown, buffer: Uint8Array, at: number): number {
  if (typeof value !== 'number') return putString(value, buffer, at, viewOf(buffer));
  if ((value | 0) === value) return putInt32(value, buffer, at);
  const millionths = Math.round(value * 1e6);
  if ((millionths | 0) === millionths && millionths / 1e6 === value)
    return putMillionths(millionths, buffer, at);
  return putAscii(value - value === 0 ? String(value) : 'null', buffer, at);
}

// So short a decimal and its double determine each other, so these digits are the ones that String finds: in half
// the time (bench/encoder.bench.ts). The fraction is not 0, for whole numbers went another way.
function putMillionths(value: number, buffer: Uint8Array, at: number): number {
  let next = at;
  if (value < 0) buffer[next++] = minus;
  const size = Math.abs(value);
  // Kept in 32 bits, where a remainder costs a multiplication.
  const whole = (size / 1e6) | 0;
  next = putDigits(whole, buffer, next);
  let fraction = (size - whole * 1e6) | 0;
  let digits = 6;
  while (fraction % 10 === 0) {
    fraction = (fraction / 10) | 0;
    digits -= 1;
  }
  buffer[next] = point;
  for (let index = next + digits; index > next; index -= 1) {
    const tenth = (fraction / 10) | 0;
    buffer[index] = zero + fraction - tenth * 10;
    fraction = tenth;
  }
  return next + digits + 1;
}

function putInt32(value: number, buffer: Uint8Array, at: number): number {
  if (value < 0) {
    if (value === -2_147_483_648) return putAscii('-2147483648', buffer, at);
    buffer[at] = minus;
    return putDigits(-value, buffer, at + 1);
  }
  return putDigits(value, buffer, at);
}

function putDigits(value: number, buffer: Uint8Array, at: number): number {
  if (value < 10) {
    buffer[at] = zero + value;
    return at + 1;
  }
  if (value < 100) {
    const tens = (value / 10) | 0;
    buffer[at] = zero + tens;
    buffer[at + 1] = zero + value - tens * 10;
    return at + 2;
  }
  const end = at + lengthOf(value);
  let rest = value;
  for (let index = end - 1; index >= at; index -= 1) {
    const tenth = (rest / 10) | 0;
    buffer[index] = zero + rest - tenth * 10;
    rest = tenth;
  }
  return end;
}

function lengthOf(value: number): number {
  if (value < 1e5) return value < 1e3 ? 3 : value < 1e4 ? 4 : 5;
  return value < 1e6 ? 6 : value < 1e7 ? 7 : value < 1e8 ? 8 : value < 1e9 ? 9 : 10;
}

/**
 * Writes text or a number, whichever a decimal or a timestamp travels as; a bigint as its digits, a `Date` as text.
 *
 * @example
 * ```ts
 * import { putScalar, viewOf } from '@store/glue-schema/runtime';
 *
 * const buffer = new Uint8Array(64);
 * const end = putScalar('12.50', buffer, 0, viewOf(buffer));
 * console.log(new TextDecoder().decode(buffer.subarray(0, end))); // "12.50"
 * ```
 */
export function putScalar(value: unknown, buffer: Uint8Array, at: number, view: DataView): number {
  if (typeof value === 'number') return putNumber(value, buffer, at);
  return putString(typeof value === 'string' ? value : scalarText(value), buffer, at, view);
}

/**
 * Writes `true` or `false`.
 *
 * @example
 * ```ts
 * import { putBoolean, viewOf } from '@store/glue-schema/runtime';
 *
 * const buffer = new Uint8Array(64);
 * const end = putBoolean(true, buffer, 0, viewOf(buffer));
 * console.log(new TextDecoder().decode(buffer.subarray(0, end))); // true
 * ```
 */
export function putBoolean(value: unknown, buffer: Uint8Array, at: number, view: DataView): number {
  if (typeof value !== 'boolean') return putJson(value, buffer, at);
  view.setUint32(at, value ? 0x6575_7274 : 0x736c_6166, true); // "true", "fals"
  if (value) return at + 4;
  buffer[at + 4] = 101; // "e"
  return at + 5;
}

function putAscii(text: string, buffer: Uint8Array, at: number): number {
  const length = text.length;
  for (let index = 0; index < length; index += 1) buffer[at + index] = text.charCodeAt(index);
  return at + length;
}

/**
 * Writes any other value as `JSON.stringify` does; a bigint as its digits in a string.
 *
 * @example
 * ```ts
 * import { putJson } from '@store/glue-schema/runtime';
 *
 * const buffer = new Uint8Array(64);
 * const end = putJson({ a: [1] }, buffer, 0);
 * console.log(new TextDecoder().decode(buffer.subarray(0, end))); // {"a":[1]}
 * ```
 */
export function putJson(value: unknown, buffer: Uint8Array, at: number): number {
  return at + encoder.encodeInto(jsonText(value) ?? 'null', buffer.subarray(at)).written;
}
