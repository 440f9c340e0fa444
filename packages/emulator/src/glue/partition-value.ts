import { invalid } from './glue-answers.js';

/** A value of a partition key in a form whose order is that of its type. */
export type Comparable = string | bigint;

/** How values of one type are read. */
export interface PartitionType {
  readonly kind: 'text' | 'Integral' | 'Decimal' | 'Date' | 'Timestamp';
  /** Reads a value; `undefined` for one that does not fit the type. */
  readonly read: (value: string) => Comparable | undefined;
  /** What Glue says of a value that does not fit. */
  readonly problem: (value: string) => string;
}

/** Digits behind the point, and powers of ten, that a decimal may have here; Glue's own have 38 digits in all. */
const DECIMAL_SCALE = 64;

const integral: PartitionType = {
  kind: 'Integral',
  read: (value) => (/^[+-]?\d+$/.test(value) ? BigInt(value.replace(/^\+/, '')) : undefined),
  problem: (value) => `"${value}" is not an integer.`,
};

const text: PartitionType = { kind: 'text', read: (value) => value, problem: () => '' };

const types: Readonly<Record<string, PartitionType>> = {
  string: text,
  char: text,
  varchar: text,
  tinyint: integral,
  smallint: integral,
  int: integral,
  integer: integral,
  bigint: integral,
  long: integral,
  decimal: { kind: 'Decimal', read: readDecimal, problem: (value) => `${value} is not a decimal.` },
  date: { kind: 'Date', read: readDate, problem: (value) => `${value} is not a date.` },
  timestamp: {
    kind: 'Timestamp',
    read: readTimestamp,
    problem: (value) =>
      `Timestamp format must be yyyy-mm-dd hh:mm:ss[.fffffffff] ${value} is not a timestamp.`,
  },
};

/** The type of a partition key as an expression compares it; refuses those that Glue cannot compare. */
export function partitionTypeOf(type: string): PartitionType {
  const base = type
    .trim()
    .toLowerCase()
    .replace(/\s*\(.*\)$/, '');
  const found = Object.hasOwn(types, base) ? types[base] : undefined;
  if (found === undefined) throw invalid(`Unknown type : '${base}'`);
  return found;
}

/** A decimal as a whole number of 10^-64, which is exact. */
function readDecimal(value: string): bigint | undefined {
  const [whole, sign = '', digits = '', fraction = '', power = '0'] =
    /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/.exec(value) ?? [];
  const exponent = Number(power);
  const scale = DECIMAL_SCALE + exponent - fraction.length;
  const fits = scale >= 0 && exponent <= DECIMAL_SCALE && digits.length <= 2 * DECIMAL_SCALE;
  if (whole === undefined || digits + fraction === '' || !fits) return undefined;
  const unscaled = BigInt(digits + fraction) * 10n ** BigInt(scale);
  return sign === '-' ? -unscaled : unscaled;
}

function readDate(value: string): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return undefined;
  return millisecondsOf(value, '00:00:00') === undefined ? undefined : value;
}

/** A timestamp as nanoseconds since 1970. */
function readTimestamp(value: string): bigint | undefined {
  const [, date = '', time = '', fraction = ''] =
    /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?$/.exec(value) ?? [];
  const milliseconds = millisecondsOf(date, time);
  if (milliseconds === undefined) return undefined;
  return BigInt(milliseconds) * 1_000_000n + BigInt(fraction.padEnd(9, '0'));
}

/** Milliseconds since 1970; `undefined` where the calendar has no such day, or the day no such time. */
function millisecondsOf(date: string, time: string): number | undefined {
  const text = `${date}T${time}.000Z`;
  const milliseconds = Date.parse(text);
  // JavaScript takes 30 February for 2 March.
  if (Number.isNaN(milliseconds) || new Date(milliseconds).toISOString() !== text) return undefined;
  return milliseconds;
}
