import { splitText } from './arithmetic.js';
import { runtimeError, unsupported } from './error.js';
import { jsonText, named, plainText } from './json.js';
import { isArray, type JqValue } from './value.js';
import { spend, spendOn } from './work-limit.js';

const html: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  "'": '&apos;',
  '"': '&quot;',
};

const formats: Readonly<Record<string, (value: JqValue) => string>> = {
  '@text': plainText,
  '@json': jsonText,
  '@base64': (value) => Buffer.from(plainText(value)).toString('base64'),
  '@html': (value) => plainText(value).replaceAll(/[<>&'"]/g, (char) => html[char] ?? char),
  '@uri': (value) => percentEncode(plainText(value)),
  '@csv': (value) => row(value, 'csv', ',', (text) => `"${text.replaceAll('"', '""')}"`),
  '@tsv': (value) => row(value, 'tsv', '\t', escapeTabs),
};

/** The function behind `@name`. */
export function formatter(format: string, program: string): (value: JqValue) => string {
  const write = formats[format];
  if (write === undefined) throw unsupported(`${format} in ${program}`);
  return (value) => {
    spendOn(value);
    const text = write(value);
    // Escaping costs more than looking.
    if (format !== '@text') spend(text.length >> 2);
    return text;
  };
}

function percentEncode(text: string): string {
  const encode = (char: string): string =>
    [...Buffer.from(char)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
  return text.replaceAll(/[^A-Za-z0-9\-_.!~*'()]/gu, encode);
}

function escapeTabs(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('\t', '\\t')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r');
}

function row(value: JqValue, format: string, separator: string, quote: (text: string) => string): string {
  if (!isArray(value)) {
    throw runtimeError(`${named(value)} cannot be ${format}-formatted, only array`);
  }
  return value
    .map((item) => {
      if (item === null) return '';
      if (typeof item === 'string') return quote(item);
      if (typeof item === 'object') {
        // jq 1.6 says csv here for both.
        throw runtimeError(`${named(item)} is not valid in a csv row`);
      }
      return jsonText(item);
    })
    .join(separator);
}

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
