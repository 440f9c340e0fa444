import { type JsonPath, placeInJson, readJson } from '@store/foundation';
import { type ExactPlan, settleNumbers } from './exact-values.js';
import { findIssues, type WireRule } from './rules.js';
import type { ValidationIssue } from './validation.js';
import { isText } from './values.js';

/** One thing wrong with a text, and where. */
export interface ParseIssue extends ValidationIssue {
  /**
   * Where the value begins that is wrong, or the key of one that no column has, or the object that lacks a key:
   * in characters of a text, in bytes of bytes.
   */
  readonly offset: number;
}

/** Of more things wrong than this, the first are told: to place each one, the text is read again up to it. */
const MOST_ISSUES = 20;

/** What a generated parser answers: the value, or what is wrong with the text, the first 20 things at most. */
export type ParseResult<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly issues: readonly ParseIssue[] };

/** Bytes are read strictly: what is no UTF-8 would else be stored as U+FFFD. A byte order mark is no JSON. */
const decoder = /* @__PURE__ */ new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
/** Blanks between tokens that are still the quick way; an unknown member or an escaped half of a pair is longer. */
const MOST_BLANKS = 4;
/** No type nests deeper than this (`emitLimits`), so a longer path leads to nothing that a reader knows. */
const MOST_STEPS = 64;

/**
 * Parses and checks one record, for generated parsers.
 *
 * A text as short as its value can be needs no second look (`least-length.ts`): then the check costs a tenth of
 * JSON.parse alone (bench/validator.bench.ts). Every other is read again, with each digit and the place of each key.
 *
 * @param least - the least length of a value's text, NaN where the value does not fit
 * @param fits - true only for values without issues, and for nearly all of those
 * @param rule - says what is wrong with a value
 * @param exact - where digits beyond those of a double are kept
 *
 * @example
 * ```ts
 * import { int, parseRecord, struct } from '@store/glue-schema/runtime';
 *
 * const rule = struct(['count', int(8)]);
 * const result = parseRecord('{"count":300}', () => NaN, () => false, rule, undefined);
 * if (!result.ok) console.log(result.issues[0]?.code, result.issues[0]?.offset); // OUT_OF_RANGE 9
 * ```
 */
export function parseRecord<T>(
  input: string | Uint8Array,
  least: (value: unknown) => number,
  fits: (value: unknown) => boolean,
  rule: WireRule,
  exact: ExactPlan | undefined,
): ParseResult<T> {
  let text: string;
  let value: unknown;
  try {
    text = typeof input === 'string' ? input : decoder.decode(input);
    value = JSON.parse(text);
  } catch {
    return unreadable(input);
  }
  // What was decoded has no half of a surrogate pair.
  if (text.length - least(value) <= MOST_BLANKS && (typeof input !== 'string' || isText(text))) {
    // The least length of a value that does not fit is NaN.
    return { ok: true, value: value as T };
  }
  return parseExactly(input, text, fits, rule, exact);
}

function parseExactly<T>(
  input: string | Uint8Array,
  text: string,
  fits: (value: unknown) => boolean,
  rule: WireRule,
  exact: ExactPlan | undefined,
): ParseResult<T> {
  const reading = readJson(text, { numbers: 'value', maxDepth: Number.POSITIVE_INFINITY });
  if (!reading.ok) return unreadable(input);
  const { duplicateKey, duplicate } = reading;
  if (duplicateKey !== undefined && duplicate !== undefined) {
    const message = `Expected each key once in an object, got ${JSON.stringify(duplicateKey.slice(0, 100))} twice`;
    return refused(input, text, [{ ...duplicate, code: 'DUPLICATE_KEY', message }]);
  }
  const value = settleNumbers(reading.value, exact);
  const issues = fits(value) ? [] : findIssues(rule, value);
  // No issue means that every field has its type.
  if (issues.length === 0) return { ok: true, value: value as T };
  return refused(
    input,
    text,
    issues.slice(0, MOST_ISSUES).map((issue) => ({ ...issue, offset: offsetOf(text, issue) })),
  );
}

function offsetOf(text: string, { code, path }: ValidationIssue): number {
  const place = placeInJson(text, path) ?? placeInJson(text, path.slice(0, -1));
  const isKey = code === 'UNKNOWN_KEY' || code.startsWith('KEY_');
  return (isKey ? place?.key : place?.value) ?? 0;
}

/** Why bytes are no text, or a text no JSON. */
function unreadable<T>(input: string | Uint8Array): ParseResult<T> {
  const text =
    typeof input === 'string' ? input : new TextDecoder('utf-8', { ignoreBOM: true }).decode(input);
  if (typeof input !== 'string') {
    const offset = firstInvalidByte(input, text);
    if (offset !== undefined) {
      const message = `Expected UTF-8, got byte 0x${(input[offset] ?? 0).toString(16).padStart(2, '0')}`;
      return { ok: false, issues: [{ code: 'INVALID_UTF8', path: [], message, offset }] };
    }
  }
  const reading = readJson(text, { numbers: 'double', maxDepth: Number.POSITIVE_INFINITY });
  const failure = reading.ok ? undefined : reading.failure;
  const { message = 'Expected JSON', offset = 0, path = [] as JsonPath } = failure ?? {};
  // The place is told by the offset; a path as deep as the text is long would only repeat it.
  const told = path.length > MOST_STEPS ? [] : path;
  return refused(input, text, [{ code: 'MALFORMED_JSON', path: told, message, offset }]);
}

/** The first byte that is no UTF-8: the decoded text has U+FFFD there, and other bytes. */
function firstInvalidByte(bytes: Uint8Array, text: string): number | undefined {
  const valid = new TextEncoder().encode(text);
  const length = Math.min(bytes.length, valid.length);
  let at = 0;
  while (at < length && bytes[at] === valid[at]) at += 1;
  if (at === bytes.length && at === valid.length) return undefined;
  // U+FFFD may begin with the very byte that is wrong.
  while (at > 0 && ((valid[at] ?? 0) & 0xc0) === 0x80) at -= 1;
  return at;
}

function refused<T>(input: string | Uint8Array, text: string, issues: readonly ParseIssue[]): ParseResult<T> {
  if (typeof input === 'string') return { ok: false, issues };
  const inBytes = (offset: number): number => new TextEncoder().encode(text.slice(0, offset)).length;
  return { ok: false, issues: issues.map((issue) => ({ ...issue, offset: inBytes(issue.offset) })) };
}
