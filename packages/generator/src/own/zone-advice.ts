import { nearestNames } from '@store/foundation';
import { DAY_MS } from '../model/calendar.js';
import { offsetMinutes, type DaylightRule } from '../model/time-zone.js';
import { zoneNames } from './zones.js';

const rules: readonly DaylightRule[] = ['none', 'us', 'eu', 'au', 'nz'];
/** Days whose noons are compared: those of 2026. */
const firstDay = Date.UTC(2026, 0, 1) / DAY_MS;
const days = Array.from({ length: 365 }, (_, n) => firstDay + n);

/**
 * Says what to write for a time zone that the table does not have. Of a zone that the engine knows it is the rule; only
 * the text of an error depends on the engine's tables, no event.
 */
export function zoneAdvice(name: string): string {
  // The engine takes names in any case.
  const meant = zoneNames.find((known) => known.toLowerCase() === name.toLowerCase());
  if (meant !== undefined) return `Did you mean '${meant}'?`;
  const offsets = offsetsOf(name);
  if (offsets === undefined) {
    const [nearest] = nearestNames(name, zoneNames);
    const hint = nearest === undefined ? 'Give' : `Did you mean '${nearest}'? Otherwise give`;
    return `${hint} its rule: { "name": …, "standardMinutes": 60, "daylight": "none" }.`;
  }
  const standardMinutes = Math.min(...offsets);
  const daylight = rules.find((rule) =>
    days.every((day, n) => offsetMinutes({ name, standardMinutes, daylight: rule }, day) === offsets[n]),
  );
  if (daylight === undefined) {
    return 'Its clocks change by a rule of its own, which this version does not know; name a zone of the table.';
  }
  return `Give its rule: ${JSON.stringify({ name, standardMinutes, daylight })}.`;
}

/** Minutes east of UTC at each noon; undefined where the engine does not know the zone. */
function offsetsOf(name: string): readonly number[] | undefined {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en', { timeZone: name, timeZoneName: 'longOffset' });
  } catch {
    return undefined;
  }
  return days.map((day) => {
    const noon = new Date((day + 0.5) * DAY_MS);
    const text = format.formatToParts(noon).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign = '+', hours = '0', minutes = '0'] = /([+-])(\d\d):(\d\d)/.exec(text) ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  });
}
