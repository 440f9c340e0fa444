import type { CatalogTable } from './table-catalog.js';
import type { PartitionValues } from './partition-path.js';

/** Says whether a value of a key lies in what the key's projection names. */
type KeyTest = (value: string) => boolean;

/** Whether a table's partitions are projected; then nothing that is registered counts. */
export function isProjected({ parameters }: CatalogTable): boolean {
  return parameters['projection.enabled']?.toLowerCase() === 'true';
}

/**
 * Returns a test of a partition's values against the projection of a table, by the page "Supported types for
 * partition projection" of Athena's guide (2026-11).
 *
 * @param now - milliseconds since 1970, for `NOW`
 */
export function projectionTest(table: CatalogTable, now: number): (values: PartitionValues) => boolean {
  const tests = table.partitionKeys.map(({ Name }) => keyTest(table, Name, now));
  return (values) =>
    tests.every((test, at) => {
      const value = values[at];
      return value !== undefined && test(value);
    });
}

function keyTest({ parameters }: CatalogTable, name: string, now: number): KeyTest {
  const setting = (of: string): string | undefined => parameters[`projection.${name}.${of}`];
  switch (setting('type')?.toLowerCase()) {
    case 'enum': {
      const values = new Set((setting('values') ?? '').split(',').map((value) => value.trim()));
      return (value) => values.has(value);
    }
    case 'integer':
      return integerTest(setting);
    case 'date':
      return dateTest(setting, now);
    default:
      return () => true;
  }
}

function integerTest(setting: (of: string) => string | undefined): KeyTest {
  const [first = NaN, last = NaN] = (setting('range') ?? '').split(',').map(Number);
  const interval = Number(setting('interval') ?? 1);
  const digits = Number(setting('digits') ?? 0);
  return (value) => {
    const number = Number(value);
    if (!/^-?\d+$/.test(value) || number < first || number > last) return false;
    const written = digits === 0 ? String(number) : String(number).padStart(digits, '0');
    return value === written && (number - first) % interval === 0;
  };
}

const fields = ['y', 'M', 'd', 'H', 'm', 's'] as const;
const milliseconds: Readonly<Record<string, number>> = {
  WEEKS: 604_800_000,
  DAYS: 86_400_000,
  HOURS: 3_600_000,
  MINUTES: 60_000,
  SECONDS: 1000,
  MILLIS: 1,
};
const unitOfField: Readonly<Record<string, string>> = {
  y: 'YEARS',
  M: 'MONTHS',
  d: 'DAYS',
  H: 'HOURS',
  m: 'MINUTES',
  s: 'SECONDS',
};

function dateTest(setting: (of: string) => string | undefined, now: number): KeyTest {
  const format = setting('format') ?? 'yyyy-MM-dd';
  const read = dateReader(format);
  // A format of letters that are not read here keeps what it names visible.
  if (read === undefined) return () => true;
  const finest = [...fields].reverse().find((letter) => read.letters.has(letter)) ?? 'd';
  const unit = (setting('interval.unit') ?? unitOfField[finest] ?? 'DAYS').toUpperCase();
  const interval = Number(setting('interval') ?? 1);
  const [from = '', to = ''] = (setting('range') ?? '').split(',').map((bound) => bound.trim());
  const bound = (text: string): number => {
    const [isNow, count, of] = /^NOW\s*(?:([+-]\s*\d+)\s*([A-Z]+))?$/i.exec(text) ?? [];
    if (isNow === undefined) return read.at(text) ?? NaN;
    return floored(plus(now, Number(count?.replace(/\s/g, '') ?? 0), of?.toUpperCase() ?? 'DAYS'), finest);
  };
  const first = bound(from);
  const last = bound(to);
  return (value) => {
    const at = read.at(value);
    if (at === undefined || at < first || at > last) return false;
    return isStep(first, at, interval, unit);
  };
}

/** Whether a moment is a whole number of steps after another. */
function isStep(first: number, at: number, interval: number, unit: string): boolean {
  const length = milliseconds[unit];
  if (length !== undefined) return (at - first) % (length * interval) === 0;
  const from = new Date(first);
  const to = new Date(at);
  const months = (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth();
  const step = unit === 'YEARS' ? 12 * interval : interval;
  return months % step === 0 && plus(first, months, 'MONTHS') === at;
}

function plus(at: number, count: number, unit: string): number {
  const length = milliseconds[unit];
  if (length !== undefined) return at + count * length;
  const date = new Date(at);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + count * (unit === 'YEARS' ? 12 : 1));
  const days = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, days));
  return date.getTime();
}

/** A moment without what is finer than a field. */
function floored(at: number, finest: (typeof fields)[number]): number {
  const date = new Date(at);
  const parts = [
    date.getUTCFullYear(),
    date.getUTCMonth(),
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
  ].slice(0, fields.indexOf(finest) + 1);
  return moment(parts);
}

function moment([
  year = 1970,
  month = 0,
  day = 1,
  hour = 0,
  minute = 0,
  second = 0,
]: readonly number[]): number {
  return Date.UTC(year, month, day, hour, minute, second);
}

/** Reads dates of a format of Java's; `undefined` where the format has letters besides `yMdHms`. */
function dateReader(
  format: string,
): { readonly letters: ReadonlySet<string>; at(text: string): number | undefined } | undefined {
  const letters: string[] = [];
  const unread: string[] = [];
  const pattern = format.replace(
    /'([^']*)'|([A-Za-z])\2*|[^A-Za-z']/g,
    (part, quoted: unknown, letter: unknown) => {
      if (typeof letter !== 'string') return escaped(typeof quoted === 'string' ? quoted : part);
      const field = letter === 'u' ? 'y' : letter;
      if (!fields.some((known) => known === field) || part.length > (field === 'y' ? 4 : 2))
        unread.push(part);
      letters.push(field);
      return part.length === 1 ? '(\\d+)' : `(\\d{${field === 'y' && part.length === 3 ? 4 : part.length}})`;
    },
  );
  if (unread.length > 0) return undefined;
  const expression = new RegExp(`^${pattern}$`);
  return {
    letters: new Set(letters),
    at(text) {
      const found = expression.exec(text);
      if (found === null) return undefined;
      const parts = fields.map((field) => {
        const value = found[letters.indexOf(field) + 1];
        if (!letters.includes(field) || value === undefined)
          return field === 'y' ? 1970 : field === 'd' ? 1 : 0;
        if (field === 'M') return Number(value) - 1;
        return field === 'y' && value.length === 2 ? 2000 + Number(value) : Number(value);
      });
      const at = moment(parts);
      const back = new Date(at);
      // The 30th of February is no date.
      return back.getUTCMonth() === parts[1] && back.getUTCDate() === parts[2] ? at : undefined;
    },
  };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
