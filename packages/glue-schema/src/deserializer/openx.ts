import { stringifyJson } from '@store/foundation';
import { isIsoDate } from '../runtime/time.js';
import {
  ConversionFailure,
  isObject,
  javaClass,
  numberText,
  shownValue,
  storedDouble,
  toInt64,
  wellFormed,
} from './java-values.js';
import { toDecimalText } from './decimal-text.js';
import { formatInstant, fromNumberText, parseEpoch, parseIso, parseSql } from './instant.js';
import type { FieldsPlan, ValuePlan } from './value-plan.js';

/** A document as stored: no prototype, so that no key of it is anything but data. */
export type StoredRecord = Record<string, unknown>;

/** Reads an object's columns as the OpenX SerDe does; the answer has them in the table's order. */
export function readFields(fields: FieldsPlan, value: Readonly<Record<string, unknown>>): StoredRecord {
  const found = new Map<number, unknown>();
  for (const [key, item] of Object.entries(value)) {
    const column = fields.folded.get(fields.fold(key));
    if (column !== undefined) found.set(column, item);
  }
  const stored = emptyRecord();
  fields.plans.forEach((plan, index) => {
    const item = found.get(index);
    if (item !== undefined && item !== null) {
      stored[fields.names[index] ?? ''] = readValue(plan, item, fields);
    }
  });
  return stored;
}

function emptyRecord(): StoredRecord {
  // The only way to a record whose "__proto__" is an ordinary key; the declaration says any.
  return Object.create(null) as StoredRecord;
}

function readValue(plan: ValuePlan, value: unknown, owner: FieldsPlan): unknown {
  switch (plan.kind) {
    case 'string':
      return toText(value, owner);
    case 'text':
      return cut(toText(value, owner), plan.length, plan.char);
    case 'array':
      return readArray(plan, value, owner);
    case 'map':
      return readMap(plan, value, owner);
    case 'struct':
      return readStruct(plan.fields, value);
    default: {
      // Its parser makes no number: unquoted digits are text too, which the column reads.
      const text = numberText(value) ?? value;
      if (typeof text !== 'string' && typeof text !== 'boolean') {
        throw new ConversionFailure(`${javaClass(value)} cannot be cast to ${plan.kind}`);
      }
      return readScalar(plan, text, text !== value);
    }
  }
}

type ScalarPlan = Exclude<ValuePlan, { readonly kind: 'string' | 'text' | 'array' | 'map' | 'struct' }>;

function readScalar(plan: ScalarPlan, value: string | boolean, isNumber: boolean): unknown {
  if (plan.kind === 'boolean') return readBoolean(value, isNumber);
  if (typeof value === 'boolean') throw numberFormat(String(value));
  switch (plan.kind) {
    case 'integer':
      return readInteger(value, plan.low, plan.high);
    case 'bigint':
      return readBigint(value);
    case 'double':
      return storedDouble(readDouble(value));
    case 'float':
      return storedDouble(Math.fround(readDouble(value)));
    case 'decimal':
      return readDecimal(value, plan.precision, plan.scale);
    case 'date':
      return readDate(value);
    case 'timestamp':
      return readTimestamp(value, isNumber);
  }
}

const numberFormat = (text: string): ConversionFailure =>
  new ConversionFailure(`java.lang.NumberFormatException: For input string: "${shownValue(text)}"`);

function readBoolean(value: string | boolean, isNumber: boolean): boolean {
  if (typeof value === 'boolean') return value;
  if (isNumber)
    throw new ConversionFailure(`${javaClass(Number(value))} cannot be cast to java.lang.Boolean`);
  return value.toLowerCase() === 'true';
}

const hexadecimal = /^0[xX]0*([0-9a-fA-F]{1,16})$/;

/** What Java's parseInt and parseLong make of a text, and this SerDe of hexadecimal digits. */
function readWhole(text: string): bigint {
  const [, digits] = hexadecimal.exec(text) ?? [];
  const value = toInt64(digits === undefined ? text : String(BigInt(`0x${digits}`)));
  if (value === undefined) throw numberFormat(text);
  return value;
}

function readInteger(text: string, low: number, high: number): number {
  const value = readWhole(text);
  if (value < low || value > high) throw numberFormat(text);
  return Number(value);
}

/** As a number only where that has every digit. */
function readBigint(text: string): number | string {
  const value = readWhole(text);
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}

const doubleText = /^[+-]?(?:NaN|Infinity|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?[dDfF]?)$/;

function readDouble(text: string): number {
  const trimmed = text.trim();
  if (doubleText.test(trimmed)) return Number(trimmed.replace(/[dDfF]$/, ''));
  throw numberFormat(text);
}

function readDecimal(text: string, precision: number, scale: number): string {
  const stored = toDecimalText(text.trim(), precision, scale);
  if (stored === undefined) throw numberFormat(text);
  return stored;
}

function readDate(text: string): string {
  const [, year = '', month = '', day = ''] = /^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})$/.exec(text) ?? [];
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (isIsoDate(date)) return date;
  throw new ConversionFailure(
    `java.lang.IllegalArgumentException: "${shownValue(text)}" is not a date yyyy-M-d`,
  );
}

function readTimestamp(text: string, isNumber: boolean): string {
  const instant = isNumber ? fromNumberText(text) : (parseIso(text) ?? parseSql(text) ?? parseEpoch(text));
  if (instant !== undefined) return formatInstant(instant);
  throw new ConversionFailure(`java.lang.IllegalArgumentException: "${shownValue(text)}" is not a timestamp`);
}

function toText(value: unknown, owner: FieldsPlan): string {
  if (typeof value === 'string') return wellFormed(value);
  return numberText(value) ?? wellFormed(stringifyJson(value, { key: owner.fold }));
}

function cut(text: string, length: number, char: boolean): string {
  const kept = text.length <= length ? text : Array.from(text).slice(0, length).join('');
  return char ? kept.replace(/ +$/, '') : kept;
}

function readArray(
  plan: Extract<ValuePlan, { readonly kind: 'array' }>,
  value: unknown,
  owner: FieldsPlan,
): unknown {
  if (value === '') return null;
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  return items.map((item) => (item === null ? null : readValue(plan.item, item, owner)));
}

function readMap(
  plan: Extract<ValuePlan, { readonly kind: 'map' }>,
  value: unknown,
  owner: FieldsPlan,
): StoredRecord {
  if (!isObject(value)) throw notObject(value);
  const stored = emptyRecord();
  for (const [key, item] of Object.entries(value)) {
    const name = readValue(plan.key, owner.fold(key), owner);
    stored[String(name)] = item === null ? null : readValue(plan.item, item, owner);
  }
  return stored;
}

function readStruct(fields: FieldsPlan, value: unknown): StoredRecord {
  if (isObject(value)) return readFields(fields, value);
  if (!Array.isArray(value)) throw notObject(value);
  const stored = emptyRecord();
  fields.plans.forEach((plan, index) => {
    const item: unknown = value[index];
    if (item !== undefined && item !== null) {
      stored[fields.names[index] ?? ''] = readValue(plan, item, fields);
    }
  });
  return stored;
}

const notObject = (value: unknown): ConversionFailure =>
  new ConversionFailure(`Data is not JSONObject  but ${javaClass(value)} with value ${shownJson(value)}`);

const shownJson = (value: unknown): string =>
  shownValue(typeof value === 'string' ? JSON.stringify(value) : value);
