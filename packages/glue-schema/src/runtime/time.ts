// The numbers of `2026-01-05T08:30:00`, two digits each: the least and the most of each.
const least = [0, 0, 1, 1, 0, 0, 0];
const most = [99, 99, 12, 31, 23, 59, 59];

/**
 * Below 0 when one of the first `count` numbers is out of its range, or does not stand where it should. A range that
 * is left makes a negative number, and one test at the end asks for it: a third faster than a regular expression
 * whose subject is new text each time (bench/validator.bench.ts).
 */
function outsideOf(text: string, count: number): number {
  let outside = 0;
  for (let index = 0, at = 0; index < count; index += 1, at += 2) {
    if (index > 1) outside |= -(text.charCodeAt(at++) ^ '  --T::'.charCodeAt(index));
    const ones = text.charCodeAt(at + 1) - 48;
    const number = text.charCodeAt(at) * 10 - 480 + ones;
    outside |= ones | (9 - ones) | (number - (least[index] ?? 0)) | ((most[index] ?? 0) - number);
  }
  return outside;
}

/**
 * True for an ISO 8601 instant in UTC that Firehose stores as it is: a day and a time that exist, at most nine
 * digits of a second, from 1677-09-22 to 2262-04-10, which is as far as its 64-bit nanoseconds reach.
 */
export function isIsoTimestamp(value: unknown): value is string {
  if (typeof value !== 'string') return false;
  const end = value.length - 1;
  if (end < 19 || end > 29 || end === 20) return false;
  let outside = outsideOf(value, 7) | -(value.charCodeAt(end) ^ 90);
  // A point and digits, or nothing, between the seconds and the Z.
  if (end > 19) outside |= -(value.charCodeAt(19) ^ 46);
  for (let at = 20; at < end; at += 1) outside |= (value.charCodeAt(at) - 48) | (57 - value.charCodeAt(at));
  if (outside < 0 || !isCalendarDay(value)) return false;
  // The years from 2000 to 2199 need no closer look.
  if (value.charCodeAt(0) === 50 && value.charCodeAt(1) < 50) return true;
  return value > '1677-09-22' && value < '2262-04-11';
}

/** {@link isIsoTimestamp} without a zone, which Firehose takes for UTC: `2026-01-05 08:30:00.000`. */
export function isPlainTimestamp(value: unknown): value is string {
  return typeof value === 'string' && isIsoTimestamp(`${value.replace(' ', 'T')}Z`);
}

/** True for `yyyy-MM-dd` of a day that exists. */
export function isIsoDate(value: unknown): value is string {
  return typeof value === 'string' && value.length === 10 && outsideOf(value, 4) >= 0 && isCalendarDay(value);
}

let lastDay = '';

/** True when the day at the start of a text that looks like `yyyy-MM-dd` exists. */
function isCalendarDay(text: string): boolean {
  // Every month has 28 days.
  if (text.charCodeAt(8) * 10 + text.charCodeAt(9) < 557) return true;
  // Events come in the order of time: what was asked last is asked again.
  const day = text.slice(0, 10);
  if (day === lastDay) return true;
  // Null for an invalid date, whatever its declaration says; what rolls over into the next month differs.
  const json = new Date(day).toJSON() as string | null;
  if (json?.startsWith(day) !== true) return false;
  lastDay = day;
  return true;
}
