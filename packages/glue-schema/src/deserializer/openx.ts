import { isIsoDate } from '../runtime/time.js';
import { isRecord } from '../runtime/values.js';
import { ConversionFailure, javaClass, javaDouble } from './java-values.js';
import { toDecimalText } from './decimal-text.js';
import { formatInstant, fromNumber, parseEpoch, parseIso, parseSql } from './instant.js';
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
    default:
      if (typeof value === 'object') {
        throw new ConversionFailure(`${javaClass(value)} cannot be cast to ${plan.kind}`);
      }
      return readScalar(plan, value);
  }
}

type ScalarPlan = Exclude<ValuePlan, { readonly kind: 'string' | 'text' | 'array' | 'map' | 'struct' }>;

function readScalar(plan: ScalarPlan, value: unknown): unknown {
  switch (plan.kind) {
    case 'boolean':
      if (typeof value === 'boolean') return value;
      if (typeof value === 'string') return value.toLowerCase() === 'true';
      throw new ConversionFailure(`${javaClass(value)} cannot be cast to java.lang.Boolean`);
    case 'integer':
      return readInteger(value, plan.low, plan.high);
    case 'bigint':
      return readBigint(value);
    case 'double':
      return finiteOrText(readDouble(value));
    case 'float':
      return finiteOrText(Math.fround(readDouble(value)));
    case 'decimal':
      return readDecimal(value, plan.precision, plan.scale);
    case 'date':
      return readDate(value);
    case 'timestamp':
      return readTimestamp(value);
  }
}

const numberFormat = (value: unknown): ConversionFailure =>
  new ConversionFailure(`java.lang.NumberFormatException: For input string: "${String(value)}"`);

function readInteger(value: unknown, low: number, high: number): number {
  const number = typeof value === 'string' && integerText.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isInteger(number) || number < low || number > high) {
    throw numberFormat(value);
  }
  return number + 0;
}

const integerText = /^(?:[+-]?[0-9]+|0[xX][0-9a-fA-F]+)$/;
const maxInt64 = 2n ** 63n - 1n;

function readBigint(value: unknown): number | string {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value + 0;
  const text = typeof value === 'number' && Number.isInteger(value) ? BigInt(value).toString() : value;
  if (typeof text !== 'string' || !integerText.test(text)) throw numberFormat(value);
  const number = BigInt(text.replace(/^\+/, ''));
  // As a number, the largest int64 is 2^63 already: JSON.parse has rounded it up.
  if (typeof value === 'number' && number === maxInt64 + 1n) return String(maxInt64);
  if (BigInt.asIntN(64, number) !== number) throw numberFormat(value);
  return String(number);
}

const doubleText = /^[+-]?(?:NaN|Infinity|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?[dDfF]?)$/;

function readDouble(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && doubleText.test(value.trim())) {
    return Number(value.trim().replace(/[dDfF]$/, ''));
  }
  throw numberFormat(value);
}

// JSON has no NaN and no Infinity; typed readers take them as text.
const finiteOrText = (value: number): number | string => (Number.isFinite(value) ? value : String(value));

function readDecimal(value: unknown, precision: number, scale: number): string {
  const text = typeof value === 'number' ? String(value) : value;
  const stored = typeof text === 'string' ? toDecimalText(text.trim(), precision, scale) : undefined;
  if (stored === undefined) throw numberFormat(value);
  return stored;
}

function readDate(value: unknown): string {
  const [, year = '', month = '', day = ''] =
    typeof value === 'string' ? (/^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})$/.exec(value) ?? []) : [];
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (isIsoDate(text)) return text;
  throw new ConversionFailure(
    `java.lang.IllegalArgumentException: "${String(value)}" is not a date yyyy-M-d`,
  );
}

function readTimestamp(value: unknown): string {
  const instant =
    typeof value === 'number'
      ? fromNumber(value)
      : typeof value === 'string'
        ? (parseIso(value) ?? parseSql(value) ?? parseEpoch(value))
        : undefined;
  if (instant !== undefined) return formatInstant(instant);
  throw new ConversionFailure(`java.lang.IllegalArgumentException: "${String(value)}" is not a timestamp`);
}

function toText(value: unknown, owner: FieldsPlan): string {
  if (typeof value === 'string') return wellFormed(value);
  if (typeof value === 'number') return javaDouble(value);
  return wellFormed(JSON.stringify(foldKeys(value, owner)));
}

// Java writes half a surrogate pair as "?".
const wellFormed = (text: string): string =>
  text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '?');

function foldKeys(value: unknown, owner: FieldsPlan): unknown {
  if (Array.isArray(value)) return value.map((item) => foldKeys(item, owner));
  if (!isRecord(value)) return value;
  const folded = emptyRecord();
  for (const [key, item] of Object.entries(value)) folded[owner.fold(key)] = foldKeys(item, owner);
  return folded;
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
  if (!isRecord(value)) throw notObject(value);
  const stored = emptyRecord();
  for (const [key, item] of Object.entries(value)) {
    const name = readValue(plan.key, owner.fold(key), owner);
    stored[String(name)] = item === null ? null : readValue(plan.item, item, owner);
  }
  return stored;
}

function readStruct(fields: FieldsPlan, value: unknown): StoredRecord {
  if (isRecord(value)) return readFields(fields, value);
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
  new ConversionFailure(
    `Data is not JSONObject  but ${javaClass(value)} with value ${JSON.stringify(value)}`,
  );
