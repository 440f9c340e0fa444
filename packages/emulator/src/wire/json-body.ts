import { isUtf8 } from 'node:buffer';
import { emulatorLimits } from './request-limits.js';
import { ServiceError } from './service-error.js';

const QUOTE = 0x22;
const COMMA = 0x2c;
const LIST = 0x5b;
const BACKSLASH = 0x5c;
const LIST_END = 0x5d;
const OBJECT = 0x7b;
const OBJECT_END = 0x7d;

/** Parses the JSON of a request; an empty body is an empty object. What nests too deep or holds too much is refused unread. */
export function parseJson(body: Buffer): unknown {
  if (body.length === 0) return {};
  // Node would put U+FFFD in the place of what is no UTF-8, and something else would be stored than was sent.
  if (!isUtf8(body)) throw unreadable('not valid UTF-8');
  checkSize(body);
  try {
    const value: unknown = JSON.parse(body.toString());
    return value;
  } catch {
    // The position that JSON.parse names would be that of a text which the caller never saw.
    throw unreadable('not valid JSON');
  }
}

/** One pass over the bytes: strings are skipped as a whole, brackets and commas counted. */
function checkSize(body: Buffer): void {
  let depth = 0;
  let values = 1;
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at];
    if (byte === QUOTE) {
      at = endOfString(body, at + 1);
      continue;
    }
    if (byte === LIST_END || byte === OBJECT_END) depth -= 1;
    if (byte === LIST || byte === OBJECT) depth += 1;
    else if (byte !== COMMA) continue;
    values += 1;
    if (depth > emulatorLimits.jsonDepth) throw unreadable(`nested deeper than ${emulatorLimits.jsonDepth}`);
    if (values > emulatorLimits.jsonValues) {
      throw unreadable(`of more than ${emulatorLimits.jsonValues} values`);
    }
  }
}

/** Where the quote stands that ends a string; the end of the body where none does. */
function endOfString(body: Buffer, start: number): number {
  for (let from = start; ;) {
    const quote = body.indexOf(QUOTE, from);
    if (quote < 0) return body.length;
    let escapes = quote;
    while (escapes > from && body[escapes - 1] === BACKSLASH) escapes -= 1;
    if ((quote - escapes) % 2 === 0) return quote;
    from = quote + 1;
  }
}

function unreadable(what: string): ServiceError {
  return new ServiceError('SerializationException', `The request is ${what}.`);
}
