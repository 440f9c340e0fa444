import { extracts } from '../mapping/extract.js';
import { lettersOf } from '../mapping/columns.js';
import { mappingLimits } from '../mapping/document.js';
import { isPath } from '../mapping/path.js';
import { present, textOf, type SourceRecord } from '../mapping/row.js';
import { columnWords, moneyWords, namesQuantity, type ColumnRole } from './column-words.js';
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
  /** Most of the numbers have no fraction. */
  readonly isWhole: boolean;
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
      isWhole: isMostlyWhole(texts),
      isEan: texts.length > 0 && texts.every(isEan),
      isTime: guessTime(values, true) !== undefined,
    };
  });
}

/** The words of all roles. */
export const allWords: ReadonlySet<string> = new Set(columnWords.flatMap(([, words]) => words));

/**
 * Returns whether the names of columns are a header: one is a known word, or is no number and no time where its values are.
 */
export const areNames = (facts: readonly ColumnFacts[]): boolean =>
  facts.some(
    ({ name, numeric, isTime }) =>
      allWords.has(lettersOf(name)) ||
      ((isTime || numeric > 0.5) && !looksNumeric(name) && guessTime([name], true) === undefined),
  );

/** A document names no column that is blank, longer than a name, or reads as a path. */
const canBeNamed = (name: string): boolean =>
  name !== '' && name.length <= mappingLimits.nameChars && !isPath(name);

/** Digits with signs, points, commas and blanks between them, and perhaps a mark of currency. */
export const looksNumeric = (text: string): boolean => extracts.amount(text.trim()) !== undefined;

/** Without a fraction, in any form: three figures behind a sign may be thousands. */
const wholePattern = /^[-+\u2212]?\d+(?:[.,'’\s]\d{3})*(?:[.,]0+)?$/;

/** Returns whether at least half of the numbers among some texts have no fraction. */
export function isMostlyWhole(texts: readonly string[]): boolean {
  const numbers = texts.flatMap((text) => extracts.amount(text.trim()) ?? []);
  return numbers.filter((number) => wholePattern.test(number)).length * 2 >= numbers.length;
}

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

/** Roles whose values every event needs: a column that is blank in all records, or nearly all, has none. */
const neededRoles: ReadonlySet<ColumnRole> = new Set([
  'event_time',
  'product_id',
  'quantity_delta',
  'receipt',
  'store_id',
]);

/** Part of the records in which a column of a needed role has a value. */
const LEAST_FILLED = 0.1;

/** Returns a column for each role that can be told, the surest pairs first; no column has two. */
export function columnRoles(facts: readonly ColumnFacts[]): ReadonlyMap<ColumnRole, ColumnFacts> {
  const least = Math.max(...facts.map(({ values }) => values.length)) * LEAST_FILLED;
  const pairs = facts.flatMap((fact) =>
    columnWords.flatMap(([role, words]) => {
      const score = scoreOf(fact, role, words);
      // A column that is blank in all records gives way to any other.
      const weight = fact.values.length === 0 ? 0.1 : 1;
      if (neededRoles.has(role) && fact.values.length < least) return [];
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
  const sold = roles.get('quantity_delta');
  const count = roles.get('current_stock');
  if (sold !== undefined && count !== undefined) {
    const isStock = !namesQuantity(lettersOf(count.name));
    // Sales beside a quantity are money. What is sold at no time is a number about a stock, and not what happened to it.
    if (isStock ? !roles.has('event_time') : moneyWords.has(lettersOf(sold.name)))
      roles.delete('quantity_delta');
  }
  fillByValues(
    facts.filter(({ values }) => values.length >= least),
    roles,
    taken,
  );
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
  if (!roles.has('quantity_delta'))
    take(
      'current_stock',
      ({ name, numeric, isTime, isWhole }) => numeric === 1 && isWhole && !isTime && !isNumbering(name),
    );
  const date = roles.get('event_time');
  if (date !== undefined) take('clock', ({ texts }) => joinedTimes(date.texts, texts) !== undefined);
  // Numbers alone may be anything: a code has a letter, a sign, or a zero at its beginning in some row.
  take(
    'product_id',
    ({ texts, numeric, isTime }) =>
      !isTime &&
      (numeric < 1 || texts.some((text) => /^0\d/.test(text))) &&
      texts.every((text) => codePattern.test(text)) &&
      !texts.every((text) => monthPattern.test(text)),
  );
}

const codePattern = /^(?=.*\d)[\w.\-/]{2,32}$/;
const monthPattern = /^(?:19|20)\d\d[-/.]\d{1,2}$/;

/** Returns whether a column's name says that its numbers count rows, or the parts of a date, and not pieces. */
const isNumbering = (name: string): boolean =>
  /(?:^|[\s_\-.])(?:id|key|nr|no|num|number|index|line|row|pos|year|month|week|day|quarter|hour)s?\.?$/i.test(
    name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' '),
  );

/** Returns whether a column's name tells the role, and not only its values. */
export const isNamedFor = (fact: ColumnFacts, role: ColumnRole): boolean =>
  columnWords.some(([of, words]) => of === role && scoreOf(fact, role, words) > 0);

/** Letters that a word needs to be found inside a longer name: two where a sign is a word of its own, as in 在庫. */
const partLength = (word: string): number => (/^[\p{sc=Han}\p{sc=Katakana}]/u.test(word) ? 2 : 4);

const ofProduct = /produ|prodott|arti[ck]|item|tovar|товар|商品|产品|상품/;

function scoreOf(fact: ColumnFacts, role: ColumnRole, words: readonly string[]): number {
  const letters = lettersOf(fact.name);
  if (letters === '') return 0;
  if (numericRoles.has(role) && fact.values.length > 0 && fact.numeric < 0.5) return 0;
  if (role === 'event_time' && fact.values.length > 0 && !fact.isTime) return 0;
  if (role === 'event_type' && (fact.distinct > 20 || fact.numeric > 0.5)) return 0;
  const exact = words.indexOf(letters);
  if (role === 'quantity_delta' && !fact.isWhole) return 0;
  // An earlier word is the surer one.
  if (exact >= 0) return 100 - Math.min(exact, 60);
  const part = words.findIndex(
    (word) => word.length >= partLength(word) && (letters.startsWith(word) || letters.endsWith(word)),
  );
  if (part < 0 || isForOther(letters, role)) return 0;
  // Of the names in a row that of the product is the one that says so.
  const isSure = role === 'product_id' ? fact.isEan : role === 'product_name' && ofProduct.test(letters);
  const bonus = isSure ? 10 : 0;
  return 30 - Math.min(part, 25) / 2 + bonus;
}
