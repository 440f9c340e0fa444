import { civilFromDays, nthWeekday } from './calendar.js';

/** When clocks go forward: the rule of a group of countries, as it stands since 2007 (US, NZ), 1996 (EU), 2008 (AU). */
export type DaylightRule = 'none' | 'us' | 'eu' | 'au' | 'nz';

/** A zone's name in the IANA data base with its rule; rules are here because an engine's own tables change. */
export interface TimeZone {
  /** IANA name, such as `Europe/Berlin`. */
  readonly name: string;
  /** Minutes east of UTC in standard time. */
  readonly standardMinutes: number;
  /** Rule for the hour of summer time. */
  readonly daylight: DaylightRule;
}

/**
 * Minutes east of UTC by which a zone's clocks run during the opening hours of a local day. Clocks change early
 * on a Sunday, before any store may open ({@link openAfterChange}), so one offset serves a whole business day.
 */
export function offsetMinutes(zone: TimeZone, day: number): number {
  if (zone.daylight === 'none') return zone.standardMinutes;
  const { year } = civilFromDays(day);
  const SUNDAY = 6;
  switch (zone.daylight) {
    case 'us':
      return zone.standardMinutes + (between(day, [3, 2], [11, 1]) ? 60 : 0);
    case 'eu':
      return zone.standardMinutes + (between(day, [3, -1], [10, -1]) ? 60 : 0);
    case 'au':
      return zone.standardMinutes + (between(day, [4, 1], [10, 1]) ? 0 : 60);
    case 'nz':
      return zone.standardMinutes + (between(day, [4, 1], [9, -1]) ? 0 : 60);
  }

  function between(at: number, from: readonly [number, number], to: readonly [number, number]): boolean {
    return at >= nthWeekday(year, from[0], SUNDAY, from[1]) && at < nthWeekday(year, to[0], SUNDAY, to[1]);
  }
}

/**
 * Returns the time of day from which a zone's clocks run at the day's own offset on each Sunday, `03:00`; undefined in a
 * zone whose clocks do not change. Europe changes at 01:00 UTC, the others at 02:00 of their standard time.
 */
export function openAfterChange({ standardMinutes, daylight }: TimeZone): string | undefined {
  if (daylight === 'none') return undefined;
  const minutes = daylight === 'eu' ? Math.max(60, standardMinutes + 120) : 180;
  return [minutes / 60, minutes % 60].map((part) => String(Math.floor(part)).padStart(2, '0')).join(':');
}

type InZone = { readonly timeZone: TimeZone };

/** Minutes east of UTC by which the clocks of the easternmost of these stores run on a local day. */
export function greatestOffset(stores: readonly InZone[], day: number): number {
  return stores.reduce((most, { timeZone }) => Math.max(most, offsetMinutes(timeZone, day)), -900);
}

/** The same of the westernmost. */
export function leastOffset(stores: readonly InZone[], day: number): number {
  return stores.reduce((least, { timeZone }) => Math.min(least, offsetMinutes(timeZone, day)), 900);
}
