import { checkText } from '../check-arguments.js';
import type { Instant } from './instant.js';

/** A step of a pattern: reads from a position on and returns the position behind, or -1. */
type Step = (text: string, at: number, fields: Map<string, number>) => number;

const MONTHS = 'january february march april may june july august september october november december'.split(
  ' ',
);
const DAYS = 'monday tuesday wednesday thursday friday saturday sunday'.split(' ');
/** Least and greatest value of the letters that are numbers of at most two digits, or three. */
const RANGES: Readonly<Record<string, readonly [least: number, greatest: number, digits: number]>> = {
  M: [1, 12, 2],
  d: [1, 31, 2],
  D: [1, 366, 3],
  H: [0, 23, 2],
  k: [1, 24, 2],
  K: [0, 11, 2],
  h: [1, 12, 2],
  m: [0, 59, 2],
  s: [0, 59, 2],
};

const fullYear = 'Write the year in full: yyyy.';
/** What to write instead of letters that are not read the same on every day or machine. */
const instead: Readonly<Record<string, string>> = {
  y: fullYear,
  Y: fullYear,
  G: fullYear,
  C: fullYear,
  x: 'Write the calendar’s year, month and day: yyyy-MM-dd, or yyyy-DDD.',
  w: 'Write the calendar’s year, month and day: yyyy-MM-dd, or yyyy-DDD.',
  e: 'Write the name of the weekday, E, or none.',
  z: 'Write an offset, Z, and send one, such as +0100.',
  Z: 'Write an offset, Z, and send one, such as +0100.',
};

const patterns = new Map<string, readonly Step[] | string>();

/**
 * Reads a timestamp by a pattern of Joda's DateTimeFormat; `undefined` where it does not match as a whole. Source: Joda-Time,
 * API documentation of DateTimeFormat, read 2026-11.
 */
export function parseJoda(text: string, format: string): Instant | undefined {
  const steps = compiled(format);
  if (typeof steps === 'string') return undefined;
  const fields = new Map<string, number>();
  let at = 0;
  for (const step of steps) {
    at = step(text, at, fields);
    if (at < 0) return undefined;
  }
  return at === text.length ? instantOf(fields) : undefined;
}

/**
 * Returns what of a timestamp format of the Hive JSON SerDe is not read here, or `undefined` where all of it is: a
 * pattern of Joda's DateTimeFormat without zone names, eras, centuries, week-years and two-digit years, or `millis`.
 *
 * @example
 * ```ts
 * import { timestampFormatProblem } from '@store/glue-schema';
 *
 * console.log(timestampFormatProblem('dd/MMM/yyyy:HH:mm:ss Z')); // undefined
 * console.log(timestampFormatProblem('yyyy z'));
 * // The letter z of the pattern yyyy z cannot be read here. Write an offset, Z, and send one, such as +0100.
 * ```
 */
export function timestampFormatProblem(format: string): string | undefined {
  checkText('format', format);
  const steps = format === 'millis' ? [] : compiled(format);
  return typeof steps === 'string' ? steps : undefined;
}

function compiled(format: string): readonly Step[] | string {
  const known = patterns.get(format);
  if (known !== undefined) return known;
  const found = compile(format);
  // Formats are of configurations: there are few.
  if (patterns.size < 1_000) patterns.set(format, found);
  return found;
}

function compile(format: string): readonly Step[] | string {
  const steps: Step[] = [];
  const tokens = format.match(/'(?:[^']|'')*'?|([A-Za-z])\1*|[^A-Za-z']+/g) ?? [];
  for (const [index, token] of tokens.entries()) {
    const letter = token.charAt(0);
    if (!/[A-Za-z]/.test(letter)) {
      steps.push(
        literal(token.startsWith("'") ? token.replace(/^'|'$/g, '').replaceAll("''", "'") || "'" : token),
      );
      continue;
    }
    const isNumberNext = /^(?:[yYdDHkKhmsS]|M{1,2}(?!M))/.test(tokens[index + 1] ?? '');
    const step = fieldStep(letter, token.length, isNumberNext);
    if (step === undefined)
      return `The letter${token.length > 1 ? 's' : ''} ${token} of the pattern ${format} cannot be read here. ${instead[letter] ?? 'Write letters of Joda-Time’s DateTimeFormat, and other text in quotes.'}`;
    steps.push(step);
  }
  return steps.length === 0 ? 'The pattern is empty.' : steps;
}

function fieldStep(letter: string, length: number, isNumberNext: boolean): Step | undefined {
  // Which century Joda gives to two digits depends on the day that it reads them.
  if (letter === 'y' || letter === 'Y')
    return length === 2 ? undefined : number('y', 0, 9_999, isNumberNext ? length : 9);
  if (letter === 'M' && length > 2) return names('M', MONTHS, 3);
  if (letter === 'E') return names('E', DAYS, 3);
  if (letter === 'a') return names('a', ['am', 'pm'], 2);
  if (letter === 'S') return fraction(length);
  if (letter === 'Z' && length < 3) return offset;
  const range = Object.hasOwn(RANGES, letter) ? RANGES[letter] : undefined;
  return range === undefined ? undefined : number(letter, ...range);
}

/** Joda reads literals without regard to their case. */
function literal(expected: string): Step {
  const lower = expected.toLowerCase();
  return (text, at) =>
    text.slice(at, at + expected.length).toLowerCase() === lower ? at + expected.length : -1;
}

function digitsAt(text: string, at: number, most: number): string {
  let end = at;
  while (end < text.length && end - at < most && /[0-9]/.test(text.charAt(end))) end += 1;
  return text.slice(at, end);
}

function number(field: string, least: number, greatest: number, most: number): Step {
  return (text, at, fields) => {
    const digits = digitsAt(text, at, most);
    const value = Number(digits);
    if (digits === '' || value < least || value > greatest) return -1;
    fields.set(field, value);
    return at + digits.length;
  };
}

function fraction(most: number): Step {
  return (text, at, fields) => {
    const digits = digitsAt(text, at, most);
    if (digits === '') return -1;
    fields.set('S', Number(digits.slice(0, 9).padEnd(9, '0')));
    return at + digits.length;
  };
}

/** Names in full or by their first letters, in any case. */
function names(field: string, all: readonly string[], short: number): Step {
  return (text, at, fields) => {
    const rest = text.slice(at, at + 9).toLowerCase();
    const index = all.findIndex((name) => rest.startsWith(name.slice(0, short)));
    const name = all[index];
    if (name === undefined) return -1;
    fields.set(field, index + (field === 'M' ? 1 : 0));
    return at + (rest.startsWith(name) ? name.length : short);
  };
}

const offset: Step = (text, at, fields) => {
  const [found = '', sign, hours = '0', minutes = '0'] =
    /^(?:[Zz]|([+-])([0-9]{2})(?::?([0-9]{2}))?)/.exec(text.slice(at, at + 6)) ?? [];
  if (found === '' || Number(hours) > 23 || Number(minutes) > 59) return -1;
  fields.set('Z', (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)));
  return at + found.length;
};

function instantOf(fields: ReadonlyMap<string, number>): Instant | undefined {
  const hasDay = ['M', 'd', 'D', 'E'].some((letter) => fields.has(letter));
  // A day without a year is one of the year 2000; a time alone is of the first day of all.
  const year = fields.get('y') ?? (hasDay ? 2000 : 1970);
  const day = new Date(0);
  const dayOfYear = fields.get('D');
  if (dayOfYear === undefined) {
    const [month, date] = [fields.get('M') ?? 1, fields.get('d') ?? 1];
    day.setUTCFullYear(year, month - 1, date);
    if (day.getUTCMonth() !== month - 1) return undefined;
  } else {
    day.setUTCFullYear(year, 0, dayOfYear);
    if (day.getUTCFullYear() !== year) return undefined;
  }
  const weekday = fields.get('E');
  if (
    weekday !== undefined &&
    (fields.has('d') || dayOfYear !== undefined) &&
    (day.getUTCDay() + 6) % 7 !== weekday
  )
    return undefined;
  const minutes = hourOf(fields) * 60 + (fields.get('m') ?? 0) - (fields.get('Z') ?? 0);
  const millis = day.getTime() + (minutes * 60 + (fields.get('s') ?? 0)) * 1000;
  return BigInt.asIntN(64, BigInt(millis) * 1_000_000n + BigInt(fields.get('S') ?? 0));
}

function hourOf(fields: ReadonlyMap<string, number>): number {
  const whole = fields.get('H') ?? fields.get('k');
  if (whole !== undefined) return whole % 24;
  const half = fields.get('K') ?? fields.get('h') ?? 0;
  return (half % 12) + 12 * (fields.get('a') ?? 0);
}
