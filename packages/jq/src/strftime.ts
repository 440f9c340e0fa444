import { breakDown, type BrokenDownTime, fromArray, gmtime } from './datetime.js';
import { runtimeError, unsupported } from './error.js';
import type { JqValue } from './value.js';

type Part = (time: BrokenDownTime) => string;

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const months = 'January February March April May June July August September October November December'.split(
  ' ',
);

const two = (value: number): string => pad(value, 2, '0');

function pad(value: number, width: number, fill: string): string {
  const digits = String(Math.abs(value)).padStart(value < 0 ? width - 1 : width, fill);
  return value < 0 ? `-${digits}` : digits;
}

const hour12 = (hour: number): number => (hour === 0 ? 12 : hour > 12 ? hour - 12 : hour);

/** ISO 8601's week and the year it belongs to. */
function isoWeek(time: BrokenDownTime): { readonly year: number; readonly week: number } {
  const monday = (time.weekday + 6) % 7;
  const week = Math.floor((time.yearDay - monday + 10) / 7);
  if (week < 1) return { year: time.year - 1, week: weeksIn(time.year - 1) };
  if (week > weeksIn(time.year)) return { year: time.year + 1, week: 1 };
  return { year: time.year, week };
}

function weeksIn(year: number): number {
  const first = (y: number): number => {
    const date = new Date(0);
    date.setUTCFullYear(y, 0, 1);
    return date.getUTCDay();
  };
  const thursday = 4;
  return first(year) === thursday || first(year + 1) === thursday + 1 ? 53 : 52;
}

const parts: Readonly<Record<string, Part>> = {
  Y: (t) => String(t.year),
  m: (t) => two(t.month + 1),
  d: (t) => two(t.day),
  H: (t) => two(t.hour),
  M: (t) => two(t.minute),
  S: (t) => two(t.second),
  j: (t) => pad(t.yearDay + 1, 3, '0'),
  y: (t) => two(((t.year % 100) + 100) % 100),
  C: (t) => two(Math.floor(t.year / 100)),
  e: (t) => pad(t.day, 2, ' '),
  k: (t) => pad(t.hour, 2, ' '),
  I: (t) => two(hour12(t.hour)),
  l: (t) => pad(hour12(t.hour), 2, ' '),
  p: (t) => (t.hour > 11 ? 'PM' : 'AM'),
  P: (t) => (t.hour > 11 ? 'pm' : 'am'),
  A: (t) => days[t.weekday] ?? '?',
  a: (t) => days[t.weekday]?.slice(0, 3) ?? '?',
  B: (t) => months[t.month] ?? '?',
  b: (t) => months[t.month]?.slice(0, 3) ?? '?',
  u: (t) => String(((t.weekday + 6) % 7) + 1),
  w: (t) => String(t.weekday),
  U: (t) => two(Math.floor((t.yearDay - t.weekday + 7) / 7)),
  W: (t) => two(Math.floor((t.yearDay - ((t.weekday + 6) % 7) + 7) / 7)),
  G: (t) => String(isoWeek(t).year),
  g: (t) => two(((isoWeek(t).year % 100) + 100) % 100),
  V: (t) => two(isoWeek(t).week),
  Z: () => 'UTC',
  z: () => '+0000',
  n: () => '\n',
  t: () => '\t',
  '%': () => '%',
};

/** Directives that stand for several others, as glibc's C locale writes them. */
const composed: Readonly<Record<string, string>> = {
  F: '%Y-%m-%d',
  T: '%H:%M:%S',
  X: '%H:%M:%S',
  R: '%H:%M',
  D: '%m/%d/%y',
  x: '%m/%d/%y',
  c: '%a %b %e %H:%M:%S %Y',
  r: '%I:%M:%S %p',
  h: '%b',
};

/** A compiled format. */
export interface TimeFormat {
  readonly write: Part;
  /** True when minutes and seconds do not show, so that one text serves a whole hour. */
  readonly hourly: boolean;
}

/** Compiles a format of `strftime`; directives outside C's standard set are refused. */
export function compileTimeFormat(format: string): TimeFormat {
  const pieces: (string | Part)[] = [];
  let hourly = true;
  for (const piece of expandComposed(format).split(/(%[^])/)) {
    const part = parts[piece.slice(1)];
    if (!piece.startsWith('%')) pieces.push(piece);
    else if (part === undefined) throw unsupported(`strftime directive ${JSON.stringify(piece)}`);
    else pieces.push(part);
    if (piece === '%M' || piece === '%S') hourly = false;
  }
  const write: Part = (time) =>
    pieces.map((piece) => (typeof piece === 'string' ? piece : piece(time))).join('');
  return { write, hourly };
}

function expandComposed(format: string): string {
  return format.replaceAll(/%([^])/g, (directive, letter: string) => {
    return Object.hasOwn(composed, letter) ? (composed[letter] ?? directive) : directive;
  });
}

/** How many hours a format remembers before it starts over. */
const memoizedHours = 4096;

/** `strftime(format)` for one format: texts of an hour are remembered, since events come hour by hour. */
export function compileStrftime(format: string): (value: JqValue) => string {
  const { write, hourly } = compileTimeFormat(format);
  const byHour = new Map<number, string>();
  const ofArray = (value: JqValue): string => {
    const time = fromArray(value);
    if (time === undefined) throw runtimeError('strftime/1 requires parsed datetime inputs');
    return nonEmpty(write(time));
  };
  const ofSeconds = (seconds: number): string => {
    if (!(seconds >= 0)) return ofArray(gmtime(seconds));
    if (!hourly) return nonEmpty(write(breakDown(Math.trunc(seconds))));
    const hour = Math.floor(seconds / 3600);
    const known = byHour.get(hour);
    if (known !== undefined) return known;
    if (byHour.size >= memoizedHours) byHour.clear();
    const text = nonEmpty(write(breakDown(Math.trunc(seconds))));
    byHour.set(hour, text);
    return text;
  };
  return (value) => (typeof value === 'number' ? ofSeconds(value) : ofArray(value));
}

// C's strftime answers 0 both for an error and for an empty text, and jq takes it for an error.
function nonEmpty(text: string): string {
  if (text === '') throw runtimeError('strftime/1: unknown system failure');
  return text;
}
