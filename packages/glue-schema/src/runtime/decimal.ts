import { isDouble } from './values.js';

/**
 * True for a decimal of up to 15 digits that `decimal(precision,scale)` holds without rounding: plain digits in
 * text, or a number. So far a double and its decimal determine each other, so that arithmetic tells.
 *
 * @example
 * ```ts
 * import { isDecimal } from '@store/glue-schema/runtime';
 *
 * console.log(isDecimal('12.50', 10, 2), isDecimal(12.505, 10, 2)); // true false
 * ```
 */
export function isDecimal(value: unknown, precision: number, scale: number): boolean {
  if (typeof value === 'string') return fits(value, precision, scale);
  const unit = 10 ** scale;
  return (
    typeof value === 'number' &&
    Math.abs(value) < 10 ** (precision - scale) &&
    Math.round(value * unit) / unit === value
  );
}

/**
 * {@link isDecimal} for more than 15 digits, where only the number's own digits tell.
 *
 * @example
 * ```ts
 * import { isWideDecimal } from '@store/glue-schema/runtime';
 *
 * console.log(isWideDecimal('12345678901234567.89', 19, 2), isWideDecimal('1.234', 19, 2)); // true false
 * ```
 */
export function isWideDecimal(value: unknown, precision: number, scale: number): boolean {
  if (typeof value === 'string') return fits(value, precision, scale);
  return isDouble(value) && fits(plainDigits(value), precision, scale);
}

/** One pass over the digits: zeros that say nothing, in front and at the end, do not count. */
function fits(text: string, precision: number, scale: number): boolean {
  const start = text.charCodeAt(0) === 45 ? 1 : 0;
  let whole = 0;
  let fraction = 0;
  let point = -1;
  for (let at = start; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === 46 && point < 0 && at > start) point = at;
    else if (unit < 48 || unit > 57) return false;
    else if (point >= 0) fraction = unit === 48 ? fraction : at - point;
    else if (unit !== 48 || whole > 0) whole += 1;
  }
  return text.length > start && point !== text.length - 1 && whole <= precision - scale && fraction <= scale;
}

function plainDigits(value: number): string {
  const [mantissa = '', exponent = '0'] = String(value).split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const shift = Number(exponent);
  if (shift < 0) return `0.${'0'.repeat(-shift - 1)}${whole.replace('-', '')}${fraction}`;
  return shift === 0 ? mantissa : whole + fraction + '0'.repeat(shift - fraction.length);
}
