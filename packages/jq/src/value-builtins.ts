import { runtimeError } from './error.js';
import { fromJson, jsonText, named, parseNumber, plainText } from './json.js';
import { isArray, isTruthy, type JqValue, pointsIn, typeOf } from './value.js';
import { spend } from './work-limit.js';

function mathOf(apply: (value: number) => number): (input: JqValue) => number {
  return (input) => {
    if (typeof input !== 'number') throw runtimeError(`${named(input)} number required`);
    return apply(input);
  };
}

// C rounds halves away from zero, JavaScript towards positive infinity.
function roundAway(value: number): number {
  const rounded = Math.sign(value) * Math.floor(Math.abs(value) + 0.5);
  if (Number.isInteger(value) || !Number.isFinite(value)) return value;
  // 0.49999999999999994 + 0.5 is 1 in doubles.
  return Math.abs(rounded - value) > 0.5 ? rounded - Math.sign(value) : rounded;
}

function length(input: JqValue): number {
  if (input === null) return 0;
  if (typeof input === 'number') return Math.abs(input);
  if (typeof input === 'string') return pointsIn(input);
  if (typeof input === 'boolean') throw runtimeError(`${named(input)} has no length`);
  if (isArray(input)) return input.length;
  const { length: keys } = Object.keys(input);
  spend(keys);
  return keys;
}

function toNumber(input: JqValue): JqValue {
  if (typeof input === 'number') return input;
  if (typeof input === 'string') {
    spend(4);
    return parseNumber(input);
  }
  throw runtimeError(`${named(input)} cannot be parsed as a number`);
}

function utf8Length(input: JqValue): number {
  if (typeof input === 'string') return Buffer.byteLength(input);
  throw runtimeError(`${named(input)} only strings have UTF-8 byte length`);
}

/** Functions over any one value. */
export const valueBuiltins: Readonly<Record<string, (input: JqValue) => JqValue>> = {
  not: (input) => !isTruthy(input),
  length,
  type: typeOf,
  tostring: plainText,
  tonumber: toNumber,
  tojson: jsonText,
  fromjson: fromJson,
  utf8bytelength: utf8Length,
  floor: mathOf(Math.floor),
  ceil: mathOf(Math.ceil),
  round: mathOf(roundAway),
  trunc: mathOf(Math.trunc),
  sqrt: mathOf(Math.sqrt),
  fabs: mathOf(Math.abs),
  null: () => null,
  true: () => true,
  false: () => false,
  nan: () => NaN,
  infinite: () => Infinity,
};
