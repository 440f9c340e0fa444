import type { NumberMode } from './json-number.js';
import { type DuplicateKey, type JsonFailure, parseExactly, type Parsed, tooDeep } from './json-parser.js';
import { JsonScanner } from './json-scanner.js';

/** What a JSON text may claim. */
export interface JsonLimits {
  /**
   * Objects and arrays within each other: 500, as Jackson 3 has it (`StreamReadConstraints.DEFAULT_MAX_DEPTH`, read
   * 2026-11). Code that walks a value by recursion has stack for this many.
   */
  readonly maxDepth: number;
}

/** What a JSON text may claim, wherever it comes from. */
export const jsonLimits: JsonLimits = Object.freeze({ maxDepth: 500 });

/** Settings of {@link readJson}. */
export interface JsonReadOptions {
  /**
   * How numbers are given. `text`: as a {@link JsonNumber} where a double does not give their text back, so that
   * nothing of them is lost; `value`: only where a double holds another number; `double`: never, as `JSON.parse`.
   *
   * @defaultValue 'text'
   */
  readonly numbers?: NumberMode;
  /**
   * Deepest nesting that is read.
   *
   * @defaultValue `jsonLimits.maxDepth`
   */
  readonly maxDepth?: number;
}

/** What became of a JSON text. */
export type JsonReading =
  | {
      readonly ok: true;
      readonly value: unknown;
      /** The first key that appears twice in one object, at any depth; of those the last one counts. */
      readonly duplicateKey?: string;
      /** Where it stands. */
      readonly duplicate?: DuplicateKey;
    }
  | { readonly ok: false; readonly failure: JsonFailure };

/**
 * Reads a text that is one JSON value, as `JSON.parse` does, and besides: it is bounded in depth, no nesting of the
 * text takes any of the process's stack, keys that appear twice are told of, and no digit of a number is
 * lost. It throws nothing.
 *
 * @example
 * ```ts
 * import { readJson } from '@store/foundation';
 *
 * const reading = readJson('{"id":1234567890123456789,"id":2}');
 * if (reading.ok) console.log(reading.value, reading.duplicateKey); // { id: 2 } id
 * const deep = readJson('['.repeat(5000));
 * if (!deep.ok) console.log(deep.failure.code); // SYNTAX
 * ```
 */
export function readJson(text: string, options: JsonReadOptions = {}): JsonReading {
  const { numbers = 'text', maxDepth = jsonLimits.maxDepth } = options;
  let start = 0;
  while (isSpace(text.charCodeAt(start))) start += 1;
  const first = text.charCodeAt(start);
  if (first !== 0x7b && first !== 0x5b) return readingOf(parseExactly(text, numbers, maxDepth));
  // Halves of surrogate pairs are lost in these bytes, which are only scanned.
  const bytes = utf8(text);
  const scanner = new JsonScanner(bytes, bytes.length);
  return readingOf(
    scanner.scan(start)
      ? parseScanned(text, scanner, numbers, maxDepth)
      : parseExactly(text, numbers, maxDepth),
  );
}

/** UTF-8 of a text. A browser has no `Buffer`, which is the quicker one for short texts. */
const utf8 = (text: string): Uint8Array =>
  'Buffer' in globalThis ? Buffer.from(text) : new TextEncoder().encode(text);

/** White space of JSON. */
export function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

function readingOf({ value, failure, duplicateKey, duplicate }: Parsed): JsonReading {
  if (failure !== undefined) return { ok: false, failure };
  return duplicateKey === undefined || duplicate === undefined
    ? { ok: true, value }
    : { ok: true, value, duplicateKey, duplicate };
}

/**
 * Parses a text that a scanner went over. Where that found nothing special, `JSON.parse` does it, in half of the exact
 * way's time for an event of 16 columns, the scan included (bench/json-reader.bench.ts).
 */
export function parseScanned(text: string, scanner: JsonScanner, mode: NumberMode, maxDepth: number): Parsed {
  if (scanner.depth > maxDepth) return { failure: tooDeep(scanner.depth, maxDepth) };
  if (mode === 'double' || !scanner.hasHardNumber) {
    try {
      const value: unknown = JSON.parse(text);
      if (countMembers(value) === scanner.members) return { value };
    } catch {
      // Below is said what is wrong, in words that do not depend on the engine.
    }
  }
  return parseExactly(text, mode, maxDepth);
}

/** Keys of all objects in a value; fewer than the text has where one appears twice. */
function countMembers(value: unknown): number {
  let count = 0;
  const open: unknown[] = [value];
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    if (typeof item !== 'object' || item === null) continue;
    const values: readonly unknown[] = Object.values(item);
    if (!Array.isArray(item)) count += values.length;
    for (const each of values) if (typeof each === 'object' && each !== null) open.push(each);
  }
  return count;
}
