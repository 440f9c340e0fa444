import { isIsoDate } from '../runtime/time.js';

/** A point in time as Firehose holds it: nanoseconds since 1970 in 64 bits, which wrap silently. */
export type Instant = bigint;

const nanosPerSecond = 1_000_000_000n;

const iso =
  /^([0-9]{4}-[0-9]{2}-[0-9]{2})T((?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9])(?:\.([0-9]{1,9}))?Z?$/;
const sql =
  /^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2}) ([01]?[0-9]|2[0-3]):([0-5]?[0-9]):([0-5]?[0-9])(?:\.([0-9]{1,9}))?$/;
const numeric = /^([+-]?)([0-9]{1,18})(?:\.([0-9]+))?$/;

/** Reads `2026-01-05T08:30:00[.f][Z]`, the only ISO form that OpenX takes. */
export function parseIso(text: string): Instant | undefined {
  const [, day, time, fraction] = iso.exec(text) ?? [];
  if (day === undefined || time === undefined || !isIsoDate(day)) return undefined;
  return fromMillis(Date.parse(`${day}T${time}Z`), fraction);
}

/** Reads `2026-1-5 8:30:0[.f]`, the form of `java.sql.Timestamp`. */
export function parseSql(text: string): Instant | undefined {
  const match = sql.exec(text);
  if (match === null) return undefined;
  const [year = '', month = '', day = '', hour = '', minute = '', second = '', fraction] = match.slice(1);
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (!isIsoDate(date)) return undefined;
  const time = [hour, minute, second].map((part) => part.padStart(2, '0')).join(':');
  return fromMillis(Date.parse(`${date}T${time}Z`), fraction);
}

/** Reads a number of seconds, or of milliseconds where it is 1e12 or more; with a fraction or without. */
export function parseEpoch(text: string): Instant | undefined {
  const match = numeric.exec(text);
  if (match === null) return undefined;
  const [sign = '', whole = '', fraction = ''] = match.slice(1);
  const digits = Number(whole) < 1e12 ? 9 : 6;
  const nanos = BigInt(whole + fraction.slice(0, digits).padEnd(digits, '0'));
  return wrap(sign === '-' ? -nanos : nanos);
}

/** Milliseconds since 1970. */
export function fromEpochMillis(text: string): Instant | undefined {
  return /^[+-]?[0-9]{1,15}$/.test(text) ? wrap(BigInt(text) * 1_000_000n) : undefined;
}

/** A number in a timestamp column, as it was written. */
export function fromNumberText(text: string): Instant | undefined {
  if (!/[eE]/.test(text)) return parseEpoch(text);
  const number = Number(text);
  return Number.isFinite(number) ? parseEpoch(plain(number)) : undefined;
}

const plain = (value: number): string => {
  const text = String(value);
  return text.includes('e') ? value.toFixed(9) : text;
};

function fromMillis(millis: number, fraction = ''): Instant {
  return wrap(BigInt(millis) * 1_000_000n + BigInt(fraction.padEnd(9, '0')));
}

const wrap = (nanos: bigint): Instant => BigInt.asIntN(64, nanos);

/** The instant as ISO 8601 in UTC, with as many digits as it has. */
export function formatInstant(instant: Instant): string {
  let nanos = instant % nanosPerSecond;
  if (nanos < 0n) nanos += nanosPerSecond;
  const seconds = Number((instant - nanos) / nanosPerSecond);
  const text = new Date(seconds * 1000).toISOString().slice(0, 19);
  const fraction = String(nanos).padStart(9, '0').replace(/0+$/, '');
  return fraction === '' ? `${text}Z` : `${text}.${fraction}Z`;
}
