import { type JsonPath, placeInJson, readJson } from '@store/foundation';
import { type ExactPlan, settleNumbers } from './exact-values.js';
import type { WireRule } from './rules.js';
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
/** Objects and arrays within each other that a text may have: more than any column's type, and `jsonLimits` has 500. */
const MOST_NESTING = 512;
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
  const reading = readJson(text, { numbers: 'value', maxDepth: MOST_NESTING });
  if (!reading.ok) return unreadable(input);
  const { duplicateKey, duplicate } = reading;
  if (duplicateKey !== undefined && duplicate !== undefined) {
    const message = `Expected each key once in an object, got ${JSON.stringify(duplicateKey.slice(0, 100))} twice`;
    return refused(input, text, [{ ...duplicate, code: 'DUPLICATE_KEY', message }]);
  }
  const value = settleNumbers(reading.value, exact);
  const issues = fits(value) ? [] : firstIssues(rule, value);
  // No issue means that every field has its type.
  if (issues.length === 0) return { ok: true, value: value as T };
  return refused(
    input,
    text,
    issues.map((issue) => placed(text, issue)),
  );
}

/** The first things that are wrong: a sender may make hundreds of thousands. */
function firstIssues(rule: WireRule, value: unknown): readonly ValidationIssue[] {
  const issues = new FirstIssues();
  try {
    rule(value, [], issues);
  } catch (error) {
    if (error !== enough) throw error;
  }
  return [...issues];
}

const enough = /* @__PURE__ */ new Error('Enough issues');

/** Ends the rules once it is full. */
class FirstIssues extends Array<ValidationIssue> {
  override push(issue: ValidationIssue): number {
    const length = super.push(issue);
    if (length >= MOST_ISSUES) throw enough;
    return length;
  }
}

/** The issue with its place; a number that no double holds is told with its digits. */
function placed(text: string, issue: ValidationIssue): ParseIssue {
  const offset = offsetOf(text, issue);
  const infinite = /got -?Infinity$/;
  if (!infinite.test(issue.message)) return { ...issue, offset };
  const [digits = ''] = /^[-+0-9.eE]*/.exec(text.slice(offset, offset + 60)) ?? [];
  return { ...issue, message: issue.message.replace(infinite, `got ${digits}`), offset };
}

function offsetOf(text: string, { code, path }: ValidationIssue): number {
  // What is missing is told at the object that lacks it; to look for it would read all of the text.
  const told = code === 'MISSING' ? path.slice(0, -1) : path;
  const place = placeInJson(text, told, true);
  const isKey = code === 'UNKNOWN_KEY' || code.startsWith('KEY_');
  return (isKey ? place?.key : place?.value) ?? 0;
}

/** Why bytes are no text, or a text no JSON. */
function unreadable<T>(input: string | Uint8Array): ParseResult<T> {
  // Callers without types hand over anything.
  const given: unknown = input;
  if (typeof given !== 'string' && !ArrayBuffer.isView(given)) {
    const got = given === null ? 'null' : Array.isArray(given) ? 'array' : typeof given;
    const message = `Expected JSON as text or bytes (Uint8Array), got ${got}`;
    return { ok: false, issues: [{ code: 'TYPE_MISMATCH', path: [], message, offset: 0 }] };
  }
  const text =
    typeof input === 'string' ? input : new TextDecoder('utf-8', { ignoreBOM: true }).decode(input);
  if (typeof input !== 'string') {
    const offset = firstInvalidByte(input, text);
    if (offset !== undefined) {
      const message = `Expected UTF-8, got byte 0x${(input[offset] ?? 0).toString(16).padStart(2, '0')}`;
      return { ok: false, issues: [{ code: 'INVALID_UTF8', path: [], message, offset }] };
    }
  }
  const reading = readJson(text, { numbers: 'double', maxDepth: MOST_NESTING });
  const failure = reading.ok ? undefined : reading.failure;
  if (failure?.code === 'DEPTH') {
    const tooDeep = `Expected at most ${MOST_NESTING} objects and arrays within each other, got more`;
    return refused(input, text, [
      { code: 'TOO_DEEP', path: [], message: tooDeep, offset: failure.offset ?? 0 },
    ]);
  }
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
