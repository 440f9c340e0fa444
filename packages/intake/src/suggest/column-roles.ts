import { extracts } from '../mapping/extract.js';
import { lettersOf } from '../mapping/columns.js';
import { mappingLimits } from '../mapping/document.js';
import { isPath } from '../mapping/path.js';
import { present, textOf, type SourceRecord } from '../mapping/row.js';
import { columnWords, type ColumnRole } from './column-words.js';
import { isForOther } from './other-columns.js';
import { guessTime, joinedTimes } from './time-forms.js';

/** What the values of a column look like. */
export interface ColumnFacts {
  readonly name: string;
  /** Values that are not blank. */
  readonly values: readonly unknown[];
  readonly texts: readonly string[];
  readonly distinct: number;
  /** Part of the values that are numbers in some form. */
  readonly numeric: number;
  /** Every value is an EAN, UPC or GTIN with the right last digit. */
  readonly isEan: boolean;
  readonly isTime: boolean;
}

/** Returns what the values of each column look like. */
export function columnFacts(
  columns: readonly string[],
  rows: readonly SourceRecord[],
): readonly ColumnFacts[] {
  return columns.filter(canBeNamed).map((name) => {
    const values = rows
      .map((row) => (Object.hasOwn(row, name) ? present(row[name]) : undefined))
      .filter((value) => value !== undefined);
    const texts = values.map((value) => textOf(value) ?? '');
    return {
      name,
      values,
      texts,
      distinct: new Set(texts).size,
      numeric: values.length === 0 ? 0 : texts.filter(looksNumeric).length / values.length,
      isEan: texts.length > 0 && texts.every(isEan),
      isTime: guessTime(values, true) !== undefined,
    };
  });
}

/** A document names no column that is blank, longer than a name, or reads as a path. */
const canBeNamed = (name: string): boolean =>
  name !== '' && name.length <= mappingLimits.nameChars && !isPath(name);

/** Digits with signs, points, commas and blanks between them, and perhaps a mark of currency. */
export const looksNumeric = (text: string): boolean => extracts.amount(text.trim()) !== undefined;

function isEan(text: string): boolean {
  if (!/^(?:\d{8}|\d{12,14})$/.test(text)) return false;
  let sum = 0;
  for (let at = 0; at < text.length - 1; at++) {
    // From the right, each second digit counts three times.
    sum += Number(text[at]) * ((text.length - at) % 2 === 0 ? 3 : 1);
  }
  return (10 - (sum % 10)) % 10 === Number(text.at(-1));
}

const numericRoles: ReadonlySet<ColumnRole> = new Set([
  'current_stock',
  'quantity_delta',
  'unit_price',
  'min_threshold',
  'on_order',
  'latitude',
  'longitude',
]);

/** Returns a column for each role that can be told, the surest pairs first; no column has two. */
export function columnRoles(facts: readonly ColumnFacts[]): ReadonlyMap<ColumnRole, ColumnFacts> {
  const pairs = facts.flatMap((fact) =>
    columnWords.flatMap(([role, words]) => {
      const score = scoreOf(fact, role, words);
      // A column that is blank in all records gives way to any other.
      const weight = fact.values.length === 0 ? 0.1 : 1;
      return score > 0 ? [{ role, fact, score: score * weight }] : [];
    }),
  );
  pairs.sort((a, b) => b.score - a.score);
  const roles = new Map<ColumnRole, ColumnFacts>();
  const taken = new Set<ColumnFacts>();
  for (const { role, fact } of pairs) {
    if (roles.has(role) || taken.has(fact)) continue;
    roles.set(role, fact);
    taken.add(fact);
  }
  fillByValues(facts, roles, taken);
  return roles;
}

/** What the names do not tell, the values may. */
function fillByValues(
  facts: readonly ColumnFacts[],
  roles: Map<ColumnRole, ColumnFacts>,
  taken: Set<ColumnFacts>,
): void {
  const take = (role: ColumnRole, fits: (fact: ColumnFacts) => boolean): void => {
    if (roles.has(role)) return;
    const found = facts.filter(
      (fact) =>
        !taken.has(fact) && fact.values.length > 0 && !isForOther(lettersOf(fact.name), role) && fits(fact),
    );
    // Several that could be it are none.
    const [only] = found;
    if (only === undefined || (found.length > 1 && role !== 'product_id')) return;
    roles.set(role, only);
    taken.add(only);
  };
  take('event_time', ({ isTime, numeric }) => isTime && numeric < 1);
  take('product_id', ({ isEan: is }) => is);
  if (!roles.has('quantity_delta')) take('current_stock', ({ numeric, isTime }) => numeric === 1 && !isTime);
  const date = roles.get('event_time');
  if (date !== undefined) take('clock', ({ texts }) => joinedTimes(date.texts, texts) !== undefined);
  take('product_id', ({ texts }) => texts.every((text) => /^(?=.*\d)[\w.\-/]{2,32}$/.test(text)));
}

/** Returns whether a column's name tells the role, and not only its values. */
export const isNamedFor = (fact: ColumnFacts, role: ColumnRole): boolean =>
  columnWords.some(([of, words]) => of === role && scoreOf(fact, role, words) > 0);

/** Letters that a word needs to be found inside a longer name: two where a sign is a word of its own, as in 在庫. */
const partLength = (word: string): number => (/^[\p{sc=Han}\p{sc=Katakana}]/u.test(word) ? 2 : 4);

function scoreOf(fact: ColumnFacts, role: ColumnRole, words: readonly string[]): number {
  const letters = lettersOf(fact.name);
  if (letters === '') return 0;
  if (numericRoles.has(role) && fact.values.length > 0 && fact.numeric < 0.5) return 0;
  if (role === 'event_time' && fact.values.length > 0 && !fact.isTime) return 0;
  if (role === 'event_type' && (fact.distinct > 20 || fact.numeric > 0.5)) return 0;
  const exact = words.indexOf(letters);
  // An earlier word is the surer one.
  if (exact >= 0) return 100 - Math.min(exact, 60);
  const part = words.findIndex(
    (word) => word.length >= partLength(word) && (letters.startsWith(word) || letters.endsWith(word)),
  );
  if (part < 0 || isForOther(letters, role)) return 0;
  const bonus = role === 'product_id' && fact.isEan ? 10 : 0;
  return 30 - Math.min(part, 25) / 2 + bonus;
}
