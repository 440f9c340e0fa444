const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

/** A date's fields in one time zone. */
interface Fields {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
  readonly weekday: number;
  readonly offsetMinutes: number;
}

const pad = (value: number, width: number): string => String(value).padStart(width, '0');

const letters: Readonly<Record<string, (fields: Fields, width: number) => string>> = {
  y: (f, width) => (width === 2 ? pad(f.year % 100, 2) : pad(f.year, width)),
  u: (f, width) => (width === 2 ? pad(f.year % 100, 2) : pad(f.year, width)),
  Y: (f, width) => (width === 2 ? pad(f.year % 100, 2) : pad(f.year, width)),
  M: (f, width) => {
    const name = MONTHS[f.month - 1] ?? '';
    return width >= 4 ? name : width === 3 ? name.slice(0, 3) : pad(f.month, width);
  },
  d: (f, width) => pad(f.day, width),
  D: (f, width) => pad(dayOfYear(f), width),
  E: (f, width) => (DAYS[f.weekday] ?? '').slice(0, width >= 4 ? undefined : 3),
  a: (f) => (f.hour < 12 ? 'AM' : 'PM'),
  H: (f, width) => pad(f.hour, width),
  k: (f, width) => pad(f.hour === 0 ? 24 : f.hour, width),
  K: (f, width) => pad(f.hour % 12, width),
  h: (f, width) => pad(f.hour % 12 === 0 ? 12 : f.hour % 12, width),
  m: (f, width) => pad(f.minute, width),
  s: (f, width) => pad(f.second, width),
  S: (f, width) => pad(f.millisecond, 3).padEnd(width, '0').slice(0, width),
  Z: (f) => offset(f.offsetMinutes, ''),
  X: (f, width) => (f.offsetMinutes === 0 ? 'Z' : offset(f.offsetMinutes, width >= 3 ? ':' : '')),
};

/** Formats an instant by the part of Java's DateTimeFormatter that Firehose's prefixes use. */
export function formatJavaDate(pattern: string, at: number, timeZone = 'UTC'): string {
  const fields = fieldsOf(at, timeZone);
  return pattern.replace(/'((?:[^']|'')*)'|([A-Za-z])\2*/g, (part, quoted: string | undefined) => {
    if (quoted !== undefined) return quoted === '' ? "'" : quoted.replaceAll("''", "'");
    return letters[part.charAt(0)]?.(fields, part.length) ?? part;
  });
}

/** The letters of a pattern that Firehose would refuse. */
export function unknownPatternLetters(pattern: string): readonly string[] {
  const bare = pattern.replace(/'(?:[^']|'')*'/g, '');
  return [...new Set(bare.match(/[A-Za-z]/g) ?? [])].filter((letter) => !(letter in letters));
}

function fieldsOf(at: number, timeZone: string): Fields {
  const offsetMinutes = timeZone === 'UTC' ? 0 : offsetAt(at, timeZone);
  const date = new Date(at + offsetMinutes * 60_000);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    millisecond: date.getUTCMilliseconds(),
    weekday: date.getUTCDay(),
    offsetMinutes,
  };
}

function offsetAt(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  if (sign === undefined) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

function dayOfYear(f: Fields): number {
  return (Date.UTC(f.year, f.month - 1, f.day) - Date.UTC(f.year, 0, 1)) / 86_400_000 + 1;
}

function offset(minutes: number, separator: string): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(size / 60), 2)}${separator}${pad(size % 60, 2)}`;
}
