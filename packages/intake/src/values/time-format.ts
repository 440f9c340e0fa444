import { inertText } from '@store/foundation';
import { IntakeError } from '../errors.js';
import { readOffset } from './iso-time.js';
import type { TimeParts } from './local-time.js';

/** Reads a text into parts: true where the whole text has the format. */
export type TimeFormat = (text: string, parts: TimeParts) => boolean;

/** Reads from a place of the text and returns the place after it, or -1. */
type Step = (text: string, at: number, parts: TimeParts) => number;

/** Longer formats and texts are no times. */
const MOST_CHARACTERS = 64;

/** Two figures of a year from 00 to 79 are of this century, from 80 on of the last. */
const CENTURY_TURNS = 80;

/** An hour that no clock has. */
const NO_HOUR = 99;

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const explained =
  'Use yyyy or yy, M, MM or MMM, d or dd, H or HH (h or hh with a), m or mm, s or ss, S for fractions, X for an offset, E for a weekday, and quote other letters: dd.MM.yyyy HH:mm.';

/**
 * Returns the reader of a format of times, in the letters of Unicode (CLDR) that Java and most tools use: `dd.MM.yyyy HH:mm`.
 * One letter takes one or two digits, two letters exactly two. A blank stands for any run of blanks. Months by name are English.
 *
 * @throws IntakeError `INVALID_FORMAT` when a letter means nothing, or year, month or day is missing
 */
export function timeFormat(format: string): TimeFormat {
  const steps = stepsOf(format);
  return (text, parts) => {
    if (text.length > MOST_CHARACTERS) return false;
    parts.hour = parts.minute = parts.second = parts.ms = 0;
    parts.hasTime = false;
    parts.offsetMs = undefined;
    let at = 0;
    for (const step of steps) {
      at = step(text, at, parts);
      if (at < 0) return false;
    }
    return at === text.length;
  };
}

function stepsOf(format: string): readonly Step[] {
  const pieces = /'(?:[^']|'')*'|([A-Za-z])\1*|\s+|[^A-Za-z]/gy;
  if (format.length > MOST_CHARACTERS) throw unreadable(format, `at most ${MOST_CHARACTERS} characters`);
  const found = format.match(pieces) ?? [];
  if (found.join('') !== format) throw unreadable(format, 'a quote to end');
  const letters = new Set(found.map((piece) => piece.charAt(0)));
  if (!(letters.has('y') && letters.has('M') && letters.has('d')))
    throw unreadable(format, 'a year, a month and a day');
  if (letters.has('h') !== letters.has('a')) throw unreadable(format, 'h together with a (AM or PM)');
  return found.map((piece) => stepOf(piece, format));
}

function stepOf(piece: string, format: string): Step {
  const { length } = piece;
  switch (piece.charAt(0)) {
    case 'y':
      if (length === 2)
        return digits(2, 2, (parts, n) => (parts.year = n + (n < CENTURY_TURNS ? 2000 : 1900)));
      if (length === 1 || length === 4) return digits(4, 4, (parts, n) => (parts.year = n));
      break;
    case 'M':
      if (length <= 2) return digits(length, 2, (parts, n) => (parts.month = n));
      if (length <= 4) return monthName;
      break;
    case 'd':
      if (length <= 2) return digits(length, 2, (parts, n) => (parts.day = n));
      break;
    case 'H':
      if (length <= 2) return digits(length, 2, setHour);
      break;
    case 'h':
      // 12 AM is midnight: the half of the day comes after, and adds to what is here.
      if (length <= 2)
        return digits(length, 2, (parts, n) => {
          setHour(parts, n >= 1 && n <= 12 ? n % 12 : NO_HOUR);
        });
      break;
    case 'a':
      return halfOfDay;
    case 'm':
      if (length <= 2) return digits(length, 2, (parts, n) => (parts.minute = n));
      break;
    case 's':
      if (length <= 2) return digits(length, 2, (parts, n) => (parts.second = n));
      break;
    case 'S':
      return fraction;
    case 'X':
    case 'x':
    case 'Z':
      return offset;
    case 'E':
      return word;
    case "'":
      return literal(length === 2 ? "'" : piece.slice(1, -1).replaceAll("''", "'"));
    default:
      if (/^\s/.test(piece)) return blanks;
      if (!/[A-Za-z]/.test(piece)) return literal(piece);
  }
  throw unreadable(format, `letters that mean something, not ${piece}`);
}

function setHour(parts: TimeParts, hour: number): void {
  parts.hour = hour;
  parts.hasTime = true;
}

function digits(least: number, most: number, put: (parts: TimeParts, value: number) => void): Step {
  return (text, at, parts) => {
    let value = 0;
    let end = at;
    for (; end < at + most; end++) {
      const digit = text.charCodeAt(end) - 48;
      if (!(digit >= 0 && digit <= 9)) break;
      value = value * 10 + digit;
    }
    if (end - at < least) return -1;
    put(parts, value);
    return end;
  };
}

const fraction: Step = (text, at, parts) => {
  const [found = ''] = /^\d{1,9}/.exec(text.slice(at, at + 9)) ?? [];
  if (found === '') return -1;
  parts.ms = Number(found.slice(0, 3).padEnd(3, '0'));
  return at + found.length;
};

const monthName: Step = (text, at, parts) => {
  const [found = ''] = /^\p{L}{3,9}\.?/u.exec(text.slice(at, at + 10)) ?? [];
  const month = months.indexOf(found.slice(0, 3).toLowerCase());
  if (month < 0) return -1;
  parts.month = month + 1;
  return at + found.length;
};

const halfOfDay: Step = (text, at, parts) => {
  const [found = '', half = ''] = /^([AaPp])\.?[Mm]\.?/.exec(text.slice(at, at + 4)) ?? [];
  if (found === '') return -1;
  if (half.toLowerCase() === 'p') parts.hour += 12;
  return at + found.length;
};

const offset: Step = (text, at, parts) => {
  const [found = ''] = /^(?:[Zz]|[+-]\d{2}(?::?\d{2})?)/.exec(text.slice(at, at + 6)) ?? [];
  if (found === '') return -1;
  parts.offsetMs = readOffset(found);
  return parts.offsetMs === undefined ? -1 : at + found.length;
};

const word: Step = (text, at) => {
  const [found = ''] = /^\p{L}+\.?/u.exec(text.slice(at)) ?? [];
  return found === '' ? -1 : at + found.length;
};

const blanks: Step = (text, at) => {
  let end = at;
  while (end < text.length && /\s/.test(text.charAt(end))) end++;
  return end > at ? end : -1;
};

function literal(wanted: string): Step {
  const { length } = wanted;
  const only = wanted.charCodeAt(0);
  if (length === 1) return (text, at) => (text.charCodeAt(at) === only ? at + 1 : -1);
  return (text, at) => (text.startsWith(wanted, at) ? at + length : -1);
}

function unreadable(format: string, expected: string): IntakeError {
  const got = JSON.stringify(inertText(format, MOST_CHARACTERS));
  return new IntakeError(
    'INVALID_FORMAT',
    `Expected a format of times with ${expected}, got ${got}. ${explained}`,
  );
}
