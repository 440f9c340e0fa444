import { type NumberMode, toJsonNumber } from './json-number.js';

/** Why a text is no JSON that is read here: `SYNTAX`, or `DEPTH` where it is nested deeper than the limit. */
export interface JsonFailure {
  /** For programs. */
  readonly code: 'SYNTAX' | 'DEPTH';
  /** What was expected where, or the limit, in one line of bounded length. */
  readonly message: string;
  /** Character of the text at which it shows; absent where only the whole text was looked at. */
  readonly offset?: number;
  /** From the root to the value that was being read: `['location', 'latitude']`. */
  readonly path?: JsonPath;
}

/** From the root of a JSON value to a part of it. */
export type JsonPath = readonly (string | number)[];

/** A key that appears twice in one object. */
export interface DuplicateKey {
  /** From the root, the key included. */
  readonly path: JsonPath;
  /** Character of the text at which it stands the second time. */
  readonly offset: number;
}

/** What {@link parseExactly} found. */
export interface Parsed {
  readonly value?: unknown;
  readonly failure?: JsonFailure;
  /** The first key that appears twice in one object. */
  readonly duplicateKey?: string;
  /** Where it stands. */
  readonly duplicate?: DuplicateKey;
}

/** The failure of a text that is nested too deeply, in the words of Jackson, which Firehose reads with. */
export function tooDeep(depth: number, maxDepth: number): JsonFailure {
  return {
    code: 'DEPTH',
    message: `Document nesting depth (${depth}) exceeds the maximum allowed (${maxDepth}, from \`StreamReadConstraints.getMaxNestingDepth()\`)`,
  };
}

type Container =
  | { readonly items: unknown[]; readonly members?: undefined; key: string }
  | {
      readonly items?: undefined;
      readonly members: Record<string, unknown>;
      key: string;
      /** Where the key stands. */
      keyAt: number;
    };

/** Carries a failure out of the parser. Never leaves this file. */
class Failed extends Error {
  override readonly name = 'Failed';
  readonly failure: JsonFailure;

  constructor(failure: JsonFailure) {
    super(failure.message);
    this.failure = failure;
  }
}

/**
 * Parses a text that is one JSON value, with a stack of its own: no nesting of the input takes any of the process's.
 * What `JSON.parse` takes it takes, and nothing else.
 */
export function parseExactly(text: string, mode: NumberMode, maxDepth: number): Parsed {
  const parser = new Parser(text, mode, maxDepth);
  try {
    const value = parser.parse();
    const { duplicateKey, duplicate } = parser;
    return duplicateKey === undefined || duplicate === undefined
      ? { value }
      : { value, duplicateKey, duplicate };
  } catch (error) {
    if (error instanceof Failed) return { failure: error.failure };
    throw error;
  }
}

/** Stands for a container that was opened. */
const opened = Symbol('opened');
const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const literals = [
  ['true', true],
  ['false', false],
  ['null', null],
] as const;

class Parser {
  readonly #text: string;
  readonly #mode: NumberMode;
  readonly #maxDepth: number;
  readonly #open: Container[] = [];
  #at = 0;
  duplicateKey: string | undefined;
  duplicate: DuplicateKey | undefined;

  constructor(text: string, mode: NumberMode, maxDepth: number) {
    this.#text = text;
    this.#mode = mode;
    this.#maxDepth = maxDepth;
  }

  parse(): unknown {
    for (;;) {
      let value: unknown = this.#begin();
      // A container that was opened and holds something: its first value comes next.
      if (value === opened) continue;
      for (;;) {
        const top = this.#open.at(-1);
        if (top === undefined) {
          if (this.#next() !== '') throw this.#unexpected('the end');
          return value;
        }
        if (top.items === undefined) this.#set(top, value);
        else top.items.push(value);
        const next = this.#next();
        if (next === ',') {
          this.#at += 1;
          if (top.items === undefined) this.#readKey(top);
          break;
        }
        if (next !== (top.items === undefined ? '}' : ']')) {
          throw this.#unexpected(top.items === undefined ? '"," or "}"' : '"," or "]"');
        }
        this.#at += 1;
        this.#open.pop();
        value = top.items ?? top.members;
      }
    }
  }

  /** Reads a scalar or an empty container, or opens one that is not empty. */
  #begin(): unknown {
    const char = this.#next();
    if (char === '"') return this.#string();
    if (char !== '{' && char !== '[') return this.#scalar();
    this.#at += 1;
    const depth = this.#open.length + 1;
    if (depth > this.#maxDepth) {
      const place = { offset: this.#at - 1, path: this.#path() };
      throw new Failed({ ...tooDeep(depth, this.#maxDepth), ...place });
    }
    const isArray = char === '[';
    if (this.#next() === (isArray ? ']' : '}')) {
      this.#at += 1;
      return isArray ? [] : {};
    }
    const container: Container = isArray ? { items: [], key: '' } : { members: {}, key: '', keyAt: 0 };
    this.#open.push(container);
    if (container.items === undefined) this.#readKey(container);
    return opened;
  }

  #readKey(object: Extract<Container, { readonly items?: undefined }>): void {
    this.#next();
    object.keyAt = this.#at;
    object.key = this.#key();
  }

  #key(): string {
    if (this.#next() !== '"') throw this.#unexpected('a key in double quotes');
    const key = this.#string();
    if (this.#next() !== ':') throw this.#unexpected('":"');
    this.#at += 1;
    return key;
  }

  #set({ members, key, keyAt }: Extract<Container, { readonly items?: undefined }>, value: unknown): void {
    if (this.duplicateKey === undefined && Object.hasOwn(members, key)) {
      this.duplicateKey = key;
      this.duplicate = { path: this.#path(), offset: keyAt };
    }
    if (key !== '__proto__') members[key] = value;
    else Object.defineProperty(members, key, { value, enumerable: true, configurable: true, writable: true });
  }

  #scalar(): unknown {
    for (const [word, value] of literals) {
      if (!this.#text.startsWith(word, this.#at)) continue;
      this.#at += word.length;
      return value;
    }
    number.lastIndex = this.#at;
    const [text] = number.exec(this.#text) ?? [];
    if (text === undefined) throw this.#unexpected('a value');
    this.#at += text.length;
    return toJsonNumber(text, this.#mode);
  }

  #string(): string {
    const start = this.#at;
    let escaped = false;
    let at = start + 1;
    for (; ; at += 1) {
      const code = this.#text.charCodeAt(at);
      if (code === 0x22) break;
      if (code === 0x5c) {
        escaped = true;
        at += 1;
      } else if (!(code >= 0x20)) {
        this.#at = at;
        throw this.#unexpected('the end of a string');
      }
    }
    this.#at = at + 1;
    if (!escaped) return this.#text.slice(start + 1, at);
    try {
      // One string alone: JSON.parse knows every rule of its escapes.
      return JSON.parse(this.#text.slice(start, at + 1)) as string;
    } catch {
      const message = `Invalid escape in the string at character ${start}`;
      throw new Failed({ code: 'SYNTAX', message, offset: start, path: this.#path() });
    }
  }

  /** The next character behind white space; nothing at the end. */
  #next(): string {
    for (; ; this.#at += 1) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09)
        return this.#text.charAt(this.#at);
    }
  }

  #unexpected(expected: string): Failed {
    const char = this.#text.charAt(this.#at);
    const got = char === '' ? 'the end of the text' : JSON.stringify(char);
    return new Failed({
      code: 'SYNTAX',
      message: `Expected ${expected} at character ${this.#at}, got ${got}`,
      offset: this.#at,
      path: this.#path(),
    });
  }

  /** From the root to what is being read. */
  #path(): JsonPath {
    return this.#open.map(({ items, key }) => items?.length ?? key);
  }
}
