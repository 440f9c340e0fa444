import type { TimeZone } from '../model/time-zone.js';

/**
 * Returns the time of day from which a zone's clocks run at the day's own offset on each Sunday, `03:00`; undefined in a
 * zone whose clocks do not change. Europe changes at 01:00 UTC, the others at 02:00 of their standard time.
 */
export function openAfterChange({ standardMinutes, daylight }: TimeZone): string | undefined {
  if (daylight === 'none') return undefined;
  const minutes = daylight === 'eu' ? Math.max(60, standardMinutes + 120) : 180;
  return [minutes / 60, minutes % 60].map((part) => String(Math.floor(part)).padStart(2, '0')).join(':');
}
