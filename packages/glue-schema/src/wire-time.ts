const isoTimestamp =
  /^[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,9})?Z$/;
const isoDate = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;

/** True for an ISO 8601 instant in UTC that Firehose stores as it is: the years 1678 to 2261, a day that exists. */
export function isIsoTimestamp(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    isoTimestamp.test(value) &&
    value > '1677-09-22' &&
    value < '2262-04-11' &&
    isCalendarDay(value)
  );
}

/** True for `yyyy-MM-dd` of a day that exists. */
export function isIsoDate(value: unknown): boolean {
  return typeof value === 'string' && isoDate.test(value) && isCalendarDay(value);
}

/** True when the month and the day, at their places in `yyyy-MM-dd`, exist in that year. */
export function isCalendarDay(text: string): boolean {
  const day = digits(text, 8);
  if (day < 29) return day > 0 && isMonth(digits(text, 5));
  const month = digits(text, 5);
  return isMonth(month) && day <= daysIn(month, digits(text, 0) * 100 + digits(text, 2));
}

const isMonth = (month: number): boolean => month > 0 && month < 13;

function daysIn(month: number, year: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

const digits = (text: string, at: number): number => text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 528;

const plainTimestamp =
  /^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ](?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,9})?$/;

/** True for a timestamp without zone, which Firehose takes for UTC: `2026-01-05 08:30:00.000`. */
export function isPlainTimestamp(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    plainTimestamp.test(value) &&
    value > '1677-09-22' &&
    value < '2262-04-11' &&
    isCalendarDay(value)
  );
}
