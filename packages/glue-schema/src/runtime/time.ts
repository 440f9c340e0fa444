const instant =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?Z$/;
const day = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;

/**
 * True for an ISO 8601 instant in UTC that Firehose stores as it is: a day and a time that exist, at most nine
 * digits of a second, from 1677-09-22 to 2262-04-10, which is as far as its 64-bit nanoseconds reach.
 */
export function isIsoTimestamp(value: unknown): value is string {
  return typeof value === 'string' && instant.test(value) && isStoredDay(value);
}

/** {@link isIsoTimestamp} without a zone, which Firehose takes for UTC: `2026-01-05 08:30:00.000`. */
export function isPlainTimestamp(value: unknown): value is string {
  return typeof value === 'string' && instant.test(`${value.replace(' ', 'T')}Z`) && isStoredDay(value);
}

/** True for `yyyy-MM-dd` of a day that exists. */
export function isIsoDate(value: unknown): value is string {
  return typeof value === 'string' && day.test(value) && isCalendarDay(value);
}

/** True when the day at the start of a text that looks like `yyyy-MM-dd` exists. */
function isCalendarDay(text: string): boolean {
  // "0" and "1" begin days that every month has.
  if (text.charCodeAt(8) < 50) return true;
  const month = two(text, 5);
  const year = two(text, 0) * 100 + two(text, 2);
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  // The odd months have 31 days up to July, the even ones from August on.
  return two(text, 8) <= (month === 2 ? (leap ? 29 : 28) : 30 + ((month + (month >> 3)) & 1));
}

function isStoredDay(text: string): boolean {
  const year = two(text, 0) * 100 + two(text, 2);
  if (year > 1677 && year < 2262) return isCalendarDay(text);
  return text > '1677-09-22' && text < '2262-04-11' && isCalendarDay(text);
}

const two = (text: string, at: number): number => text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 528;
