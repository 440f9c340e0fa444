/** A decimal as its sign, its digits before the point and its digits after it. */
interface Parts {
  readonly negative: boolean;
  readonly whole: string;
  readonly fraction: string;
}

const decimal = /^([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]{1,3}))?$/;

/**
 * What `decimal(precision,scale)` holds of a number's text: rounded half up, as Hive rounds.
 *
 * @returns the digits, or `undefined` where the text is no number or has too many digits before the point
 */
export function toDecimalText(text: string, precision: number, scale: number): string | undefined {
  const parts = parse(text);
  if (parts === undefined) return undefined;
  const kept = BigInt(parts.whole + parts.fraction.slice(0, scale).padEnd(scale, '0'));
  const rounded = (parts.fraction[scale] ?? '0') >= '5' ? kept + 1n : kept;
  const digits = String(rounded).padStart(scale + 1, '0');
  if (rounded !== 0n && String(rounded).length > precision) return undefined;
  const sign = parts.negative && rounded !== 0n ? '-' : '';
  const point = digits.length - scale;
  return scale === 0 ? sign + digits : `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

function parse(text: string): Parts | undefined {
  const match = decimal.exec(text);
  if (match === null) return undefined;
  const [sign, whole = '', fraction = '', exponent = '0'] = match.slice(1);
  if (whole + fraction === '') return undefined;
  const shift = Number(exponent);
  const negative = sign === '-';
  if (shift >= 0) {
    const padded = fraction.padEnd(shift, '0');
    return { negative, whole: whole + padded.slice(0, shift), fraction: padded.slice(shift) };
  }
  const padded = whole.padStart(-shift, '0');
  return {
    negative,
    whole: padded.slice(0, padded.length + shift) || '0',
    fraction: padded.slice(padded.length + shift) + fraction,
  };
}
