/** A format of Java's `DateTimeFormatter`, as far as projections read it: moments are milliseconds since 1970, in UTC. */
export interface DateFormat {
  /** The smallest unit that it shows. */
  readonly finest: DateUnit;
  /** Reads a date at a place in a text; `undefined` where there is none. */
  readAt(text: string, from: number): { readonly at: number; readonly end: number } | undefined;
  write(at: number): string;
}

/** Units of the fields of a date, the largest first. */
export type DateUnit = 'YEARS' | 'MONTHS' | 'DAYS' | 'HOURS' | 'MINUTES' | 'SECONDS' | 'MILLIS';

const months = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];

interface Field {
  readonly unit: DateUnit;
  readonly widths: readonly number[];
  of(date: Date): number;
}

/** Letters that are read, their widths, and what they show of a date; `M` may also be written as a name. */
const fields: ReadonlyMap<string, Field> = new Map<string, Field>([
  ['y', { unit: 'YEARS', widths: [1, 2, 4], of: (date) => date.getUTCFullYear() }],
  ['M', { unit: 'MONTHS', widths: [1, 2, 3, 4], of: (date) => date.getUTCMonth() + 1 }],
  ['d', { unit: 'DAYS', widths: [1, 2], of: (date) => date.getUTCDate() }],
  ['D', { unit: 'DAYS', widths: [1, 3], of: dayOfYear }],
  ['H', { unit: 'HOURS', widths: [1, 2], of: (date) => date.getUTCHours() }],
  ['m', { unit: 'MINUTES', widths: [1, 2], of: (date) => date.getUTCMinutes() }],
  ['s', { unit: 'SECONDS', widths: [1, 2], of: (date) => date.getUTCSeconds() }],
  ['S', { unit: 'MILLIS', widths: [3], of: (date) => date.getUTCMilliseconds() }],
]);
const order: readonly DateUnit[] = ['YEARS', 'MONTHS', 'DAYS', 'HOURS', 'MINUTES', 'SECONDS', 'MILLIS'];

/** Reads a format; `undefined` for one with letters that are not read, or with one letter twice. */
export function dateFormat(format: string): DateFormat | undefined {
  const parts = partsOf(format);
  if (parts === undefined) return undefined;
  const expression = new RegExp(parts.map(patternOf).join(''), 'y');
  const shown = parts.flatMap((part) => (typeof part === 'string' ? [] : [part]));
  const finest = order.findLast((unit) => shown.some(({ field }) => field.unit === unit)) ?? 'DAYS';
  const write = (at: number): string => {
    const date = new Date(at);
    return parts.map((part) => (typeof part === 'string' ? part : written(part, date))).join('');
  };
  return {
    finest,
    write,
    readAt(text, from) {
      expression.lastIndex = from;
      const found = expression.exec(text);
      if (found === null) return undefined;
      const at = momentOf(shown, found.slice(1));
      // The 30th of February, or a number with a zero too many, is not what the format writes.
      return write(at) === found[0] ? { at, end: from + found[0].length } : undefined;
    },
  };
}

interface Part {
  readonly letter: string;
  readonly width: number;
  readonly field: Field;
}

function partsOf(format: string): readonly (string | Part)[] | undefined {
  const parts: (string | Part)[] = [];
  for (const [text, quoted, first] of format.matchAll(/'([^']*)'|([A-Za-z])\2*|[^A-Za-z']+/g)) {
    if (first === undefined) {
      parts.push(text === "''" ? "'" : (quoted ?? text));
      continue;
    }
    const letter = first === 'u' ? 'y' : first;
    const field = fields.get(letter);
    const isTwice = parts.some((part) => typeof part !== 'string' && part.letter === letter);
    if (field === undefined || !field.widths.includes(text.length) || isTwice) return undefined;
    parts.push({ letter, width: text.length, field });
  }
  return parts;
}

function patternOf(part: string | Part): string {
  if (typeof part === 'string') return part.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  const { letter, width } = part;
  if (letter === 'M' && width > 2) return `(${months.map((name) => nameOf(name, width)).join('|')})`;
  if (width > 1) return `(\\d{${width}})`;
  return `(\\d{1,${letter === 'y' ? 5 : letter === 'D' ? 3 : 2}})`;
}

function nameOf(month: string, width: number): string {
  return width === 3 ? month.slice(0, 3) : month;
}

function written({ letter, width, field }: Part, date: Date): string {
  const value = field.of(date);
  if (letter === 'M' && width > 2) return nameOf(months[value - 1] ?? '', width);
  const digits = letter === 'y' && width === 2 ? value % 100 : value;
  return String(digits).padStart(width, '0');
}

function momentOf(parts: readonly Part[], texts: readonly string[]): number {
  const values = new Map(
    parts.map(({ letter, width }, index) => [letter, valueOf(letter, width, texts[index] ?? '')]),
  );
  const value = (letter: string, byDefault: number): number => values.get(letter) ?? byDefault;
  const [month, day] = values.has('D') ? [1, value('D', 1)] : [value('M', 1), value('d', 1)];
  const date = new Date(0);
  date.setUTCFullYear(value('y', 1970), month - 1, day);
  date.setUTCHours(value('H', 0), value('m', 0), value('s', 0), value('S', 0));
  return date.getTime();
}

function valueOf(letter: string, width: number, text: string): number {
  if (letter === 'M' && width > 2) return months.findIndex((name) => nameOf(name, width) === text) + 1;
  return letter === 'y' && width === 2 ? 2000 + Number(text) : Number(text);
}

function dayOfYear(date: Date): number {
  return (
    (Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()) -
      Date.UTC(date.getUTCFullYear(), 0, 0)) /
    86_400_000
  );
}
