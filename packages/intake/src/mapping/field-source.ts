import type { FieldSource, MappedField, MappingDocument } from './document.js';
import { firstPresent, type Columns } from './columns.js';
import { extracts, type Extract } from './extract.js';
import { present, refuse, shownValue, textOf, type Getter, type Row } from './row.js';
import { textTable } from './text-table.js';
import { amountOf, type Numbers } from './amounts.js';

/** What a field is compiled with. */
export interface FieldContext {
  readonly document: MappingDocument;
  readonly columns: Columns;
  readonly numbers: Numbers;
  /** Takes what must see each row before it is known whether the row counts. */
  readonly watch: (see: (row: Row) => void) => void;
}

/** Columns as a message names them. */
export const sourceName = ({ from, join, sum }: FieldSource): string => {
  const names = [...listOf(from), ...(join ?? []), ...(sum ?? [])].slice(0, 4);
  return names.map((name) => `"${name.slice(0, 80)}"`).join(' or ');
};

/** One name or several, as several. */
export function listOf<T extends string>(names: T | readonly T[] | undefined): readonly T[] {
  if (names === undefined) return [];
  return typeof names === 'string' ? [names] : names;
}

/** Returns what reads a field's value up to `enum`: undefined where there is none, and the row's problem where it is refused. */
export function sourceGetter(field: MappedField, source: FieldSource, context: FieldContext): Getter {
  const fixed = source.const;
  if (fixed !== undefined) return () => fixed;
  let get = plainGetter(field, source, context);
  if (source.carry === true) get = carried(get, context);
  if (source.extract !== undefined) get = extracted(field, source, get);
  const { default: otherwise } = source;
  if (otherwise !== undefined) {
    const inner = get;
    get = (row) => inner(row) ?? otherwise;
  }
  return source.enum === undefined ? get : listed(field, source, source.enum, get);
}

/** Returns what reads a field's columns as they are. */
export function plainGetter(
  field: MappedField,
  source: FieldSource,
  { columns, numbers }: FieldContext,
): Getter {
  if (source.sum !== undefined) {
    const parts = source.sum.map((name) => columns.getter(name));
    return (row) => sumOf(field, source, parts, numbers, row);
  }
  const first = firstPresent(listOf(source.from).map((name) => columns.getter(name)));
  if (source.join === undefined) return first;
  const joined = joinGetter(
    source.join.map((name) => columns.getter(name)),
    source.with ?? ' ',
  );
  return source.from === undefined ? joined : (row) => first(row) ?? joined(row);
}

function joinGetter(getters: readonly Getter[], between: string): Getter {
  return (row) => {
    let text = '';
    for (const get of getters) {
      const part = textOf(present(get(row)));
      if (part !== undefined && part !== '') text = text === '' ? part : text + between + part;
    }
    return text === '' ? undefined : text;
  };
}

function sumOf(
  field: MappedField,
  source: FieldSource,
  parts: readonly Getter[],
  numbers: Numbers,
  row: Row,
): number | undefined {
  let sum: number | undefined;
  for (const part of parts) {
    const value = present(part(row));
    if (value === undefined) continue;
    const number = amountOf(field, sourceName(source), value, numbers, row);
    if (number === undefined) return undefined;
    sum = (sum ?? 0) + number;
  }
  return sum;
}

/** The row above may be one that does not count, so each row is seen before that is known. */
function carried(get: Getter, { watch }: FieldContext): Getter {
  let last: unknown;
  watch((row) => {
    last = get(row) ?? last;
  });
  return () => last;
}

function extracted(field: MappedField, source: FieldSource, get: Getter): Getter {
  const steps = listOf(source.extract).map((name): Extract => extracts[name]);
  const names = listOf(source.extract).join(', ');
  return (row) => {
    const value = get(row);
    if (value === undefined) return undefined;
    let text = textOf(value);
    for (const step of steps) text = text === undefined ? undefined : step(text);
    if (text !== undefined) return text === '' ? undefined : text;
    refuse(
      row,
      'NO_MATCH',
      field,
      `Expected ${sourceName(source)} to have the form of ${names}, got ${shownValue(value)}.`,
    );
    return undefined;
  };
}

function listed(
  field: MappedField,
  source: FieldSource,
  table: NonNullable<FieldSource['enum']>,
  get: Getter,
): Getter {
  const known = textTable(Object.entries(table));
  const names = Object.keys(table)
    .slice(0, 10)
    .map((text) => JSON.stringify(text.slice(0, 80)));
  return (row) => {
    const value = get(row);
    // An empty text may be listed: it is what a blank means.
    const meaning = known.get(value === undefined ? '' : (textOf(value) ?? ''));
    if (meaning !== undefined || value === undefined) return meaning;
    refuse(
      row,
      'NOT_LISTED',
      field,
      `Expected ${sourceName(source)} to be one of ${names.join(', ')}, got ${shownValue(value)}. Add it to fields.${field}.enum.`,
    );
    return undefined;
  };
}
