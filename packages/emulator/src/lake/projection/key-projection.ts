import { dateFormat, type DateUnit } from './date-format.js';

/** A value that a projection finds written in a location. */
export interface ProjectedValue {
  /** Where it ends. */
  readonly end: number;
  /** The partition's value, of the key's type. */
  readonly value: string;
}

/** What a projection says of one partition key, by "Supported types for partition projection" of Athena's guide (2026-11). */
export interface KeyProjection {
  /** Values that are at a place in a text, and are projected. */
  readAt(text: string, from: number): readonly ProjectedValue[];
}

/** A projection, or why it is none: Athena's kind of error and its words. */
export type KeyProjectionOrProblem = KeyProjection | { readonly problem: string };

/**
 * Reads the projection of a key.
 *
 * @param setting - a property `projection.KEY.…`
 * @param now - milliseconds since 1970, for `NOW`
 */
export function keyProjection(
  { Name, Type }: { readonly Name: string; readonly Type: string },
  setting: (of: string) => string | undefined,
  now: number,
): KeyProjectionOrProblem {
  const kind = setting('type')?.trim().toLowerCase() ?? '';
  switch (kind) {
    case 'enum':
      return enumProjection(setting('values'));
    case 'integer':
      return integerProjection(setting);
    case 'date':
      return dateProjection(Name, Type, setting, now);
    case 'injected':
      return { readAt: injectedAt };
    default:
      return {
        problem: `INVALID_TABLE_PROPERTY: projection.${Name}.type is not valid: ${kind.slice(0, 100)}`,
      };
  }
}

function enumProjection(values: string | undefined): KeyProjectionOrProblem {
  if (values === undefined) return { problem: 'INVALID_TABLE_PROPERTY: An enum projection has no values' };
  // White space is part of a value.
  const all = [...new Set(values.split(','))].filter((value) => value !== '');
  return {
    readAt: (text, from) =>
      all
        .filter((value) => text.startsWith(value, from))
        .map((value) => ({ end: from + value.length, value })),
  };
}

/** A value that the query's own conditions bring along: whatever the folder is called. */
function injectedAt(text: string, from: number): readonly ProjectedValue[] {
  const slash = text.indexOf('/', from);
  const last = slash < 0 ? text.length : slash;
  return Array.from({ length: Math.max(0, last - from) }, (_, index) => ({
    end: last - index,
    value: text.slice(from, last - index),
  }));
}

/** Bounds of what a projection reads; what is beyond them is refused as Athena refuses a number that it cannot read. */
export const projectionLimits: Readonly<{ integerDigits: number; settingDigits: number; nowDigits: number }> =
  Object.freeze({
    /** Digits of a value of an integer key without `digits` of its own: Java's long. */
    integerDigits: 19,
    /** Digits of a number of `range`, `interval` and `digits`, and the most that `digits` may ask for. Own. */
    settingDigits: 100,
    /** Digits of the count in `NOW-3YEARS`. Own. */
    nowDigits: 9,
  });
const nowPattern = new RegExp(
  `^NOW\\s*(?:([+-])\\s*(\\d{1,${projectionLimits.nowDigits}})\\s*([A-Z]+?)S?)?$`,
  'i',
);
const numberPattern = new RegExp(`^-?\\d{1,${projectionLimits.settingDigits}}$`);

function integerProjection(setting: (of: string) => string | undefined): KeyProjectionOrProblem {
  const range = setting('range') ?? '';
  const [first, last, ...more] = range.split(',').map(wholeNumber);
  const interval = wholeNumber(setting('interval') ?? '1');
  const digits = wholeNumber(setting('digits') ?? '0');
  if (first === undefined || last === undefined || more.length > 0) return badNumber(range);
  if (interval === undefined || interval <= 0n) return badNumber(setting('interval') ?? '');
  if (digits === undefined || digits < 0n || digits > BigInt(projectionLimits.settingDigits))
    return badNumber(setting('digits') ?? '');
  const write = (value: bigint): string => {
    const [sign, size] = value < 0n ? ['-', String(-value)] : ['', String(value)];
    return `${sign}${size.padStart(Number(digits), '0')}`;
  };
  const pattern = new RegExp(`-?\\d{1,${Math.max(projectionLimits.integerDigits, Number(digits))}}`, 'y');
  return {
    readAt(text, from) {
      pattern.lastIndex = from;
      const found = pattern.exec(text)?.[0] ?? '';
      return Array.from({ length: found.length }, (_, index) => found.slice(0, found.length - index))
        .filter((value) => {
          const number = wholeNumber(value);
          return (
            number !== undefined &&
            number >= first &&
            number <= last &&
            (number - first) % interval === 0n &&
            write(number) === value
          );
        })
        .map((value) => ({ end: from + value.length, value }));
    },
  };
}

function wholeNumber(text: string): bigint | undefined {
  const trimmed = text.trim();
  return numberPattern.test(trimmed) ? BigInt(trimmed) : undefined;
}

function badNumber(text: string): { readonly problem: string } {
  return { problem: `INVALID_TABLE_PROPERTY: For input string: "${text.slice(0, 100)}"` };
}

/** Lengths of the units that have one. */
const milliseconds: ReadonlyMap<string, number> = new Map([
  ['WEEKS', 604_800_000],
  ['DAYS', 86_400_000],
  ['HOURS', 3_600_000],
  ['MINUTES', 60_000],
  ['SECONDS', 1000],
  ['MILLIS', 1],
]);
const units: ReadonlySet<string> = new Set(['YEARS', 'MONTHS', ...milliseconds.keys()]);
const subDay: ReadonlySet<DateUnit> = new Set<DateUnit>(['HOURS', 'MINUTES', 'SECONDS', 'MILLIS']);

function dateProjection(
  name: string,
  type: string,
  setting: (of: string) => string | undefined,
  now: number,
): KeyProjectionOrProblem {
  const written = setting('format')?.trim() ?? '';
  if (written === '') return { problem: `INVALID_TABLE_PROPERTY: projection.${name}.format is missing` };
  const format = dateFormat(written);
  if (format === undefined) {
    return {
      problem: `NOT_SUPPORTED: Not served is the date format ${written.slice(0, 100)} of a projection; write each of the letters yMdDHmsS once`,
    };
  }
  const unit =
    setting('interval.unit')
      ?.trim()
      .toUpperCase()
      .replace(/([^S])$/, '$1S') ??
    (subDay.has(format.finest)
      ? undefined
      : written.replaceAll(/'[^']*'/g, '').includes('d')
        ? 'DAYS'
        : 'MONTHS');
  if (unit === undefined) {
    return {
      problem: `INVALID_TABLE_PROPERTY: projection.${name}.interval.unit must be set where the format is finer than a day`,
    };
  }
  const interval = Number(wholeNumber(setting('interval') ?? '1') ?? 0);
  if (!units.has(unit) || interval <= 0)
    return badNumber(setting('interval.unit') ?? setting('interval') ?? '');
  const floored = (at: number): number => format.readAt(format.write(at), 0)?.at ?? NaN;
  const bound = (text: string): number => {
    const [isNow, sign, count, of] = nowPattern.exec(text) ?? [];
    if (isNow !== undefined) {
      if (of === undefined) return floored(now);
      const step = `${of.toUpperCase()}S`;
      return units.has(step) ? floored(plus(now, Number(`${sign ?? ''}${count ?? ''}`), step)) : NaN;
    }
    const read = format.readAt(text, 0);
    return read?.end === text.length ? read.at : NaN;
  };
  const bounds = (setting('range') ?? '').split(',').map((text) => bound(text.trim()));
  const [first = NaN, last = NaN] = bounds;
  if (bounds.length !== 2 || Number.isNaN(first) || Number.isNaN(last))
    return badNumber(setting('range') ?? '');
  return {
    readAt(text, from) {
      const read = format.readAt(text, from);
      if (read === undefined || read.at < first || read.at > last || !isStep(first, read.at, interval, unit))
        return [];
      return [{ end: read.end, value: ofType(type, read.at) ?? text.slice(from, read.end) }];
    },
  };
}

/** A date as the value of a key that is one; `undefined` for keys that keep the text. */
function ofType(type: string, at: number): string | undefined {
  const text = new Date(at).toISOString();
  if (type.toLowerCase() === 'date') return text.slice(0, 10);
  return type.toLowerCase() === 'timestamp' ? text.slice(0, 23).replace('T', ' ') : undefined;
}

/** Whether a moment is a whole number of steps after another. */
function isStep(first: number, at: number, interval: number, unit: string): boolean {
  const length = milliseconds.get(unit);
  if (length !== undefined) return (at - first) % (length * interval) === 0;
  const from = new Date(first);
  const to = new Date(at);
  const count = (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth();
  const step = unit === 'YEARS' ? 12 * interval : interval;
  return count % step === 0 && plus(first, count, 'MONTHS') === at;
}

function plus(at: number, count: number, unit: string): number {
  const length = milliseconds.get(unit);
  if (length !== undefined) return at + count * length;
  const date = new Date(at);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + count * (unit === 'YEARS' ? 12 : 1));
  const days = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, days));
  return date.getTime();
}
