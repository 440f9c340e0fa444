import { isUtf8 } from 'node:buffer';
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import { intakeLimits } from './intake-limits.js';

/** What became of compressed bytes. */
export type Unpacked =
  | { readonly ok: true; readonly bytes: Buffer }
  | {
      readonly ok: false;
      readonly code: 'DAMAGED' | 'TOO_LARGE' | 'UNSUPPORTED_TYPE';
      readonly message: string;
    };

/** Bytes that compressed parts may still become. It is shared by all parts of one event. */
export interface UnpackBudget {
  left: number;
}

/** How bytes are compressed: names of HTTP's `Content-Encoding` (RFC 9110, 8.4.1). */
type Coding = 'gzip' | 'deflate' | 'br';

const isCoding = (name: string): name is Coding => name === 'gzip' || name === 'deflate' || name === 'br';

/** An expansion up to here is never too much. */
const FREE_BYTES = 1 << 20;

/**
 * Returns bytes without their compression: that which the sender names, and then what their first bytes show, gzip or
 * zlib, as often as they are compressed. Bounded by `intakeLimits` in depth, in expansion and in size.
 */
export function unpack(given: Buffer, contentEncoding: string, budget: UnpackBudget): Unpacked {
  let bytes = given;
  const named = contentEncoding
    .toLowerCase()
    .split(',')
    .map((name) => name.trim().replace(/^x-/, ''))
    .filter((name) => name !== '' && name !== 'identity');
  for (let depth = 0; ; depth += 1) {
    // The last one named was applied last.
    const name = named.pop();
    if (name !== undefined && !isCoding(name)) {
      return fail('UNSUPPORTED_TYPE', `Expected the encoding to be gzip, deflate or br, got another.`);
    }
    const coding = name ?? codingOf(bytes);
    if (coding === undefined) return { ok: true, bytes };
    if (depth === intakeLimits.compressionDepth) {
      return fail('TOO_LARGE', `Expected at most ${intakeLimits.compressionDepth} compressions.`);
    }
    const unpacked = unpackOnce(bytes, coding, budget);
    if (!unpacked.ok) return unpacked;
    bytes = unpacked.bytes;
  }
}

/** What the first bytes show: gzip (RFC 1952), or a zlib header whose check holds (RFC 1950) before bytes that are no text. */
function codingOf(bytes: Buffer): Coding | undefined {
  const [first = 0, second = 0] = bytes;
  if (first === 0x1f && second === 0x8b) return 'gzip';
  // 0x78 is an "x", too.
  return first === 0x78 && ((first << 8) | second) % 31 === 0 && !isUtf8(bytes) ? 'deflate' : undefined;
}

function unpackOnce(bytes: Buffer, coding: Coding, budget: UnpackBudget): Unpacked {
  const byRatio = Math.max(FREE_BYTES, bytes.length * intakeLimits.expansion);
  const maxOutputLength = Math.max(1, Math.min(budget.left, byRatio));
  try {
    const { buffer, engine } = decode(bytes, coding, maxOutputLength);
    if (engine.bytesWritten !== bytes.length) {
      const rest = bytes.length - engine.bytesWritten;
      return fail('DAMAGED', `Expected nothing behind the compressed data, got ${rest} bytes.`);
    }
    budget.left -= buffer.length;
    return { ok: true, bytes: buffer };
  } catch (error) {
    const isLong = error instanceof RangeError || codeOf(error) === 'ERR_BUFFER_TOO_LARGE';
    if (isLong)
      return fail('TOO_LARGE', `Expected at most ${maxOutputLength} bytes once unpacked, got more.`);
    return fail('DAMAGED', `Expected the bytes to be ${coding}: ${codeOf(error)}.`);
  }
}

interface Decoded {
  readonly buffer: Buffer;
  /** What worked, with the bytes that it took in. */
  readonly engine: { readonly bytesWritten: number };
}

function decode(bytes: Buffer, coding: Coding, maxOutputLength: number): Decoded {
  const options = { maxOutputLength, info: true };
  const of = (made: unknown): Decoded => made as Decoded; // with `info`, which @types/node does not know, zlib returns both
  if (coding === 'br') return of(brotliDecompressSync(bytes, options));
  if (coding === 'gzip') return of(gunzipSync(bytes, options));
  // HTTP's deflate is zlib's form; some senders leave its header out.
  const isZlib = ((bytes[0] ?? 0) & 0x0f) === 8 && (((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0)) % 31 === 0;
  return of(isZlib ? inflateSync(bytes, options) : inflateRawSync(bytes, options));
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';

const fail = (code: 'DAMAGED' | 'TOO_LARGE' | 'UNSUPPORTED_TYPE', message: string): Unpacked => ({
  ok: false,
  code,
  message,
});
