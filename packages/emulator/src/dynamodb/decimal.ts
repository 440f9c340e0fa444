import { invalid } from './dynamodb-errors.js';

/** A number of DynamoDB's, exactly: `digits` times ten to the power of `exponent`; without zeros at the end. */
export interface Decimal {
  readonly digits: bigint;
  readonly exponent: number;
}

/** Significant digits, and the powers of ten of the largest and the smallest number ("Data types", read 2026-11). */
const MOST_DIGITS = 38;
const LARGEST = 125;
const SMALLEST = -130;

const form = /^\s*([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,9}))?\s*$/;

/**
 * Reads a number from its text.
 *
 * @throws ServiceError `ValidationException` for what is no number, or one that DynamoDB cannot hold
 */
export function readDecimal(text: string): Decimal {
  const [, sign = '', whole = '', fraction = '', power = '0'] = form.exec(text) ?? [];
  if (whole === '' && fraction === '') {
    const shown = text.trim() === '' ? '' : `: ${text}`;
    throw invalid(`The parameter cannot be converted to a numeric value${shown}`);
  }
  const significant = `${whole}${fraction}`.replace(/^0+/, '');
  // Before the digits become a number: a text of a megabyte must not be computed with.
  const kept = withoutZeros(significant);
  if (kept === '') return { digits: 0n, exponent: 0 };
  const exponent = Number(power) - fraction.length + (significant.length - kept.length);
  return checked({ kept, exponent, negative: sign === '-' });
}

/** Without zeros at the end. An expression for it looks at each run of zeros as often as it is long. */
function withoutZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits[end - 1] === '0') end -= 1;
  return digits.slice(0, end);
}

function checked({
  kept,
  exponent,
  negative,
}: {
  readonly kept: string;
  readonly exponent: number;
  readonly negative: boolean;
}): Decimal {
  const magnitude = kept.length + exponent - 1;
  if (magnitude > LARGEST) {
    throw invalid('Number overflow. Attempting to store a number with magnitude larger than supported range');
  }
  if (magnitude < SMALLEST) {
    throw invalid(
      'Number underflow. Attempting to store a number with magnitude smaller than supported range',
    );
  }
  if (kept.length > MOST_DIGITS)
    throw invalid('Attempting to store more than 38 significant digits in a Number');
  const digits = BigInt(kept);
  return { digits: negative ? -digits : digits, exponent };
}

/** Writes a number as DynamoDB gives it back: without an exponent and without zeros that say nothing. */
export function writeDecimal({ digits, exponent }: Decimal): string {
  const sign = digits < 0n ? '-' : '';
  const text = String(digits < 0n ? -digits : digits);
  if (exponent >= 0) return digits === 0n ? '0' : `${sign}${text}${'0'.repeat(exponent)}`;
  const padded = text.padStart(1 - exponent, '0');
  return `${sign}${padded.slice(0, exponent)}.${padded.slice(exponent)}`;
}

/** Compares two numbers as `sort` wants it. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const [left, right] = aligned(a, b);
  return left < right ? -1 : left > right ? 1 : 0;
}

/**
 * The sum of two numbers, or their difference.
 *
 * @throws ServiceError `ValidationException` where DynamoDB cannot hold it
 */
export function addDecimals(a: Decimal, b: Decimal, sign: 1n | -1n = 1n): Decimal {
  const [left, right] = aligned(a, b);
  const sum = left + sign * right;
  if (sum === 0n) return { digits: 0n, exponent: 0 };
  const negative = sum < 0n;
  const text = String(negative ? -sum : sum);
  const kept = withoutZeros(text);
  const exponent = Math.min(a.exponent, b.exponent) + text.length - kept.length;
  return checked({ kept, exponent, negative });
}

/** Both at the smaller exponent: at most 256 digits. */
function aligned(a: Decimal, b: Decimal): readonly [bigint, bigint] {
  const exponent = Math.min(a.exponent, b.exponent);
  return [a.digits * 10n ** BigInt(a.exponent - exponent), b.digits * 10n ** BigInt(b.exponent - exponent)];
}

/** Bytes that a number counts for in an item: one for two digits, one for each sign of its own, and one. */
export function decimalBytes({ digits, exponent }: Decimal): number {
  const text = String(digits).replace('-', '');
  // A pair of digits begins at an even power of ten.
  const pairs = Math.ceil((text.length + (Math.abs(exponent) % 2)) / 2);
  return digits === 0n ? 1 : pairs + 1 + (digits < 0n ? 1 : 0);
}
