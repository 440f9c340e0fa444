import { createNumberReader, type NumberForm, type NumberReader } from '../values/number.js';
import type { FieldSource, MappedField, MappingDocument } from './document.js';
import { extracts } from './extract.js';
import { refuse, shownValue, textOf, type Getter, type Row } from './row.js';
import { textTable } from './text-table.js';

/** How a document writes numbers. */
export interface Numbers {
  readonly read: NumberReader;
  /** A number of this form, for messages. */
  readonly example: string;
}

/** Returns how a document's numbers are read. */
export function numbersOf({ decimal = '.', group }: Pick<MappingDocument, 'decimal' | 'group'>): Numbers {
  const form: NumberForm = { decimal, ...(group === undefined ? {} : { group }) };
  return { read: createNumberReader(form), example: `1${group ?? ''}204${decimal}50` };
}

/** Returns a value as a double, or notes on the row that it is none. */
export function amountOf(
  field: MappedField,
  column: string,
  value: unknown,
  { read, example }: Numbers,
  row: Row,
): number | undefined {
  const number = read(value);
  if (typeof number === 'number') return number;
  const expected = number === undefined ? `a number such as ${example}` : 'a number of at most 15 digits';
  const isAmount = number === undefined && read(extracts.amount(textOf(value) ?? '')) !== undefined;
  const fix = isAmount ? ` Add "extract": "amount" to fields.${field}.` : '';
  refuse(row, 'NOT_A_NUMBER', field, `Expected ${column} to be ${expected}, got ${shownValue(value)}.${fix}`);
  return undefined;
}

/** Returns the arithmetic of a field: packs, factor and sign; undefined where it has none. */
export function arithmeticOf(
  field: MappedField,
  source: FieldSource,
  unit: Getter | undefined,
): ((amount: number, row: Row) => number | undefined) | undefined {
  const { per, times = 1, negate = false } = source;
  const factor = negate ? -times : times;
  if (per === undefined) return factor === 1 ? undefined : (amount) => tidy(amount * factor);
  const packs = textTable(Object.entries(per));
  const names = Object.keys(per)
    .slice(0, 10)
    .map((text) => JSON.stringify(text.slice(0, 80)));
  return (amount, row) => {
    const pack = textOf(unit?.(row)) ?? '';
    const units = packs.get(pack);
    if (units !== undefined) return tidy(amount * units * factor);
    refuse(
      row,
      'UNKNOWN_UNIT',
      field,
      `Expected "${(source.unit ?? '').slice(0, 80)}" to be one of ${names.join(', ')}, got ${shownValue(pack)}. Add it to fields.${field}.per.`,
    );
    return undefined;
  };
}

/** Returns a number rounded to some digits behind the point, a half away from zero. */
export function rounded(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  return (Math.sign(value) * Math.round(tidy(Math.abs(value) * scale))) / scale + 0;
}

/** Takes what binary arithmetic adds behind the 15th digit away: 0.1 + 0.2 is 0.3. Zero has no sign. */
export const tidy = (value: number): number =>
  Number.isInteger(value) ? value + 0 : Number(value.toPrecision(15));
