/**
 * A number of a JSON text whose digits a double does not give back: `1234567890123456789`, `1e400`, `-0`, `1.50`.
 * What knows the type it is for reads {@link JsonNumber.text}.
 *
 * @example
 * ```ts
 * import { JsonNumber } from '@store/foundation';
 *
 * const stock = new JsonNumber('1234567890123456789');
 * console.log(stock.text, stock.toNumber()); // 1234567890123456789 1234567890123456800
 * ```
 */
export class JsonNumber {
  /** The number as it was written. */
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** The nearest double; infinite where it is out of range. */
  toNumber(): number {
    return Number(this.text);
  }

  /** The number as it was written. */
  toString(): string {
    return this.text;
  }

  /** What `JSON.stringify` writes: the double where it is the same number, else the digits as text. */
  toJSON(): number | string {
    const number = this.toNumber();
    return isSameNumber(this.text, number) ? number : this.text;
  }
}

/** Which numbers a reader gives as a {@link JsonNumber}: see {@link JsonReadOptions}. */
export type NumberMode = 'text' | 'value' | 'double';

/** A number's text as the mode wants it. */
export function toJsonNumber(text: string, mode: NumberMode): number | JsonNumber {
  const number = Number(text);
  if (mode === 'double' || String(number) === text) return number;
  return mode === 'value' && isSameNumber(text, number) ? number : new JsonNumber(text);
}

/** True when the shortest digits of a double are the number that the text says. */
function isSameNumber(text: string, number: number): boolean {
  if (!Number.isFinite(number)) return false;
  const [a, b] = [partsOf(text), partsOf(String(number))];
  return (
    a.digits === b.digits && (a.digits === '' || (a.exponent === b.exponent && a.negative === b.negative))
  );
}

interface Parts {
  readonly negative: boolean;
  /** Without zeros at either end. */
  readonly digits: string;
  /** Power of ten of the last digit. */
  readonly exponent: number;
}

const form = /^(-?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]+))?$/;

function partsOf(text: string): Parts {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = form.exec(text) ?? [];
  const all = whole + fraction;
  let end = all.length;
  while (end > 0 && all.charCodeAt(end - 1) === 0x30) end -= 1;
  let start = 0;
  while (start < end && all.charCodeAt(start) === 0x30) start += 1;
  return {
    negative: sign === '-',
    digits: all.slice(start, end),
    exponent: Number(exponent) - fraction.length + (all.length - end),
  };
}
