/** What a text says of a time; reused by its reader, so that a record makes none. */
export interface TimeParts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  ms: number;
  /** Where the text has a time of day. */
  hasTime: boolean;
  /** Milliseconds east of UTC; undefined where the text names no zone. */
  offsetMs: number | undefined;
}

/** Returns parts that say nothing yet. */
export function emptyParts(): TimeParts {
  return {
    year: 0,
    month: 0,
    day: 0,
    hour: 0,
    minute: 0,
    second: 0,
    ms: 0,
    hasTime: false,
    offsetMs: undefined,
  };
}

/** The hour at which a date without a time stands: its UTC date is then the same from UTC-11 to UTC+11. */
const NOON = 12;

/** Returns the time as if the place were in UTC, in milliseconds since 1970; NaN for a day that no calendar has. */
export function localMsOf(parts: TimeParts): number {
  const { year, month, day, minute, second, ms } = parts;
  const hour = parts.hasTime ? parts.hour : NOON;
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 59) return NaN;
  if (day > 28 && day > daysIn(year, month)) return NaN;
  return (daysSince1970(year, month, day) * 1440 + hour * 60 + minute) * 60_000 + second * 1_000 + ms;
}

function daysIn(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
}

/**
 * Days of the Gregorian calendar since 1970, by counting from March (Howard Hinnant, `days_from_civil`). A Date would cost
 * four times as much for each record, and takes the years before 100 for those of the last century.
 */
function daysSince1970(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}
