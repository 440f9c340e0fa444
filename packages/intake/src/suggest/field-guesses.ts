import type { FieldSource, MappingDocument } from '../mapping/document.js';
import { lettersOf } from '../mapping/columns.js';
import { numbersOf, rounded, tidy } from '../mapping/amounts.js';
import { extracts } from '../mapping/extract.js';
import { isNamedFor, looksNumeric, type ColumnFacts } from './column-roles.js';
import { movementWords, namesQuantity, pieceWords, type ColumnRole } from './column-words.js';
import { guessTime, joinedTimes } from './time-forms.js';

/** The columns of a source by what they are for. */
export type Roles = ReadonlyMap<ColumnRole, ColumnFacts>;

/** Records that have a value in some column. */
export const rowsOf = (roles: Roles): number =>
  Math.max(...[...roles.values()].map(({ values }) => values.length));

/** Returns what says what happened: a column of known words, else a sale where the source has what was sold; undefined for counts. */
export function typeSource(roles: Roles, notes: string[]): FieldSource | undefined {
  const fact = roles.get('event_type');
  const known = new Map(movementWords.flatMap(([type, words]) => words.map((word) => [word, type] as const)));
  const texts = [...new Set(fact?.texts ?? [])].sort();
  // A column that says "Inventory" in each row is of counts, or of kinds of products.
  const isMovement = texts.some((text) => !['stock_count', undefined].includes(known.get(lettersOf(text))));
  if (fact === undefined || !isMovement) return isSales(roles, notes) ? { const: 'sale' } : undefined;
  const unknown = texts.filter((text) => !known.has(lettersOf(text)));
  if (unknown.length > 0)
    notes.push(
      `What ${unknown.map((text) => JSON.stringify(text)).join(', ')} in "${fact.name}" mean is not known: fields.event_type.enum takes them for adjustments.`,
    );
  return {
    from: fact.name,
    enum: Object.fromEntries(texts.map((text) => [text, known.get(lettersOf(text)) ?? 'adjustment'])),
  };
}

/** Receipts have what was sold. */
function isSales(roles: Roles, notes: string[]): boolean {
  if (roles.has('quantity_delta')) return true;
  const count = roles.get('current_stock');
  if (count === undefined) return false;
  const isQuantity = namesQuantity(lettersOf(count.name));
  if (!isQuantity && isNamedFor(count, 'current_stock')) return false;
  // Nobody counts shelves by customer.
  const receipt = roles.get('receipt') ?? roles.get('customer');
  notes.push(
    receipt === undefined
      ? `"${count.name}" is taken for the stock on hand, and does not say so: where it is what was sold, \`mode\` is "events", and the column that of fields.quantity_delta.`
      : `"${count.name}" is taken for what was sold, as there is "${receipt.name}".`,
  );
  return receipt !== undefined;
}

/** Returns where the time comes from; the zone is a guess, and noted, where the values name none. */
export function timeSource(roles: Roles, prefersDayFirst: boolean, notes: string[]): FieldSource | undefined {
  const fact = roles.get('event_time');
  if (fact === undefined) return undefined;
  const clock = roles.get('clock');
  const joined = clock === undefined ? undefined : joinedTimes(fact.texts, clock.texts);
  const column: FieldSource =
    clock === undefined || joined === undefined ? { from: fact.name } : { join: [fact.name, clock.name] };
  const guess = guessTime(joined ?? fact.values, prefersDayFirst);
  if (guess === undefined) return { ...column, zone: 'UTC' };
  if (guess.other !== undefined)
    notes.push(
      `Day and month of "${fact.name}" cannot be told apart: fields.event_time.format is ${guess.source.format ?? ''}, and could be ${guess.other}.`,
    );
  if (guess.hasZone) return { ...column, ...guess.source };
  notes.push(
    `The times of "${fact.name}" name no zone: fields.event_time.zone is UTC. Put the zone of your stores, such as Europe/Vienna.`,
  );
  return { ...column, ...guess.source, zone: 'UTC' };
}

/** Returns where the price comes from; one of more than two decimals is rounded, and noted. */
export function priceSource(
  fact: ColumnFacts | undefined,
  numbers: Pick<MappingDocument, 'decimal' | 'group'>,
  notes: string[],
): FieldSource | undefined {
  if (fact === undefined) return undefined;
  const { read } = numbersOf(numbers);
  const isPrecise = fact.texts.some((text) => {
    const price = read(extracts.amount(text.trim()));
    return typeof price === 'number' && tidy(price) !== rounded(price, 2);
  });
  if (isPrecise)
    notes.push(
      `"${fact.name}" has prices of more than two decimals: fields.unit_price.decimals rounds them.`,
    );
  return { ...numberSource(fact), default: 0, ...(isPrecise ? { decimals: 2 } : {}) };
}

/** Returns where a number comes from: a column of numbers, or of amounts with something around them. */
export function numberSource({ name, texts }: ColumnFacts): FieldSource {
  const isAmount = texts.some((text) => ![undefined, text.trim()].includes(extracts.amount(text.trim())));
  return { from: name, ...(isAmount ? { extract: 'amount' } : {}) };
}

/** Returns whether some numbers of a column are below zero, however that is written. */
export const isSigned = ({ texts }: ColumnFacts): boolean =>
  texts.some((text) => /^[-\u2212]/.test(extracts.amount(text.trim()) ?? ''));

/** Returns the packs of a column of units that are no single pieces. */
export function packs(roles: Roles, notes: string[]): FieldSource {
  const fact = roles.get('unit');
  const texts = [...new Set(fact?.texts ?? [])].sort();
  if (fact === undefined || texts.length > 50 || texts.every((text) => pieceWords.has(lettersOf(text))))
    return {};
  notes.push(
    `How many pieces ${texts.map((text) => JSON.stringify(text)).join(', ')} of "${fact.name}" hold is not known: \`per\` says 1 for each.`,
  );
  return { per: Object.fromEntries(texts.map((text) => [text, 1])), unit: fact.name };
}

/** Blanks and words among the counts, such as "not stocked", are rows without a count. */
export function skippedTexts(roles: Roles, notes: string[]): MappingDocument['skipWhen'] {
  const fact = roles.get('current_stock');
  if (fact === undefined) return undefined;
  const words = [...new Set(fact.texts.filter((text) => !looksNumeric(text) && !/\d/.test(text)))].sort();
  const hasBlanks = fact.values.length < rowsOf(roles);
  if ((words.length === 0 && !hasBlanks) || words.length > 5) return undefined;
  if (words.length > 0)
    notes.push(
      `Rows whose "${fact.name}" is ${words.map((text) => JSON.stringify(text)).join(' or ')} are skipped.`,
    );
  return { [fact.name]: [...words, ...(hasBlanks ? [''] : [])] };
}
