import { createInstantReader, type InstantForm } from '../values/instant.js';
import { timeZone, type TimeZone } from '../values/time-zone.js';
import { amountOf, arithmeticOf, rounded, tidy } from './amounts.js';
import type { FieldSource, MappedField, MappingDocument } from './document.js';
import { sourceGetter, sourceName, type FieldContext } from './field-source.js';
import { present, refuse, shownValue, textOf, type Getter, type Row } from './row.js';
import { textTable } from './text-table.js';

/**
 * Returns what reads a field as text. Without a source it is `otherwise`; a blank is that too, except for a field without
 * which there is no event.
 */
export function textField(
  field: MappedField,
  context: FieldContext,
  otherwise: string | undefined,
): Getter<string | undefined> {
  const source = context.document.fields[field];
  if (source === undefined) return () => otherwise;
  const get = sourceGetter(field, source, context);
  return (row) => {
    const value = get(row);
    if (typeof value === 'string') {
      const text = value.trim();
      if (text !== '') return text;
    }
    if (value === undefined || value === '') {
      if (otherwise === undefined) missing(field, source, row);
      return otherwise;
    }
    const text = textOf(value);
    if (text === undefined)
      refuse(row, 'NOT_TEXT', field, `Expected ${sourceName(source)} to be text, got ${shownValue(value)}.`);
    return text;
  };
}

/** Which numbers a field takes; a price has at most two digits behind the point. */
export type NumberKind = 'whole' | 'price' | 'any';

/** Returns what reads a field as a number; `otherwise` where the document has no source for it. A blank is refused. */
export function numberField(
  field: MappedField,
  context: FieldContext,
  kind: NumberKind,
  otherwise: number | undefined,
): Getter<number | undefined> {
  const source = context.document.fields[field];
  if (source === undefined) return () => otherwise;
  const get = sourceGetter(field, source, context);
  const { numbers, columns } = context;
  const unit = source.unit === undefined ? undefined : columns.getter(source.unit);
  const arithmetic = arithmeticOf(field, source, unit);
  const name = sourceName(source);
  return (row) => {
    const value = get(row);
    if (value === undefined) {
      missing(field, source, row);
      return undefined;
    }
    const amount = amountOf(field, name, value, numbers, row);
    if (amount === undefined) return undefined;
    const number = arithmetic === undefined ? tidy(amount) : arithmetic(amount, row);
    if (number === undefined) return undefined;
    if (kind === 'any' && Number.isFinite(number)) return number;
    if (kind === 'price' && Number.isFinite(number)) {
      const price = rounded(number, source.decimals ?? 2);
      if (source.decimals !== undefined || price === number) return price;
      const fix = `Add "decimals": 2 to fields.${field} to round it.`;
      const message = `Expected ${name} to give a price of at most two decimals, got ${shownValue(value)}. ${fix}`;
      refuse(row, 'TOO_PRECISE', field, message);
      return undefined;
    }
    if (Number.isSafeInteger(number)) return number;
    refuse(row, 'NOT_WHOLE', field, `Expected ${name} to give a whole number, got ${shownValue(value)}.`);
    return undefined;
  };
}

/** Returns what reads the time of the event, in milliseconds since 1970. */
export function timeField(context: FieldContext, asOf: number | undefined): Getter<number | undefined> {
  const { document } = context;
  const source = document.fields.event_time;
  if (source === undefined) {
    if (asOf !== undefined) return () => asOf;
    return (row) => {
      const message = 'Expected the time of the count from the caller, since the mapping has none.';
      refuse(row, 'NO_TIME', 'event_time', message);
      return undefined;
    };
  }
  const get = sourceGetter('event_time', source, context);
  const read = createInstantReader(instantForm(source, document));
  const zoneOf = zoneGetter(source, context);
  const formats =
    source.format === undefined ? 'a time' : `a time such as ${[source.format].flat().join(' or ')}`;
  return (row) => {
    const value = get(row);
    if (value === undefined) {
      missing('event_time', source, row);
      return undefined;
    }
    const zone = zoneOf?.(row);
    if (zoneOf !== undefined && zone === undefined) return undefined;
    const instant = read(value, zone);
    if (typeof instant === 'number') return instant;
    const got = `${sourceName(source)} to be ${formats}, got ${shownValue(value)}`;
    if (instant === 'NOT_A_TIME') refuse(row, instant, 'event_time', `Expected ${got}.`);
    else {
      const fix = 'which names no zone. Give the mapping a zone: "zone": "Europe/Vienna".';
      refuse(row, instant, 'event_time', `Expected ${got}, ${fix}`);
    }
    return undefined;
  };
}

/** The form in which a field's times are written; the document's zone serves those that have none of their own. */
export function instantForm(source: FieldSource, document: MappingDocument): InstantForm {
  const zone = source.zone ?? document.zone;
  const { format, dayOne } = source;
  return {
    ...(format === undefined ? {} : { format }),
    ...(zone === undefined ? {} : { zone }),
    ...(dayOne === undefined ? {} : { dayOne }),
  };
}

function zoneGetter(
  { zoneBy }: FieldSource,
  { columns }: FieldContext,
): Getter<TimeZone | undefined> | undefined {
  if (zoneBy === undefined) return undefined;
  const get = columns.getter(zoneBy.from);
  const zones = textTable(Object.entries(zoneBy.enum).map(([text, name]) => [text, timeZone(name)] as const));
  return (row) => {
    const value = textOf(present(get(row))) ?? '';
    const zone = zones.get(value);
    if (zone !== undefined) return zone;
    refuse(
      row,
      'NOT_LISTED',
      'event_time',
      `Expected "${zoneBy.from.slice(0, 80)}" to be listed in fields.event_time.zoneBy.enum, got ${shownValue(value)}.`,
    );
    return undefined;
  };
}

function missing(field: MappedField, source: FieldSource, row: Row): void {
  const where = sourceName(source);
  refuse(
    row,
    'MISSING',
    field,
    where === ''
      ? `Expected a value for ${field}, got none.`
      : `Expected ${where} to have a value for ${field}, got a blank.`,
  );
}
