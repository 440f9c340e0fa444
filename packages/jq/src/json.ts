import { readJson } from '@store/foundation';
import { runtimeError, unsupported } from './error.js';
import { isArray, type JqObject, type JqValue, property, typeOf } from './value.js';
import { jqLimits, spend, spendOn } from './work-limit.js';

/** A container that is being written. */
interface Open {
  /** Keys of an object; `undefined` for an array. */
  readonly keys: readonly string[] | undefined;
  readonly value: readonly JqValue[] | JqObject;
  readonly length: number;
  next: number;
}

/** Writes a value as `tojson` does in jq 1.6. */
export function jsonText(value: JqValue): string {
  return writeJson(value, Number.POSITIVE_INFINITY);
}

/** Writes a value with a stack of its own; no more of it than about `enough` characters. */
function writeJson(value: JqValue, enough: number): string {
  const open: Open[] = [];
  let text = begin(value, open);
  for (let top = open.at(-1); top !== undefined && text.length < enough; top = open.at(-1)) {
    const { keys, next } = top;
    if (next === top.length) {
      text += keys === undefined ? ']' : '}';
      open.pop();
      continue;
    }
    top.next = next + 1;
    spend(3);
    if (next > 0) text += ',';
    if (isArrayOpen(top.value)) text += begin(top.value[next] ?? null, open);
    else {
      const key = keys?.[next] ?? '';
      spend(8 + (key.length >> 3));
      text += `${stringText(key)}:${begin(property(top.value, key), open)}`;
    }
  }
  return text;
}

const isArrayOpen = (value: Open['value']): value is readonly JqValue[] => Array.isArray(value);

/** The text of a scalar, or the first bracket of a container, which is opened. */
function begin(value: JqValue, open: Open[]): string {
  if (typeof value === 'string') {
    spendOn(value);
    return stringText(value);
  }
  if (typeof value === 'number') return numberText(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (isArray(value)) {
    open.push({ keys: undefined, value, length: value.length, next: 0 });
    return '[';
  }
  const keys = orderedKeys(value);
  open.push({ keys, value, length: keys.length, next: 0 });
  return '{';
}

const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** The text with halves of surrogate pairs replaced, which UTF-8 cannot hold. */
export function wellFormed(text: string): string {
  return text.replaceAll(loneSurrogate, '\ufffd');
}

function stringText(text: string): string {
  const quoted = JSON.stringify(wellFormed(text));
  return quoted.includes('\u007f') ? quoted.replaceAll('\u007f', '\\u007f') : quoted;
}

/** `tostring`: strings stay, all else becomes JSON. */
export function plainText(value: JqValue): string {
  return typeof value === 'string' ? value : jsonText(value);
}

/** What jq's messages show of a value: at most 14 bytes. */
export function excerpt(value: JqValue): string {
  const text = writeJson(value, 15);
  const bytes = Buffer.from(text);
  return bytes.length > 14 ? `${bytes.toString('utf8', 0, 11)}...` : text;
}

/** `type (excerpt)`, the way jq's messages name a value. */
export function named(value: JqValue): string {
  return `${typeOf(value)} (${excerpt(value)})`;
}

const arrayIndex = /^(?:0|[1-9][0-9]{0,9})$/;

/**
 * Keys in the order in which they were written, where JavaScript kept it: it moves integer-like keys to the
 * front, so with one of those among several the order is lost, and an answer that depends on it is refused.
 */
export function orderedKeys(object: JqObject): readonly string[] {
  const keys = Object.keys(object);
  spend(keys.length * 2);
  const first = keys[0];
  if (first !== undefined && keys.length > 1 && arrayIndex.test(first)) {
    throw unsupported(
      `the order of an object's keys, which is not known once one of them is a number (${JSON.stringify(first)})`,
      'Read its keys by name, or sort them.',
    );
  }
  return keys;
}

/** Writes a number as jq 1.6 does: shortest digits, `1e+17` above 15 padding zeros, infinities as the largest double. */
export function numberText(value: number): string {
  if (Number.isInteger(value) && value > -1e16 && value < 1e16) {
    return Object.is(value, -0) ? '-0' : String(value);
  }
  if (Number.isNaN(value)) return 'null';
  if (value === Infinity) return '1.7976931348623157e+308';
  if (value === -Infinity) return '-1.7976931348623157e+308';
  const [mantissa = '', exponentText = '0'] = Math.abs(value).toExponential().split('e');
  const digits = mantissa.replace('.', '');
  const exponent = Number(exponentText);
  const sign = value < 0 ? '-' : '';
  return sign + layOut(digits, exponent);
}

function layOut(digits: string, exponent: number): string {
  const point = exponent + 1;
  if (point <= -4 || point > digits.length + 15) {
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
    const magnitude = String(Math.abs(exponent)).padStart(2, '0');
    return `${digits.charAt(0)}${fraction}e${exponent < 0 ? '-' : '+'}${magnitude}`;
  }
  if (point <= 0) return `0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return digits + '0'.repeat(point - digits.length);
  return `${digits.slice(0, point)}.${digits.slice(point)}`;
}

const numeric = /^[ \t\r\n]*([+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)[ \t\r\n]*$/;

/** `tonumber` of a text: JSON's numbers, and what C's strtod takes besides: `007`, `+5`, `.5`, `5.` */
export function parseNumber(text: string): number {
  const digits = numeric.exec(text)?.[1];
  if (digits !== undefined) return Number(digits);
  const value = fromJson(text);
  if (typeof value === 'number') return value;
  throw runtimeError(`${named(text)} cannot be parsed as a number`);
}

/** `fromjson`: JSON in a text. */
export function fromJson(input: JqValue): JqValue {
  if (typeof input !== 'string') {
    throw runtimeError(`${named(input)} only strings can be parsed`);
  }
  spend(8 + (input.length >> 3));
  const digits = numeric.exec(input)?.[1];
  if (digits !== undefined) return Number(digits);
  const reading = readJson(input, { numbers: 'double', maxDepth: jqLimits.depth });
  // With doubles for numbers these are exactly the values that JqValue lists.
  if (reading.ok) return reading.value as JqValue;
  const isDeep = reading.failure.code === 'DEPTH';
  // jq's words depend on how far its scanner came; the text that it could not read is what helps.
  throw runtimeError(
    `${isDeep ? 'Exceeds depth limit for parsing' : 'Invalid JSON text'} (while parsing '${input}')`,
  );
}
