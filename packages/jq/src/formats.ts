import { named } from './arithmetic.js';
import { runtimeError, unsupported } from './error.js';
import { jsonText, plainText } from './json-text.js';
import { isArray, type JqValue } from './value.js';

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
  return write;
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
