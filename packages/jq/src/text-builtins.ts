import { named, splitText } from './arithmetic.js';
import { runtimeError } from './error.js';
import { plainText } from './json-text.js';
import { isArray, type JqValue } from './value.js';

function changeCase(input: JqValue, pattern: RegExp, change: (text: string) => string): string {
  if (typeof input !== 'string') throw runtimeError('explode input must be a string');
  return input.replaceAll(pattern, change);
}

function explode(input: JqValue): readonly number[] {
  if (typeof input !== 'string') throw runtimeError('explode input must be a string');
  return Array.from(input, (char) => char.codePointAt(0) ?? 0);
}

function implode(input: JqValue): string {
  if (!isArray(input)) throw runtimeError('implode input must be an array');
  return input
    .map((point) => {
      if (typeof point !== 'number') {
        throw runtimeError(`${named(point)} can't be imploded, unicode codepoint needs to be numeric`);
      }
      const whole = Math.trunc(point);
      const valid = whole >= 0 && whole <= 0x10ffff && !(whole >= 0xd800 && whole <= 0xdfff);
      return valid ? String.fromCodePoint(whole) : '\ufffd';
    })
    .join('');
}

function requireTexts(name: string, input: JqValue, argument: JqValue): readonly [string, string] {
  if (typeof input === 'string' && typeof argument === 'string') return [input, argument];
  throw runtimeError(`${name}() requires string inputs`);
}

function split(input: JqValue, separator: JqValue): readonly string[] {
  if (typeof input !== 'string' || typeof separator !== 'string') {
    throw runtimeError('split input and separator must be strings');
  }
  return splitText(input, separator);
}

function trimStart(input: JqValue, prefix: JqValue): JqValue {
  const both = typeof input === 'string' && typeof prefix === 'string';
  return both && input.startsWith(prefix) ? input.slice(prefix.length) : input;
}

function trimEnd(input: JqValue, suffix: JqValue): JqValue {
  const both = typeof input === 'string' && typeof suffix === 'string';
  return both && input.endsWith(suffix) ? input.slice(0, input.length - suffix.length) : input;
}

/** What `join` adds for one item, as its definition in jq's own language does. */
export function joinPiece(item: JqValue): JqValue {
  if (typeof item === 'boolean' || typeof item === 'number') return plainText(item);
  return item ?? '';
}

/** Functions over text. */
export const textBuiltins: {
  readonly plain: Readonly<Record<string, (input: JqValue) => JqValue>>;
  readonly withValue: Readonly<Record<string, (input: JqValue, argument: JqValue) => JqValue>>;
} = {
  plain: {
    ascii_downcase: (input) => changeCase(input, /[A-Z]+/g, (text) => text.toLowerCase()),
    ascii_upcase: (input) => changeCase(input, /[a-z]+/g, (text) => text.toUpperCase()),
    explode,
    implode,
  },
  withValue: {
    startswith: (input, argument) => {
      const [text, prefix] = requireTexts('startswith', input, argument);
      return text.startsWith(prefix);
    },
    endswith: (input, argument) => {
      const [text, suffix] = requireTexts('endswith', input, argument);
      return text.endsWith(suffix);
    },
    ltrimstr: trimStart,
    rtrimstr: trimEnd,
    split,
  },
};
