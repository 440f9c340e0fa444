import { isSpace } from './json-reader.js';
import type { JsonPath } from './json-parser.js';

/** Where a part of a JSON text stands, in characters of the text. */
export interface JsonPlace {
  /** Its first character. */
  readonly value: number;
  /** The first character of its key; absent for an item of an array and for the root. */
  readonly key?: number;
}

/**
 * Returns where the value at a path is in a text that is JSON; `undefined` where there is none. Of a key that
 * appears twice the last one counts, as for `JSON.parse`; with `uniqueKeys` none appears twice, and no text
 * is read behind it. No nesting of the text takes any of the process's stack.
 *
 * @example
 * ```ts
 * import { placeInJson } from '@store/foundation';
 *
 * const place = placeInJson('{"id":7,"lines":[{"sku":"a"}]}', ['lines', 0, 'sku']);
 * console.log(place); // { value: 24, key: 18 }
 * ```
 */
export function placeInJson(text: string, path: JsonPath, uniqueKeys = false): JsonPlace | undefined {
  let place: JsonPlace | undefined = { value: afterSpace(text, 0) };
  for (const step of path) {
    place =
      typeof step === 'number'
        ? itemAt(text, place.value, step)
        : memberAt(text, place.value, step, uniqueKeys);
    if (place === undefined) return undefined;
  }
  return place;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

function itemAt(text: string, start: number, index: number): JsonPlace | undefined {
  if (text.charCodeAt(start) !== OPEN_BRACKET) return undefined;
  let at = afterSpace(text, start + 1);
  for (let n = 0; at < text.length && text.charCodeAt(at) !== CLOSE_BRACKET; n += 1) {
    if (n === index) return { value: at };
    at = afterComma(text, at);
  }
  return undefined;
}

function memberAt(text: string, start: number, wanted: string, uniqueKeys: boolean): JsonPlace | undefined {
  if (text.charCodeAt(start) !== OPEN_BRACE) return undefined;
  let found: JsonPlace | undefined;
  let at = afterSpace(text, start + 1);
  while (text.charCodeAt(at) === QUOTE) {
    const key = at;
    const end = stringEnd(text, key);
    const value = afterSpace(text, afterSpace(text, end) + 1);
    const name = text.slice(key + 1, end - 1);
    // The text is JSON, so what has an escape is one string of it.
    if ((name.includes('\\') ? JSON.parse(text.slice(key, end)) : name) === wanted) {
      found = { value, key };
      if (uniqueKeys) return found;
    }
    at = afterComma(text, value);
  }
  return found;
}

/** Where the next value or key begins, behind the one at `start`. */
function afterComma(text: string, start: number): number {
  const at = afterSpace(text, valueEnd(text, start));
  return text.charCodeAt(at) === COMMA ? afterSpace(text, at + 1) : at;
}

function afterSpace(text: string, from: number): number {
  let at = from;
  while (isSpace(text.charCodeAt(at))) at += 1;
  return at;
}

/** Behind the last quote of the string that begins at `start`. */
function stringEnd(text: string, start: number): number {
  let at = start + 1;
  for (let code = text.charCodeAt(at); at < text.length && code !== QUOTE; code = text.charCodeAt(at))
    at += code === BACKSLASH ? 2 : 1;
  return at + 1;
}

/** Behind the value that begins at `start`. */
function valueEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = stringEnd(text, at) - 1;
      if (depth === 0) return at + 1;
    } else if (code === OPEN_BRACE || code === OPEN_BRACKET) depth += 1;
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
      // At depth 0 it closes what the value is in.
      depth -= 1;
      if (depth <= 0) return depth === 0 ? at + 1 : at;
    } else if (depth === 0 && (code === COMMA || isSpace(code))) return at;
  }
  return text.length;
}
