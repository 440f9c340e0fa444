/** Milliseconds of a day. */
export const DAY_MS = 86_400_000;

/** A day of the proleptic Gregorian calendar. */
export interface CivilDate {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31. */
  readonly day: number;
}

/** Days since 1970-01-01 of a civil date, in integers (the usual era arithmetic, years beginning in March). */
export function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** Civil date of a number of days since 1970-01-01. */
export function civilFromDays(days: number): CivilDate {
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted + (shifted < 10 ? 3 : -9);
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1,
  };
}

/** Day of the week, 0 for Monday to 6 for Sunday. */
export function weekdayOf(days: number): number {
  return (((days + 3) % 7) + 7) % 7;
}

/** The nth (1 to 4) given weekday of a month, or the last one when n is -1; as days since 1970-01-01. */
export function nthWeekday(year: number, month: number, weekday: number, n: number): number {
  if (n > 0) {
    const first = daysFromCivil(year, month, 1);
    return first + ((weekday - weekdayOf(first) + 7) % 7) + (n - 1) * 7;
  }
  const last = (month === 12 ? daysFromCivil(year + 1, 1, 1) : daysFromCivil(year, month + 1, 1)) - 1;
  return last - ((weekdayOf(last) - weekday + 7) % 7);
}

const MONDAY = 0;
const THURSDAY = 3;
const SUNDAY = 6;

/**
 * Sales factor of a day's holiday, 1 on other days and 0 where stores are closed: the effects found in the M5 rows
 * named at `m5Weekdays` (28 items: the small ones are noisy).
 */
export function holidayFactor(day: number): number {
  const { year, month, day: date } = civilFromDays(day);
  if (month === 12 && date === 25) return 0;
  if (month === 1 && date === 1) return 0.72;
  if (month === 10 && date === 31) return 0.82;
  if (month === 11 && day === nthWeekday(year, 11, THURSDAY, 4)) return 0.9;
  if (month === 9 && day === nthWeekday(year, 9, MONDAY, 1)) return 1.23;
  if (month === 6 && day === nthWeekday(year, 6, SUNDAY, 3)) return 1.26;
  if (month === 2 && day === nthWeekday(year, 2, SUNDAY, year >= 2022 ? 2 : 1)) return 1.08;
  return 1;
}

/** `2026-01-05` of days since 1970. */
export const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** Month of days since 1970, 0 to 11. */
export const monthOf = (day: number): number => civilFromDays(day).month - 1;
