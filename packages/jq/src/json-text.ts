import { unsupported } from './error.js';
import { numberText } from './number-text.js';
import { isArray, type JqObject, type JqValue, property } from './value.js';

/** Writes a value as `tojson` does in jq 1.6. */
export function jsonText(value: JqValue): string {
  if (typeof value === 'string') return stringText(value);
  if (typeof value === 'number') return numberText(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (isArray(value)) return `[${value.map(jsonText).join(',')}]`;
  const members = orderedKeys(value).map((key) => {
    return `${stringText(key)}:${jsonText(property(value, key))}`;
  });
  return `{${members.join(',')}}`;
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
  const text = jsonText(value);
  const bytes = Buffer.from(text);
  return bytes.length > 14 ? `${bytes.toString('utf8', 0, 11)}...` : text;
}

const arrayIndex = /^(?:0|[1-9][0-9]{0,9})$/;

/**
 * Keys in the order in which they were written, where JavaScript kept it: it moves integer-like keys to the
 * front, so with one of those among several the order is lost, and an answer that depends on it is refused.
 */
export function orderedKeys(object: JqObject): readonly string[] {
  const keys = Object.keys(object);
  const first = keys[0];
  if (first !== undefined && keys.length > 1 && arrayIndex.test(first)) {
    throw unsupported(
      `the order of an object's keys, which is not known once one of them is a number (${JSON.stringify(first)})`,
      'Read its keys by name, or sort them.',
    );
  }
  return keys;
}
