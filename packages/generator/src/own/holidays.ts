import { civilFromDays, daysFromCivil, nthWeekday } from '../model/calendar.js';
import type { HolidayFactors } from './world-file.js';

/**
 * Public holidays on which food stores close (0) or sell less, by country: `MM-DD`, `E+n` for n days after Easter Sunday,
 * `M/w/n` for the nth weekday w (0 Monday) of month M, n = -1 for the last. From the countries' own lists of statutory
 * holidays, 2026. Days of lunar calendars move by other rules: give them as dates.
 */
const rules: Readonly<Record<string, string>> = {
  AU: '01-01=.6 01-26=.8 E-2=0 E+1=.8 04-25=.6 12-25=0 12-26=.8',
  BR: '01-01=.5 E-2=.8 04-21=.9 05-01=.6 09-07=.9 10-12=.9 11-02=.9 11-15=.9 11-20=.9 12-25=.3',
  CA: '01-01=.4 E-2=.5 5/0/-2=.8 07-01=.6 9/0/1=.7 10/0/2=.7 12-25=0 12-26=.8',
  CH: '01-01=0 E-2=0 E+1=0 E+39=0 E+50=0 08-01=0 12-25=0 12-26=0',
  CO: '01-01=.5 E-3=.8 E-2=.7 05-01=.7 07-20=.8 08-07=.8 12-08=.9 12-25=.4',
  DE: '01-01=0 E-2=0 E+1=0 05-01=0 E+39=0 E+50=0 10-03=0 12-25=0 12-26=0',
  DK: '01-01=0 E-3=0 E-2=0 E+1=0 E+39=0 E+50=0 12-25=0 12-26=0',
  ES: '01-01=0 01-06=0 E-2=0 05-01=0 08-15=.3 10-12=.3 11-01=.3 12-06=.5 12-08=.5 12-25=0',
  FI: '01-01=.4 01-06=.6 E-2=.4 E+1=.5 05-01=.4 E+39=.6 12-06=.4 12-25=0 12-26=.5',
  FR: '01-01=.2 E+1=.6 05-01=0 05-08=.7 E+39=.7 07-14=.6 08-15=.6 11-01=.6 11-11=.7 12-25=.1',
  GB: '01-01=.5 E+0=0 E-2=.9 E+1=.8 5/0/1=.9 5/0/-1=.9 8/0/-1=.9 12-25=0 12-26=.5',
  IE: '01-01=.5 2/0/1=.9 03-17=.8 E+1=.8 5/0/1=.9 6/0/1=.9 8/0/1=.9 10/0/-1=.9 12-25=0 12-26=.4',
  IN: '01-26=.8 08-15=.8 10-02=.8 12-25=.9',
  IS: '01-01=.2 E-3=.6 E-2=.3 E+0=.2 E+1=.5 05-01=.5 06-17=.5 12-25=0 12-26=.4',
  IT: '01-01=.2 01-06=.7 E+0=.3 E+1=.4 04-25=.6 05-01=.3 06-02=.6 08-15=.3 11-01=.6 12-08=.8 12-25=0 12-26=.3',
  JP: '01-01=.5 01-02=.7 01-03=.8 04-29=1.05 05-03=1.05 05-04=1.05 05-05=1.05 12-31=1.3',
  KE: '01-01=.7 E-2=.8 E+1=.9 05-01=.8 06-01=.9 10-20=.9 12-12=.9 12-25=.5 12-26=.7',
  KR: '01-01=.8 03-01=.95 05-05=1.1 06-06=.95 08-15=.95 10-03=.95 10-09=.95 12-25=1.05',
  MX: '01-01=.5 2/0/1=.9 3/0/3=.9 05-01=.8 09-16=.8 11/0/3=.9 12-25=.4',
  NL: '01-01=.4 E+0=.5 E+1=.7 04-27=.7 E+39=.8 E+50=.7 12-25=.2 12-26=.5',
  PL: '01-01=0 01-06=0 E+0=0 E+1=0 05-01=0 05-03=0 E+60=0 08-15=0 11-01=0 11-11=0 12-25=0 12-26=0',
  PT: '01-01=0 E-2=.6 E+0=.4 04-25=.7 05-01=.2 06-10=.8 08-15=.8 10-05=.8 11-01=.8 12-01=.8 12-08=.8 12-25=0',
  SE: '01-01=.5 01-06=.8 E-2=.6 E+1=.7 05-01=.8 E+39=.8 06-06=.8 12-24=.5 12-25=.3 12-26=.6',
  SG: '01-01=.9 E-2=.95 05-01=.95 08-09=.95 12-25=.95',
  US: '01-01=.72 2/6/2=1.08 6/6/3=1.26 9/0/1=1.23 10-31=.82 11/3/4=.9 12-25=0',
};

/** Countries that `holidays` may name. */
export const holidayCountries: readonly string[] = Object.keys(rules);

/** Sales factor of a local day, as days since 1970; 1 on other days, 0 is closed. */
export type HolidayFactor = (day: number) => number;

/** A holiday of a country: the rule of its day, that day in each year, and its sales factor. */
export interface HolidayRule {
  /** `MM-DD`, or a rule of days that move. */
  readonly rule: string;
  readonly dayIn: (year: number) => number;
  readonly factor: number;
}

/** The rules of a country of the table; none of another. */
export function holidayRules(country: string): readonly HolidayRule[] {
  if (!Object.hasOwn(rules, country)) return [];
  return (rules[country] ?? '').split(' ').map((text) => {
    const [rule = '', factor = '1'] = text.split('=');
    return { rule, dayIn: yearly(rule), factor: Number(factor) };
  });
}

/** Holidays of a country of the table. */
export function holidaysOf(country: string): HolidayFactor {
  const parsed = holidayRules(country);
  const years = new Map<number, ReadonlyMap<number, number>>();
  return (day) => {
    const { year } = civilFromDays(day);
    let found = years.get(year);
    if (found === undefined) {
      found = new Map(parsed.map(({ dayIn, factor }) => [dayIn(year), factor]));
      years.set(year, found);
    }
    return found.get(day) ?? 1;
  };
}

/** Holidays of a list of dates: `2026-12-24`, or `12-24` for each year. */
export function holidaysOn(factors: HolidayFactors): HolidayFactor {
  const entries: readonly (readonly [string, number])[] = isList(factors)
    ? factors.map(({ date, factor }) => [date, factor])
    : Object.entries(factors);
  const dates = new Map(entries);
  return (day) => {
    const { year, month, day: date } = civilFromDays(day);
    const two = (n: number): string => String(n).padStart(2, '0');
    const short = `${two(month)}-${two(date)}`;
    return dates.get(`${year}-${short}`) ?? dates.get(short) ?? 1;
  };
}

// `Array.isArray` forgets what a read-only list holds.
const isList = (
  factors: HolidayFactors,
): factors is readonly { readonly date: string; readonly factor: number }[] => Array.isArray(factors);

/** The day of a rule in each year. */
function yearly(rule: string): (year: number) => number {
  if (rule.startsWith('E')) return (year) => easter(year) + Number(rule.slice(1));
  const [month = 1, weekday = 0, n = 1] = rule.split('/').map(Number);
  if (rule.includes('/')) {
    // -2 is the last Monday before 25 May, as Canada counts Victoria Day.
    if (n === -2) return (year) => lastBefore(daysFromCivil(year, month, 25), weekday);
    return (year) => nthWeekday(year, month, weekday, n);
  }
  const [m = 1, d = 1] = rule.split('-').map(Number);
  return (year) => daysFromCivil(year, m, d);
}

/** The last given weekday before a day. */
function lastBefore(day: number, weekday: number): number {
  const before = day - 1;
  return before - ((((before + 3) % 7) - weekday + 7) % 7);
}

/** Easter Sunday of the Gregorian calendar, as days since 1970 (Meeus, Jones and Butcher). */
function easter(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const month = Math.floor((h + l - 7 * m + 114) / 31);
  return daysFromCivil(year, month, ((h + l - 7 * m + 114) % 31) + 1);
}
