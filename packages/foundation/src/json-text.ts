import { JsonNumber } from './json-number.js';

/** Settings of {@link stringifyJson}. */
export interface JsonTextOptions {
  /**
   * Most characters; what is longer is cut there and ends in "…".
   *
   * @defaultValue no bound
   */
  readonly maxChars?: number;
  /**
   * Renames each key.
   *
   * @defaultValue keys stay
   */
  readonly key?: (key: string) => string;
}

/** A container that is being written, and how far. */
interface Open {
  /** The container itself. */
  readonly of: object;
  /** Keys that are still to be written; `undefined` for an array. */
  readonly keys: readonly string[] | undefined;
  readonly values: readonly unknown[];
  next: number;
  /** Something of it was written. */
  isBegun: boolean;
}

/**
 * Returns the JSON text of a value: what `JSON.stringify` writes, with a {@link JsonNumber} as its own digits. No
 * nesting of the value takes any of the process's stack. Throws a TypeError for a value that contains itself, as
 * `JSON.stringify` does.
 *
 * @example
 * ```ts
 * import { JsonNumber, stringifyJson } from '@store/foundation';
 *
 * console.log(stringifyJson({ id: new JsonNumber('1234567890123456789') })); // {"id":1234567890123456789}
 * console.log(stringifyJson(['a', 'b', 'c'], { maxChars: 7 })); // ["a","b…
 * ```
 */
export function stringifyJson(value: unknown, options: JsonTextOptions = {}): string {
  const { maxChars = Number.POSITIVE_INFINITY, key: rename } = options;
  const open: Open[] = [];
  const written = new Pieces();
  written.add(begin(value, '', open) ?? 'null');
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    if (written.length > maxChars) break;
    const { keys, values, next } = top;
    if (next === values.length) {
      written.add(keys === undefined ? ']' : '}');
      open.pop();
      continue;
    }
    top.next = next + 1;
    const key = keys?.[next];
    const item = begin(values[next], key ?? String(next), open);
    // A member that is no JSON is left out, an item is null.
    if (item === undefined && keys !== undefined) continue;
    if (top.isBegun) written.add(',');
    top.isBegun = true;
    if (key !== undefined) written.add(`${JSON.stringify(rename === undefined ? key : rename(key))}:`);
    written.add(item ?? 'null');
  }
  const text = written.text();
  return text.length > maxChars ? `${text.slice(0, maxChars)}…` : text;
}

/** Pieces that are put together at a time. */
const AT_ONCE = 4096;

/**
 * A text that grows. As one string, which is quicker while it is short, a long one would keep every piece that it is made
 * of: ten times the memory of the text.
 */
class Pieces {
  #start = '';
  #added = 0;
  readonly #texts: string[] = [];
  #pieces: string[] = [];
  length = 0;

  add(piece: string): void {
    this.length += piece.length;
    this.#added += 1;
    if (this.#added <= AT_ONCE) this.#start += piece;
    else if (this.#pieces.push(piece) === AT_ONCE) {
      this.#texts.push(this.#pieces.join(''));
      this.#pieces = [];
    }
  }

  text(): string {
    return this.#added <= AT_ONCE ? this.#start : [this.#start, ...this.#texts, ...this.#pieces].join('');
  }
}

/** The text of a scalar, or the first bracket of a container, which is opened; `undefined` for what is no JSON. */
function begin(given: unknown, key: string, open: Open[]): string | undefined {
  let value = given;
  if (value instanceof JsonNumber) return value.text;
  if (hasToJson(value)) value = value.toJSON(key);
  if (typeof value === 'bigint') return String(value);
  // Undefined, functions and symbols have no text.
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) {
    pushOpen(open, { of: value, keys: undefined, values: value, next: 0, isBegun: false });
    return '[';
  }
  const members = { keys: Object.keys(value), values: Object.values(value) };
  pushOpen(open, { of: value, ...members, next: 0, isBegun: false });
  return '{';
}

/** Depth at which a value that contains itself is first looked for, and again at each doubling: ordinary values cost nothing. */
const FIRST_LOOK_DEPTH = 1024;

function pushOpen(open: Open[], one: Open): void {
  const depth = open.push(one);
  if (depth < FIRST_LOOK_DEPTH || (depth & (depth - 1)) !== 0) return;
  if (new Set(open.map(({ of }) => of)).size < depth) {
    throw new TypeError('Expected a value that JSON can hold, got one that contains itself.');
  }
}

function hasToJson(value: unknown): value is { toJSON(key: string): unknown } {
  return (
    typeof value === 'object' && value !== null && 'toJSON' in value && typeof value.toJSON === 'function'
  );
}
