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
 * Returns where the value at a path stands in a text that is JSON; `undefined` where there is none. Of a key that stands
 * twice the last one counts, as for `JSON.parse`. No nesting of the text takes any of the process's stack.
 *
 * @example
 * ```ts
 * import { placeInJson } from '@store/foundation';
 *
 * const place = placeInJson('{"id":7,"lines":[{"sku":"a"}]}', ['lines', 0, 'sku']);
 * console.log(place); // { value: 24, key: 18 }
 * ```
 */
export function placeInJson(text: string, path: JsonPath): JsonPlace | undefined {
  let place: JsonPlace | undefined = { value: afterSpace(text, 0) };
  for (const step of path) {
    place = typeof step === 'number' ? itemAt(text, place.value, step) : memberAt(text, place.value, step);
    if (place === undefined) return undefined;
  }
  return place;
}

function itemAt(text: string, start: number, index: number): JsonPlace | undefined {
  if (text[start] !== '[') return undefined;
  let at = afterSpace(text, start + 1);
  for (let n = 0; at < text.length && text[at] !== ']'; n += 1) {
    if (n === index) return { value: at };
    at = afterSpace(text, valueEnd(text, at));
    if (text[at] === ',') at = afterSpace(text, at + 1);
  }
  return undefined;
}

function memberAt(text: string, start: number, wanted: string): JsonPlace | undefined {
  if (text[start] !== '{') return undefined;
  let found: JsonPlace | undefined;
  let at = afterSpace(text, start + 1);
  while (text[at] === '"') {
    const key = at;
    const end = stringEnd(text, key);
    const value = afterSpace(text, afterSpace(text, end) + 1);
    // The text is JSON, so this is one string of it.
    if (JSON.parse(text.slice(key, end)) === wanted) found = { value, key };
    at = afterSpace(text, valueEnd(text, value));
    if (text[at] === ',') at = afterSpace(text, at + 1);
  }
  return found;
}

function afterSpace(text: string, from: number): number {
  let at = from;
  while (isSpace(text.charCodeAt(at))) at += 1;
  return at;
}

/** Behind the last quote of the string that begins at `start`. */
function stringEnd(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

/** Behind the value that begins at `start`. */
function valueEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const char = text[at];
    if (char === '"') {
      at = stringEnd(text, at) - 1;
      if (depth === 0) return at + 1;
    } else if (char === '{' || char === '[') depth += 1;
    else if (char === '}' || char === ']') {
      // At depth 0 it closes what the value is in.
      depth -= 1;
      if (depth <= 0) return depth === 0 ? at + 1 : at;
    } else if (depth === 0 && (char === ',' || isSpace(text.charCodeAt(at)))) return at;
  }
  return text.length;
}
