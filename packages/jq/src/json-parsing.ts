import { named } from './arithmetic.js';
import { runtimeError } from './error.js';
import type { JqValue } from './value.js';

const numeric = /^[ \t\r\n]*([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)[ \t\r\n]*$/;

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
  const digits = numeric.exec(input)?.[1];
  if (digits !== undefined) return Number(digits);
  try {
    // JSON.parse answers exactly the values that JqValue lists.
    return JSON.parse(input) as JqValue;
  } catch {
    // jq's words depend on how far its scanner came; the text that it could not read is what helps.
    throw runtimeError(`Invalid JSON text (while parsing '${input}')`);
  }
}
