import { daysFromCivil } from './datetime.js';
import { runtimeError, unsupported } from './error.js';
import type { JqValue } from './value.js';

interface Fields {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

/** Reads one directive at a place of the text; answers where it ends, or -1. */
type Step = (text: string, at: number, fields: Fields) => number;

const months = 'january february march april may june july august september october november december'.split(
  ' ',
);

function number(
  digits: number,
  least: number,
  most: number,
  set: (fields: Fields, value: number) => void,
): Step {
  return (text, start, fields) => {
    let at = start;
    while (text.charAt(at) === ' ') at += 1;
    let value = 0;
    let read = 0;
    // glibc stops reading when one more digit could not fit the range.
    while (read < digits && isDigit(text, at) && (read === 0 || value * 10 <= most)) {
      value = value * 10 + Number(text.charAt(at));
      at += 1;
      read += 1;
    }
    if (read === 0 || value < least || value > most) return -1;
    set(fields, value);
    return at;
  };
}

const isDigit = (text: string, at: number): boolean => {
  const unit = text.charCodeAt(at);
  return unit >= 48 && unit <= 57;
};

const isSpace = (text: string, at: number): boolean => /^[ \t\n\v\f\r]$/.test(text.charAt(at));

function skipSpace(text: string, start: number): number {
  let at = start;
  while (isSpace(text, at)) at += 1;
  return at;
}

const monthName: Step = (text, at, fields) => {
  const rest = text.slice(at, at + 9).toLowerCase();
  const month = months.findIndex((name) => rest.startsWith(name.slice(0, 3)));
  if (month < 0) return -1;
  fields.month = month;
  const full = months[month] ?? '';
  return at + (rest.startsWith(full) ? full.length : 3);
};

const steps: Readonly<Record<string, Step>> = {
  Y: number(4, 0, 9999, (f, v) => (f.year = v)),
  m: number(2, 1, 12, (f, v) => (f.month = v - 1)),
  d: number(2, 1, 31, (f, v) => (f.day = v)),
  e: number(2, 1, 31, (f, v) => (f.day = v)),
  H: number(2, 0, 23, (f, v) => (f.hour = v)),
  M: number(2, 0, 59, (f, v) => (f.minute = v)),
  S: number(2, 0, 61, (f, v) => (f.second = v)),
  b: monthName,
  B: monthName,
  h: monthName,
};

const composed: Readonly<Record<string, string>> = {
  F: '%Y-%m-%d',
  T: '%H:%M:%S',
  R: '%H:%M',
};

/** `strptime(format)` for one format, as glibc reads it; the format must say year, month and day. */
export function compileStrptime(format: string): (value: JqValue) => readonly JqValue[] {
  const plan = planOf(format);
  return (value) => {
    if (typeof value !== 'string') {
      throw runtimeError(`strptime/1 requires string inputs and arguments`);
    }
    const fields: Fields = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
    let at = 0;
    for (const step of plan) {
      at = step(value, at, fields);
      if (at < 0) break;
    }
    if (at < 0 || (at < value.length && !isSpace(value, at))) {
      throw runtimeError(`date "${value}" does not match format "${format}"`);
    }
    return at < value.length ? [...broken(fields), value.slice(at)] : broken(fields);
  };
}

function broken(fields: Fields): readonly number[] {
  const { year, month, day, hour, minute, second } = fields;
  const days = daysFromCivil(year, month, day);
  const yearDay = daysFromCivil(year, 0, 1);
  // 1970-01-01 was a Thursday. The day of the year counts from the written date, also beyond a month's end.
  const weekday = (((days + 4) % 7) + 7) % 7;
  return [year, month, day, hour, minute, second, weekday, days - yearDay];
}

function planOf(format: string): readonly Step[] {
  const expanded = format.replaceAll(/%([FTR])/g, (_, letter: string) => composed[letter] ?? '');
  const plan: Step[] = [];
  for (const piece of expanded.split(/(%[^]|[ \t\n\v\f\r]+)/)) {
    if (piece === '') continue;
    if (piece.startsWith('%')) plan.push(directive(piece));
    else if (isSpace(piece, 0)) plan.push(skipSpace);
    else plan.push((text, at) => (text.startsWith(piece, at) ? at + piece.length : -1));
  }
  if (!expanded.includes('%Y') || !/%[mbBh]/.test(expanded) || !/%[de]/.test(expanded)) {
    throw unsupported(
      `strptime(${JSON.stringify(format)})`,
      'Its format must name year, month and day (%Y, %m, %d).',
    );
  }
  return plan;
}

function directive(piece: string): Step {
  if (piece === '%%') return (text, at) => (text.charAt(at) === '%' ? at + 1 : -1);
  if (piece === '%n' || piece === '%t') return skipSpace;
  const step = steps[piece.slice(1)];
  if (step === undefined) throw unsupported(`strptime directive ${JSON.stringify(piece)}`);
  return step;
}
