import { JsonNumber, stringifyJson } from '@store/foundation';
import { isRecord } from '../runtime/values.js';

/** Carries AWS's message for a value that does not convert up to the record it is in. Never leaves this folder. */
export class ConversionFailure extends Error {
  override readonly name = 'ConversionFailure';
}

/** True for objects of a document: a number that is kept as its text is none. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return isRecord(value) && !(value instanceof JsonNumber);
}

/** The text of a number as it was written; `undefined` for anything else. */
export function numberText(value: unknown): string | undefined {
  if (value instanceof JsonNumber) return value.text;
  if (typeof value !== 'number') return undefined;
  return Object.is(value, -0) ? '-0' : String(value);
}

/** How Java names the class of a JSON value, as AWS's messages do. */
export function javaClass(value: unknown): string {
  if (typeof value === 'string') return 'java.lang.String';
  if (typeof value === 'boolean') return 'java.lang.Boolean';
  const number = numberText(value);
  if (number !== undefined) return /[.eE]/.test(number) ? 'java.lang.Double' : 'java.lang.Integer';
  return Array.isArray(value)
    ? 'org.openx.data.jsonserde.json.JSONArray'
    : 'org.openx.data.jsonserde.json.JSONObject';
}

/** A value in a message, which has a bounded length whatever the value is. */
export function shownValue(value: unknown): string {
  const text = typeof value === 'string' ? value : stringifyJson(value, { maxChars: MOST_SHOWN });
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}

const MOST_SHOWN = 300;

/** The text with each half of a surrogate pair as "?", as Java writes it in UTF-8. */
export function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '?');
}

/**
 * A double in the form that a typed reader takes it in: negative zero with the point that keeps its sign, and as text
 * what JSON has no number for.
 */
export function storedDouble(value: number): number | string | JsonNumber {
  if (Object.is(value, -0)) return new JsonNumber('-0.0');
  return Number.isFinite(value) ? value : String(value);
}

/** A whole number within 64 bits, from its digits; `undefined` where it is out of range. */
export function toInt64(digits: string): bigint | undefined {
  const [, sign = '', significant = ''] = /^([+-]?)0*([0-9]+)$/.exec(digits) ?? [];
  // A million digits are out of range without being computed.
  if (significant === '' || significant.length > 19) return undefined;
  const value = BigInt(sign === '-' ? `-${significant}` : significant);
  return BigInt.asIntN(64, value) === value ? value : undefined;
}
