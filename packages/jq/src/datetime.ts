import { runtimeError, unsupported } from './error.js';
import { isArray, type JqValue } from './value.js';
import { spend } from './work-limit.js';

/** Broken-down time as jq holds it: year in full, month from 0, weekday from Sunday = 0, day of year from 0. */
export interface BrokenDownTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly weekday: number;
  readonly yearDay: number;
}

/** Steps that a date counts as which is taken apart or put together. */
const STEPS_OF_A_DATE = 4;

const daySeconds = 86_400;
// Beyond these JavaScript's calendar ends; glibc's continues, but no event time is there.
const maxSeconds = 8_640_000_000_000;

/** Days from 1970-01-01 to a date of the Gregorian calendar; month and day may lie outside their ranges. */
export function daysFromCivil(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  return Math.floor(date.getTime() / 86_400_000);
}

/** Takes whole seconds since 1970 apart, in UTC. */
export function breakDown(seconds: number): BrokenDownTime {
  if (!(Math.abs(seconds) < maxSeconds) && Math.abs(seconds) < 67_768_036_191_676_800) {
    throw unsupported(`a time ${seconds} seconds from 1970`);
  }
  if (!(Math.abs(seconds) < maxSeconds)) {
    throw runtimeError('errror converting number of seconds since epoch to datetime');
  }
  const date = new Date(seconds * 1000);
  const year = date.getUTCFullYear();
  const days = Math.floor(seconds / daySeconds);
  return {
    year,
    month: date.getUTCMonth(),
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    weekday: date.getUTCDay(),
    yearDay: days - daysFromCivil(year, 0, 1),
  };
}

/** `gmtime`: a number of seconds as jq's eight numbers; the fraction stays with the seconds. */
export function gmtime(value: JqValue): readonly number[] {
  spend(STEPS_OF_A_DATE);
  if (typeof value !== 'number') throw runtimeError('gmtime() requires numeric inputs');
  // Adding zero turns -0 into 0.
  const t = breakDown(Math.trunc(value) + 0);
  const second = t.second + (value - Math.floor(value));
  return [t.year, t.month, t.day, t.hour, t.minute, second, t.weekday, t.yearDay];
}

/** Reads jq's eight numbers; `undefined` when they are none. */
export function fromArray(value: JqValue): BrokenDownTime | undefined {
  if (!isArray(value) || value.length < 8) return undefined;
  const fields: number[] = [];
  for (const field of value.slice(0, 8)) {
    if (typeof field !== 'number') return undefined;
    fields.push(Math.trunc(field));
  }
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, weekday = 0, yearDay = 0] = fields;
  return { year, month, day, hour, minute, second, weekday, yearDay };
}

/** `mktime`: seconds since 1970 of jq's eight numbers, taken as UTC. */
export function mktime(value: JqValue): number {
  spend(STEPS_OF_A_DATE);
  if (!isArray(value)) throw runtimeError('mktime requires array inputs');
  const t = fromArray(value);
  if (t === undefined) throw runtimeError('mktime requires parsed datetime inputs');
  const days = daysFromCivil(t.year, t.month, t.day);
  const seconds = days * daySeconds + t.hour * 3600 + t.minute * 60 + t.second;
  // timegm's -1 means failure, so jq takes the last second of 1969 for one.
  if (seconds === -1 || Number.isNaN(seconds)) throw runtimeError('invalid gmtime representation');
  return seconds;
}
