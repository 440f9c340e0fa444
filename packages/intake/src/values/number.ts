import { JsonNumber } from '@store/foundation';

/** How a source writes numbers in text. */
export interface NumberForm {
  /** The character before the fraction. @defaultValue '.' */
  readonly decimal?: '.' | ',';
  /**
   * The character between groups of digits, as in `1,204`. A blank stands for every kind of blank, an apostrophe for both
   * kinds of it. @defaultValue none: a number has no groups
   */
  readonly group?: '.' | ',' | ' ' | "'";
}

/** Reads one value as a number: undefined for what is none. */
export type NumberReader = (value: unknown) => number | JsonNumber | undefined;

/** Longer texts are no numbers of a shop. */
const MOST_CHARACTERS = 64;

/**
 * Returns the reader of numbers for CSV, JSON and Parquet alike. It reads what a person writes: `12`, ` +12.50 `, `-3`,
 * `.5`, with the document's characters for fraction and groups; and refuses, by giving undefined, what nobody can be sure of:
 * an empty text, `0x10`, `1e3`, `0b11`, `12 pcs`, `1.2.3`, `Infinity`, NaN, groups that are not of three digits
 * (`1,20,000` of India counts: groups of two before the last). Numbers of JSON stay what they are. A number that a double
 * does not hold is given as a `JsonNumber` with its digits.
 *
 * @example
 * ```ts
 * import { createNumberReader } from '@store/intake';
 *
 * const read = createNumberReader({ decimal: ',', group: '.' });
 * console.log(read('1.204,50'), read('0x10'), read('')); // 1204.5 undefined undefined
 * ```
 */
export function createNumberReader(form: NumberForm = {}): NumberReader {
  const { decimal = '.', group } = form;
  const point = decimal.charCodeAt(0);
  const isGroup = group === undefined ? undefined : groupTest(group);
  return (value) => {
    if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : undefined;
    if (typeof value === 'string') return numberIn(value, point, isGroup);
    if (value instanceof JsonNumber) return ofDigits(value.text);
    if (typeof value === 'bigint') return ofDigits(String(value));
    return undefined;
  };
}

/**
 * Reads a number as {@link createNumberReader} does with a point before the fraction and no groups: the form of the
 * plain nineteen columns.
 *
 * @example
 * ```ts
 * import { readNumber } from '@store/intake';
 *
 * console.log(readNumber(' 8 '), readNumber('1e3')); // 8 undefined
 * ```
 */
export const readNumber: NumberReader = createNumberReader();

function groupTest(group: string): (code: number) => boolean {
  // Programs write a blank that does not break a line, people any; both kinds of apostrophe are in Swiss
  // files.
  if (group === ' ') return (code) => code === 0x20 || code === 0xa0 || code === 0x202f || code === 0x2009;
  if (group === "'") return (code) => code === 0x27 || code === 0x2019;
  const only = group.charCodeAt(0);
  return (code) => code === only;
}

function numberIn(
  value: string,
  point: number,
  isGroup: ((code: number) => boolean) | undefined,
): number | JsonNumber | undefined {
  // Nearly every number of a shop has at most 15 digits and nothing around them.
  let whole = 0;
  let at = 0;
  const { length } = value;
  if (length <= 15) {
    for (; at < length; at++) {
      const digit = value.charCodeAt(at) - 48;
      if (digit < 0 || digit > 9) break;
      whole = whole * 10 + digit;
    }
    if (at === length && length > 0) return whole;
  }
  return anyNumber(value.trim(), point, isGroup);
}

function anyNumber(
  text: string,
  point: number,
  isGroup: ((code: number) => boolean) | undefined,
): number | JsonNumber | undefined {
  if (text === '' || text.length > MOST_CHARACTERS) return undefined;
  let at = 0;
  const sign = text.charCodeAt(0);
  const negative = sign === 45 || sign === 0x2212;
  if (negative || sign === 43) at = 1;
  let digits = '';
  let inGroup = 0;
  let groups = 0;
  let start = at;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) {
      inGroup++;
      continue;
    }
    if (code === point || isGroup?.(code) !== true) break;
    // The first group has one to three digits, those between two or three.
    if (inGroup === 0 || inGroup > 3 || (groups > 0 && inGroup < 2)) return undefined;
    digits += text.slice(start, at);
    groups++;
    inGroup = 0;
    start = at + 1;
  }
  if (groups > 0 && inGroup !== 3) return undefined;
  digits += text.slice(start, at);
  if (at === text.length) return digits === '' ? undefined : ofDigits(negative ? `-${digits}` : digits);
  if (text.charCodeAt(at) !== point) return undefined;
  const fraction = text.slice(at + 1);
  if (fraction === '' || !onlyDigits(fraction)) return undefined;
  return ofDigits(`${negative ? '-' : ''}${digits === '' ? '0' : digits}.${fraction}`);
}

function onlyDigits(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 48 || code > 57) return false;
  }
  return true;
}

/** A double where it is the same number, else the digits. */
function ofDigits(text: string): number | JsonNumber | undefined {
  if (text.length <= 15) {
    // Fifteen digits always come back from a double.
    const number = Number(text);
    return Number.isFinite(number) ? number + 0 : undefined;
  }
  const number = new JsonNumber(text);
  const plain = number.toJSON();
  if (typeof plain === 'number') return plain + 0;
  return number;
}
