/**
 * The slow path of generated validators: rules that say everything that is wrong. A validator imports the rules
 * of its own columns and no others, which keeps it within 4 KB.
 */
import { isNumberText, report } from './report-issue.js';
import type { ValidationIssue } from './validation.js';
import { isDecimal, isWideDecimal } from './decimal.js';
import { isIsoDate, isIsoTimestamp } from './time.js';
import {
  isBase64,
  isBoundedText,
  isEpochMillis,
  isEpochSeconds,
  isFloat,
  isFoldedKey,
  isInt64,
  isLowerCaseJson,
  isRecord,
  isText,
} from './values.js';

/** Reports what is wrong with a value. */
export type WireRule = (value: unknown, path: ValidationIssue['path'], issues: ValidationIssue[]) => void;

/** One JSON key: `?` may be absent, `n` may be null. */
export type WireField = readonly [key: string, rule: WireRule, presence?: '?' | 'n' | '?n'];

/**
 * Everything that is wrong with a value.
 *
 * @example
 * ```ts
 * import { findIssues, int } from '@store/glue-schema/runtime';
 *
 * console.log(findIssues(int(8), 300)[0]?.code); // OUT_OF_RANGE
 * ```
 */
export function findIssues(rule: WireRule, value: unknown): ValidationIssue[] {
  const issues: ValidationIssue[] = [];
  rule(value, [], issues);
  return issues;
}

// `type` is the JSON type that the value must have at least: one of that type is only out of range.
function scalar(test: (value: unknown) => boolean, type: string, expected: string): WireRule {
  return (value, path, issues) => {
    if (test(value)) return;
    const found = isNumberText(value) ? 'number' : typeof value;
    report(issues, found === type ? 'OUT_OF_RANGE' : 'TYPE_MISMATCH', path, expected, value);
  };
}

const isBoolean = (value: unknown): boolean => typeof value === 'boolean';

/** A boolean. */
export const boolean: WireRule = /* @__PURE__ */ scalar(isBoolean, 'boolean', 'true or false');
/** A finite number. */
export const double: WireRule = /* @__PURE__ */ scalar(Number.isFinite, 'number', 'a finite number');
/** A number in single precision. */
export const float: WireRule = /* @__PURE__ */ scalar(isFloat, 'number', 'a number in single precision');
/** Text. */
export const text: WireRule = /* @__PURE__ */ scalar(isText, 'string', 'text');
/** Any JSON, kept as text. */
export const json: WireRule = /* @__PURE__ */ scalar(isLowerCaseJson, 'object', 'JSON with lower-case keys');
/** Bytes. */
export const binary: WireRule = /* @__PURE__ */ scalar(isBase64, 'string', 'base64');
/** A calendar day. */
export const date: WireRule = /* @__PURE__ */ scalar(isIsoDate, 'string', 'a date (2026-01-05)');
/** An instant as text. */
export const timestamp: WireRule = /* @__PURE__ */ scalar(
  isIsoTimestamp,
  'string',
  'a UTC timestamp (2026-01-05T08:30:00.000Z)',
);
/** An instant as seconds. */
export const epochSeconds: WireRule = /* @__PURE__ */ scalar(isEpochSeconds, 'number', 'seconds since 1970');
/** An instant as milliseconds. */
export const epochMillis: WireRule = /* @__PURE__ */ scalar(
  isEpochMillis,
  'number',
  'milliseconds since 1970, from 2001-09-09 on',
);
/** A 64-bit integer as a number. */
export const safeInt: WireRule = /* @__PURE__ */ scalar(Number.isSafeInteger, 'number', 'a safe integer');
/** A 64-bit integer as text. */
export const int64: WireRule = /* @__PURE__ */ scalar(isInt64, 'string', 'a 64-bit integer in text');

/**
 * A whole number of this many bits.
 *
 * @example
 * ```ts
 * import { findIssues, int } from '@store/glue-schema/runtime';
 *
 * console.log(findIssues(int(8), 300)[0]?.message); // Expected `value` to be a whole number (-128 to 127), got 300
 * ```
 */
export function int(bits: 8 | 16 | 32): WireRule {
  const half = 2 ** (bits - 1);
  return scalar(
    (value) => Number.isInteger(value) && Math.abs(Number(value) + 0.5) < half,
    'number',
    `a whole number (${-half} to ${half - 1})`,
  );
}

/**
 * A decimal, as text or as a number.
 *
 * @example
 * ```ts
 * import { decimal, findIssues } from '@store/glue-schema/runtime';
 *
 * console.log(findIssues(decimal(4, 2), '1.234')[0]?.code); // OUT_OF_RANGE
 * ```
 */
export function decimal(precision: number, scale: number): WireRule {
  return scalar((value) => isDecimal(value, precision, scale), 'string', `a decimal(${precision},${scale})`);
}

/**
 * {@link decimal} of more than 15 digits.
 *
 * @example
 * ```ts
 * import { findIssues, wideDecimal } from '@store/glue-schema/runtime';
 *
 * console.log(findIssues(wideDecimal(20, 2), '1.234')[0]?.code); // OUT_OF_RANGE
 * ```
 */
export function wideDecimal(precision: number, scale: number): WireRule {
  return scalar(
    (value) => isWideDecimal(value, precision, scale),
    'string',
    `a decimal(${precision},${scale})`,
  );
}

/**
 * Text of bounded length.
 *
 * @example
 * ```ts
 * import { boundedText, findIssues } from '@store/glue-schema/runtime';
 *
 * console.log(findIssues(boundedText(3), 'abcd')[0]?.code); // OUT_OF_RANGE
 * ```
 */
export function boundedText(length: number, char?: boolean): WireRule {
  const expected = `text of at most ${length} characters${char === true ? ', no blank at its end' : ''}`;
  return scalar((value) => isBoundedText(value, length, char), 'string', expected);
}

/**
 * One of a closed list.
 *
 * @example
 * ```ts
 * import { findIssues, oneOf } from '@store/glue-schema/runtime';
 *
 * console.log(findIssues(oneOf(new Set(['web', 'shop'])), 'phone')[0]?.message);
 * // Expected `value` to be one of web, shop, got "phone"
 * ```
 */
export function oneOf(values: ReadonlySet<unknown>): WireRule {
  const list = [...values];
  return scalar((value) => values.has(value), typeof list[0], `one of ${list.join(', ')}`);
}

/**
 * An array; its items may be null where `nullable` says so.
 *
 * @example
 * ```ts
 * import { arrayOf, findIssues, int } from '@store/glue-schema/runtime';
 *
 * console.log(findIssues(arrayOf(int(8)), [1, 300])[0]?.path); // [ 1 ]
 * ```
 */
export function arrayOf(item: WireRule, nullable?: boolean): WireRule {
  return (value, path, issues) => {
    if (!Array.isArray(value)) {
      report(issues, 'TYPE_MISMATCH', path, 'an array', value);
      return;
    }
    value.forEach((one, index) => {
      if (one !== null || nullable !== true) item(one, [...path, index], issues);
    });
  };
}

/**
 * An object of any lower-case keys, or of keys of another kind; its values may be null where `nullable` says so.
 *
 * @example
 * ```ts
 * import { findIssues, int, mapOf } from '@store/glue-schema/runtime';
 *
 * console.log(findIssues(mapOf(int(8)), { A: 1 })[0]?.code); // KEY_CASE
 * ```
 */
export function mapOf(item: WireRule, nullable?: boolean, keyTest?: (key: string) => boolean): WireRule {
  return (value, path, issues) => {
    if (!isRecord(value)) {
      report(issues, 'TYPE_MISMATCH', path, 'an object', value);
      return;
    }
    for (const [key, one] of Object.entries(value)) {
      if (keyTest !== undefined) {
        if (!keyTest(key)) report(issues, 'KEY_TYPE', [...path, key], 'under a key of the right type', one);
      } else if (!isText(key)) {
        report(issues, 'KEY_TYPE', [...path, key], 'under a key of whole characters', one);
      } else if (!isFoldedKey(key)) {
        report(issues, 'KEY_CASE', [...path, key], 'under a lower-case key', one);
      }
      if (one !== null || nullable !== true) item(one, [...path, key], issues);
    }
  };
}

/**
 * An object of these keys and no others.
 *
 * @example
 * ```ts
 * import { findIssues, int, struct } from '@store/glue-schema/runtime';
 *
 * console.log(findIssues(struct(['count', int(8)]), {})[0]?.code); // MISSING
 * ```
 */
export function struct(...fields: readonly WireField[]): WireRule {
  return (value, path, issues) => {
    if (!isRecord(value)) {
      report(issues, 'TYPE_MISMATCH', path, 'an object', value);
      return;
    }
    const rest = new Set(Object.keys(value));
    for (const [key, rule, presence = ''] of fields) {
      const present = rest.delete(key) ? value[key] : undefined;
      if (present === undefined) {
        if (!presence.startsWith('?')) report(issues, 'MISSING', [...path, key], 'there', present);
      } else if (present !== null || !presence.endsWith('n')) rule(present, [...path, key], issues);
    }
    for (const key of rest) {
      if (value[key] !== undefined)
        report(issues, 'UNKNOWN_KEY', [...path, key], 'absent: no column has it', value[key]);
    }
  };
}
