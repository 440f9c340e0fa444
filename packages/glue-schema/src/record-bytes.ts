/**
 * Bytes of JSON, for generated encoders: each function writes at `at`, without a bounds check of its own, and
 * returns where it stopped. The generated code has made sure that the longest possible event fits.
 */

const encoder = new TextEncoder();
const quote = 34;
const backslash = 92;
const zero = 48;
const minus = 45;

/** The UTF-8 of text that needs no escape: keys and punctuation, made once. */
export function bytesOf(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Copies short constant bytes; a loop beats `set` below some 60 bytes. */
export function putBytes(bytes: Uint8Array, buffer: Uint8Array, at: number): number {
  const length = bytes.length;
  for (let index = 0; index < length; index += 1) buffer[at + index] = bytes[index] ?? 0;
  return at + length;
}

/** Writes a JSON string; anything but text as `JSON.stringify` would. */
export function putString(text: unknown, buffer: Uint8Array, at: number): number {
  if (typeof text !== 'string') return putJson(text, buffer, at);
  const length = text.length;
  let next = at;
  buffer[next++] = quote;
  for (let index = 0; index < length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 32 || unit > 126 || unit === quote || unit === backslash) {
      return putUnusual(text, index, buffer, next);
    }
    buffer[next++] = unit;
  }
  buffer[next] = quote;
  return next + 1;
}

// The rest of a string that has escapes or more than ASCII: `JSON.stringify` knows every rule of it.
function putUnusual(text: string, from: number, buffer: Uint8Array, at: number): number {
  const rest = JSON.stringify(text.slice(from)).slice(1);
  return at + encoder.encodeInto(rest, buffer.subarray(at)).written;
}

/** Writes a number as `JSON.stringify` does; digits in text, as a `bigint` column may hold them, in quotes. */
export function putNumber(value: unknown, buffer: Uint8Array, at: number): number {
  if (typeof value !== 'number') return putJson(value, buffer, at);
  if ((value | 0) === value) return putInt32(value, buffer, at);
  if (value - value !== 0) return putAscii('null', buffer, at);
  return putAscii(String(value), buffer, at);
}

function putInt32(value: number, buffer: Uint8Array, at: number): number {
  let rest = value;
  let next = at;
  if (rest < 0) {
    buffer[next++] = minus;
    rest = -rest;
  }
  let end = next + 1;
  for (let limit = 10; rest >= limit && end < next + 10; limit *= 10) end += 1;
  for (let index = end - 1; index > next; index -= 1) {
    const tenth = Math.trunc(rest / 10);
    buffer[index] = zero + rest - tenth * 10;
    rest = tenth;
  }
  buffer[next] = zero + rest;
  return end;
}

/** Writes text or a number, whichever a decimal or a timestamp travels as. */
export function putScalar(value: unknown, buffer: Uint8Array, at: number): number {
  return typeof value === 'number' ? putNumber(value, buffer, at) : putString(value, buffer, at);
}

/** Writes `true` or `false`. */
export function putBoolean(value: unknown, buffer: Uint8Array, at: number): number {
  if (typeof value !== 'boolean') return putJson(value, buffer, at);
  return putAscii(value ? 'true' : 'false', buffer, at);
}

function putAscii(text: string, buffer: Uint8Array, at: number): number {
  const length = text.length;
  for (let index = 0; index < length; index += 1) buffer[at + index] = text.charCodeAt(index);
  return at + length;
}

/** Writes any other value as `JSON.stringify` does; a bigint as its digits in a string. */
export function putJson(value: unknown, buffer: Uint8Array, at: number): number {
  return at + encoder.encodeInto(jsonText(value), buffer.subarray(at)).written;
}

/** The longest that a value may become, in bytes. */
export function mostBytes(value: unknown): number {
  if (typeof value === 'string') return 6 * value.length + 2;
  if (typeof value === 'number' || typeof value === 'boolean') return 25;
  return 3 * jsonText(value).length;
}

function jsonText(value: unknown): string {
  // JSON.stringify answers undefined for undefined, functions and symbols; its declaration does not say so.
  const text = JSON.stringify(value, bigintAsText) as string | undefined;
  return text ?? 'null';
}

const bigintAsText = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint' ? String(value) : value;

let scratch = new Uint8Array(4096);

/**
 * Encodes near the end of a buffer, where the longest possible event no longer fits but this one may: into
 * scratch memory first, so that the buffer stays as it was when it is too small.
 */
export function encodeTight<T>(
  write: (event: T, buffer: Uint8Array, at: number) => number,
  event: T,
  most: number,
  buffer: Uint8Array,
  offset: number,
): number {
  if (scratch.length < most) scratch = new Uint8Array(2 * most);
  const length = write(event, scratch, 0);
  if (offset + length > buffer.length) return -length;
  buffer.set(scratch.subarray(0, length), offset);
  return offset + length;
}
