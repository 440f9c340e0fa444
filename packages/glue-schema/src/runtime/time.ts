const calendarDay = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
const instant =
  /^(?:1[6-9]|2[0-2])\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?Z$/;
/** Instants of nearly all events: a day that every month has, a year that needs no closer look. */
const usual =
  /^2[01][0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{3}Z$/;

/**
 * True for an ISO 8601 instant in UTC that Firehose stores as it is: a day and a time that exist, at most nine
 * digits of a second, from 1677-09-22 to 2262-04-10, which is as far as its 64-bit nanoseconds reach.
 *
 * @example
 * ```ts
 * import { isIsoTimestamp } from '@store/glue-schema/runtime';
 *
 * console.log(isIsoTimestamp('2026-01-05T08:30:00Z'), isIsoTimestamp('2026-02-30T00:00:00Z')); // true false
 * ```
 */
export function isIsoTimestamp(value: unknown): value is string {
  if (typeof value !== 'string') return false;
  if (usual.test(value)) return true;
  return instant.test(value) && isInMonth(value) && value > '1677-09-22' && value < '2262-04-11';
}

/** {@link isIsoTimestamp} without a zone, which Firehose takes for UTC: `2026-01-05 08:30:00.000`. */
export function isPlainTimestamp(value: unknown): value is string {
  return typeof value === 'string' && isIsoTimestamp(`${value.replace(' ', 'T')}Z`);
}

/**
 * True for `yyyy-MM-dd` of a day that exists.
 *
 * @example
 * ```ts
 * import { isIsoDate } from '@store/glue-schema/runtime';
 *
 * console.log(isIsoDate('2026-02-28'), isIsoDate('2026-02-29')); // true false
 * ```
 */
export function isIsoDate(value: unknown): value is string {
  return typeof value === 'string' && calendarDay.test(value) && isInMonth(value);
}

/** True when the month that `yyyy-MM-dd` names has that day; leap years by the Gregorian rule. */
function isInMonth(text: string): boolean {
  // Every month has 28 days.
  if (text.charCodeAt(8) * 10 + text.charCodeAt(9) < 557) return true;
  const day = text.slice(0, 10);
  // Null for an invalid date, whatever its declaration says; what rolls over into the next month differs.
  const json = new Date(day).toJSON() as string | null;
  return json?.startsWith(day) === true;
}
