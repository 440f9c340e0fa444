/** A decimal as its sign, its digits, and how many of them are before the point, which may lie outside of them. */
interface Parts {
  readonly negative: boolean;
  /** Without zeros in front. */
  readonly digits: string;
  readonly whole: number;
}

const decimal = /^([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]+))?$/;

/**
 * What `decimal(precision,scale)` holds of a number's text: rounded half up, as Hive rounds. Its time grows with the
 * length of the text, whatever the exponent says.
 *
 * @returns the digits, or `undefined` where the text is no number or has too many digits before the point
 */
export function toDecimalText(text: string, precision: number, scale: number): string | undefined {
  const parts = parse(text);
  if (parts === undefined) return undefined;
  const { negative, digits, whole } = parts;
  if (digits !== '' && whole > precision - scale) return undefined;
  const length = whole + scale;
  // All zeros, the first of which a digit may round up.
  const kept = length > 0 && digits !== '' ? digits.slice(0, length).padEnd(length, '0') : '0';
  const next = length >= 0 ? (digits[length] ?? '0') : '0';
  const rounded = next >= '5' ? BigInt(kept) + 1n : BigInt(kept);
  if (rounded !== 0n && String(rounded).length > precision) return undefined;
  const written = String(rounded).padStart(scale + 1, '0');
  const sign = negative && rounded !== 0n ? '-' : '';
  const point = written.length - scale;
  return scale === 0 ? sign + written : `${sign}${written.slice(0, point)}.${written.slice(point)}`;
}

function parse(text: string): Parts | undefined {
  const match = decimal.exec(text);
  if (match === null) return undefined;
  const [sign, whole = '', fraction = '', exponent = '0'] = match.slice(1);
  const all = whole + fraction;
  if (all === '') return undefined;
  let zeros = 0;
  while (zeros < all.length && all.charCodeAt(zeros) === 0x30) zeros += 1;
  // An exponent beyond the safe integers says no more than its sign.
  return { negative: sign === '-', digits: all.slice(zeros), whole: whole.length + Number(exponent) - zeros };
}
