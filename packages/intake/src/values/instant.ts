import { JsonNumber } from '@store/foundation';
import { isoTime } from './iso-time.js';
import { emptyParts, localMsOf } from './local-time.js';
import { readNumber } from './number.js';
import { timeFormat, type TimeFormat } from './time-format.js';
import { timeZone, type TimeZone } from './time-zone.js';

/** How a source writes times. */
export interface InstantForm {
  /**
   * Format of text, such as `dd.MM.yyyy HH:mm`, or several of which the first that fits counts.
   * @defaultValue ISO 8601, and seconds or milliseconds since 1970
   */
  readonly format?: string | readonly string[];
  /**
   * Clock that a time without an offset was read from: a name of the IANA time zone database, `UTC` or `+01:00`.
   * @defaultValue none: such a time is refused
   */
  readonly zone?: string;
  /**
   * Date that a source counts as day 1, for sources that number their days: `2011-01-29`; `1899-12-31` reads Excel's.
   * @defaultValue none
   */
  readonly dayOne?: string;
}

/** Why a value is no instant: it is no time of the form; or it is one, but nobody knows by which clock. */
export type InstantProblem = 'NOT_A_TIME' | 'NO_ZONE';

/** Reads one value as an instant in milliseconds since 1970, or tells why it is none. */
export type InstantReader = (value: unknown, zone?: TimeZone) => number | InstantProblem;

const DAY_MS = 86_400_000;
/** Only years of four digits have the form that the lake's readers expect. */
const LEAST_MS = -62_167_219_200_000;
const MOST_MS = 253_402_300_799_999;

/**
 * Returns the reader of instants for CSV, JSON and Parquet alike. Nothing of it depends on the machine's time zone:
 *
 * - a time with an offset is that instant; a time without one was read from the clock of `zone`, and is refused where none
 *   is given;
 * - a date without a time is 12:00 in the zone, so that its UTC date is the same from UTC-11 to UTC+11;
 * - a time that the clock shows twice is the first of the two; one that the clock leaves out counts as if it had not been
 *   put forward yet: see {@link timeZone};
 * - without a format: ISO 8601, and seconds or milliseconds since 1970 as a number or text of 9 to 16 digits (below 100 billion
 *   it is seconds, until the year 5138);
 * - a day that no calendar has, 24:00, a 61st second and years beyond four digits are refused.
 *
 * @throws IntakeError `UNKNOWN_ZONE`, `INVALID_FORMAT`
 *
 * @example
 * ```ts
 * import { createInstantReader } from '@store/intake';
 *
 * const read = createInstantReader({ format: 'dd.MM.yyyy HH:mm', zone: 'Europe/Vienna' });
 * console.log(new Date(read('05.01.2026 09:00')).toISOString()); // 2026-01-05T08:00:00.000Z
 * console.log(read('30.02.2026 09:00')); // NOT_A_TIME
 * ```
 */
export function createInstantReader(form: InstantForm = {}): InstantReader {
  const { format, dayOne } = form;
  const home = form.zone === undefined ? undefined : timeZone(form.zone);
  if (dayOne !== undefined) return numberedDays(dayOne, home);
  const formats: readonly TimeFormat[] =
    format === undefined ? [isoTime] : (typeof format === 'string' ? [format] : format).map(timeFormat);
  const parts = emptyParts();
  const takesEpoch = format === undefined;
  const [only] = formats;
  const fits =
    formats.length === 1 && only !== undefined
      ? only
      : (text: string): boolean => formats.some((one) => one(text, parts));
  return (value, zone = home) => {
    if (typeof value !== 'string') return takesEpoch ? fromNumber(value) : 'NOT_A_TIME';
    if (takesEpoch && isEpochText(value)) return fromEpoch(Number(value));
    if (!fits(value, parts) && !fits(value.trim(), parts)) return 'NOT_A_TIME';
    const localMs = localMsOf(parts);
    if (Number.isNaN(localMs)) return 'NOT_A_TIME';
    if (parts.offsetMs !== undefined) return inRange(localMs - parts.offsetMs);
    return zone === undefined ? 'NO_ZONE' : inRange(zone.toUtc(localMs));
  };
}

function numberedDays(dayOne: string, home: TimeZone | undefined): InstantReader {
  const first = emptyParts();
  const start = isoTime(dayOne, first) && !first.hasTime ? localMsOf(first) : NaN;
  return (value, zone = home) => {
    const number = readNumber(value);
    if (typeof number !== 'number' || !Number.isFinite(start)) return 'NOT_A_TIME';
    if (zone === undefined) return 'NO_ZONE';
    const day = Math.floor(number);
    // A whole day is at noon, as a date does; a fraction is the time of day, to the millisecond.
    const ofDay = number === day ? 0 : Math.round((number - day) * DAY_MS) - DAY_MS / 2;
    const localMs = start + (day - 1) * DAY_MS + ofDay;
    return Math.abs(localMs) <= MOST_MS ? inRange(zone.toUtc(localMs)) : 'NOT_A_TIME';
  };
}

function fromNumber(value: unknown): number | InstantProblem {
  if (typeof value === 'number') return fromEpochNumber(value);
  if (value instanceof JsonNumber) return fromEpochNumber(value.toNumber());
  if (typeof value === 'bigint') return fromEpochNumber(Number(value));
  return value instanceof Date ? inRange(value.getTime()) : 'NOT_A_TIME';
}

const isEpochText = (text: string): boolean => /^\s*-?\d{9,16}(?:\.\d+)?\s*$/.test(text);

/** As of text, fewer than nine digits are no seconds since 1970: 20260301 is a date, 46082 a day of Excel's. */
const fromEpochNumber = (value: number): number | InstantProblem =>
  Math.abs(value) < 1e8 ? 'NOT_A_TIME' : fromEpoch(value);

/** Below 100 billion it is seconds (until the year 5138), from there on milliseconds (since 1973). */
const fromEpoch = (value: number): number | InstantProblem =>
  inRange(Math.abs(value) < 1e11 ? value * 1_000 : value);

function inRange(ms: number): number | InstantProblem {
  const rounded = Math.round(ms);
  return rounded >= LEAST_MS && rounded <= MOST_MS ? rounded : 'NOT_A_TIME';
}

const inUtc = createInstantReader({ zone: 'UTC' });

/**
 * Returns the instant in UTC as ISO 8601 in milliseconds, from the forms of {@link createInstantReader} without a format;
 * a time without a zone is taken as UTC, and a date as 12:00 of it: the event's own columns are in UTC. Undefined for
 * anything else, and for days that no calendar has.
 *
 * @example
 * ```ts
 * import { toUtcIso } from '@store/intake';
 *
 * console.log(toUtcIso('2026-01-05 09:00:00+01:00')); // 2026-01-05T08:00:00.000Z
 * ```
 */
export function toUtcIso(value: unknown): string | undefined {
  const ms = inUtc(value);
  return typeof ms === 'number' ? new Date(ms).toISOString() : undefined;
}
