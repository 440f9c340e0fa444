import type { Buffer } from 'node:buffer';
import { isSpace, jsonLimits, parseScanned } from './json-reader.js';
import { type JsonFailure, parseExactly, type Parsed } from './json-parser.js';
import { JsonScanner } from './json-scanner.js';
import { utf8Problem } from './utf8.js';

/** One JSON document within a record's bytes, or what is there instead of one. */
export interface JsonDocument {
  /** Its first byte. */
  readonly start: number;
  /** Behind its last byte. */
  readonly end: number;
  /** The value, with numbers as {@link readJson} gives them; absent where there is a failure. */
  readonly value?: unknown;
  /** Why there is no value. */
  readonly failure?: JsonFailure;
  /** The first key that appears twice in one object, at any depth. */
  readonly duplicateKey?: string;
  /** What is wrong with its UTF-8, in Jackson's words; the value has U+FFFD there. */
  readonly invalidUtf8?: string;
  /** A line break is between its tokens, which a reader of lines must not see. */
  readonly isMultiline: boolean;
  /** Some number may be a {@link JsonNumber}; a reader that wants doubles parses the text again. */
  readonly hasHardNumber: boolean;
}

const LINE_FEED = 0x0a;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Gives the JSON documents in `bytes[start, end)`, which stand one a line, one directly after the other, or both. A
 * document ends where its own brackets end, whatever line feeds are in it. What is no JSON is a document that failed:
 * everything up to the next line feed outside of brackets, so that its neighbors are read and no part of it is taken
 * for a document. White space between documents belongs to none.
 *
 * @example
 * ```ts
 * import { jsonDocuments } from '@store/foundation';
 *
 * const bytes = Buffer.from('{"id":2}{"id":3}\n{"id":tru}\n{"id":4}');
 * for (const { value, failure } of jsonDocuments(bytes, 0, bytes.length)) {
 *   console.log(value ?? failure?.code); // { id: 2 }, { id: 3 }, SYNTAX, { id: 4 }
 * }
 * ```
 */
export function* jsonDocuments(bytes: Buffer, start: number, end: number): Generator<JsonDocument> {
  const splitter = new Splitter(bytes, end);
  for (let at = splitter.skipSpace(start); at < end;) {
    const document = splitter.documentAt(at);
    yield document;
    at = splitter.skipSpace(document.end);
  }
}

class Splitter {
  readonly #bytes: Buffer;
  readonly #end: number;
  readonly #scanner: JsonScanner;

  constructor(bytes: Buffer, end: number) {
    this.#bytes = bytes;
    this.#end = end;
    this.#scanner = new JsonScanner(bytes, end);
  }

  skipSpace(from: number): number {
    let at = from;
    while (at < this.#end && isSpace(this.#bytes[at] ?? 0)) at += 1;
    return at;
  }

  documentAt(at: number): JsonDocument {
    const first = this.#bytes[at] ?? 0;
    return isOpening(first) ? this.#bracketed(at) : this.#scalar(at, first);
  }

  #bracketed(at: number): JsonDocument {
    const scanner = this.#scanner;
    if (!scanner.scan(at)) {
      return this.#document(at, scanner.end, {
        failure: { code: 'SYNTAX', message: 'The record ends in the middle of this document' },
      });
    }
    const { end, isMultiline, hasHardNumber, isBeyondAscii } = scanner;
    const text = this.#decoded(at, end, isBeyondAscii);
    const parsed = parseScanned(text, scanner, 'text', jsonLimits.maxDepth);
    if (parsed.failure?.code === 'SYNTAX') return this.#document(at, this.#lineEnd(end), parsed);
    // Only with such a character may bytes have been no UTF-8.
    const problem =
      isBeyondAscii && text.includes('\ufffd') ? utf8Problem(this.#bytes.subarray(at, end)) : undefined;
    const document = this.#document(at, end, parsed, isMultiline, hasHardNumber);
    return problem === undefined ? document : { ...document, invalidUtf8: problem };
  }

  /** A number, string or word outside of brackets, which is a document too; anything else up to the line's end. */
  #scalar(at: number, first: number): JsonDocument {
    const limit = this.#end;
    let end = at + 1;
    if (first === QUOTE) {
      for (let code = 0; end < limit && code !== QUOTE && code !== LINE_FEED; end += 1) {
        code = this.#bytes[end] ?? 0;
        if (code === BACKSLASH) end += 1;
      }
      end = Math.min(end, limit);
    } else while (end < limit && !isSpace(this.#bytes[end] ?? 0)) end += 1;
    const parsed = parseExactly(this.#decoded(at, end, true), 'text', jsonLimits.maxDepth);
    const isAlone = end === limit || isSpace(this.#bytes[end] ?? 0);
    if (parsed.failure === undefined && isAlone) return this.#document(at, end, parsed, false, true);
    const failure = parsed.failure ?? {
      code: 'SYNTAX',
      message: 'Expected the end of the line behind a value',
    };
    return this.#document(at, this.#lineEnd(at), { failure });
  }

  /** Where what is no JSON ends: at the next line feed outside of brackets. */
  #lineEnd(from: number): number {
    let at = from;
    while (at < this.#end) {
      const code = this.#bytes[at] ?? 0;
      if (code === LINE_FEED) return at;
      if (isOpening(code)) {
        this.#scanner.scan(at);
        at = this.#scanner.end;
      } else at += 1;
    }
    return at;
  }

  #decoded(at: number, end: number, isBeyondAscii: boolean): string {
    return this.#bytes.toString(isBeyondAscii ? 'utf8' : 'latin1', at, end);
  }

  #document(
    start: number,
    end: number,
    { value, failure, duplicateKey }: Parsed,
    isMultiline = false,
    hasHardNumber = false,
  ): JsonDocument {
    if (failure !== undefined) return { start, end, isMultiline, hasHardNumber, failure };
    if (duplicateKey === undefined) return { start, end, isMultiline, hasHardNumber, value };
    return { start, end, isMultiline, hasHardNumber, value, duplicateKey };
  }
}

function isOpening(code: number): boolean {
  return code === 0x7b || code === 0x5b;
}
