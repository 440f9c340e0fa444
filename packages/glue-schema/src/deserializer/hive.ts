import { isIsoDate } from '../runtime/time.js';
import {
  ConversionFailure,
  isObject,
  numberText,
  shownValue,
  storedDouble,
  toInt64,
  wellFormed,
} from './java-values.js';
import { toDecimalText } from './decimal-text.js';
import { formatInstant, type Instant, fromEpochMillis, parseSql } from './instant.js';
import { parseJoda } from './joda-pattern.js';
import type { FieldsPlan, ValuePlan } from './value-plan.js';

/** Reads an object's columns as Hive's own JSON SerDe does: strict, nothing parsed out of strings. */
export function readHiveFields(
  fields: FieldsPlan,
  value: Readonly<Record<string, unknown>>,
  timestampFormats: readonly string[],
): Record<string, unknown> {
  const stored: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    const column = fields.folded.get(fields.fold(key));
    const plan = column === undefined ? undefined : fields.plans[column];
    if (column === undefined || plan === undefined) continue;
    const name = fields.names[column] ?? '';
    // Of keys that differ in case the last one counts, null like any other.
    if (item === null) {
      Reflect.deleteProperty(stored, name);
      continue;
    }
    Object.defineProperty(stored, name, {
      value: readValue(plan, item, timestampFormats),
      enumerable: true,
      configurable: true,
    });
  }
  return stored;
}

const shape = (expected: string): ConversionFailure => new ConversionFailure(`${expected} expected`);

function readValue(plan: ValuePlan, value: unknown, formats: readonly string[]): unknown {
  switch (plan.kind) {
    case 'array':
      if (!Array.isArray(value)) throw shape('Start of Array');
      return value.map((item: unknown) => (item === null ? null : readValue(plan.item, item, formats)));
    case 'struct':
      if (!isObject(value)) throw shape('Start of Object');
      return readHiveFields(plan.fields, value, formats);
    case 'map': {
      if (!isObject(value)) throw shape('Start of Object');
      const stored: Record<string, unknown> = {};
      for (const [key, item] of Object.entries(value)) {
        Object.defineProperty(stored, readKey(plan.key, key, formats), {
          value: item === null ? null : readValue(plan.item, item, formats),
          enumerable: true,
          configurable: true,
        });
      }
      return stored;
    }
    default: {
      const number = numberText(value);
      const text = number ?? value;
      if (typeof text !== 'string' && typeof text !== 'boolean') {
        throw new ConversionFailure(
          `One or more fields have incorrect format: ${plan.kind} from an object or array`,
        );
      }
      return readScalar(plan, text, number, formats);
    }
  }
}

/** A key of a map, which is text in JSON whatever its type. */
function readKey(plan: ValuePlan, key: string, formats: readonly string[]): string {
  if (plan.kind === 'boolean') return String(key.toLowerCase() === 'true');
  if (plan.kind === 'array' || plan.kind === 'map' || plan.kind === 'struct') throw shape('Primitive key');
  const isText = ['string', 'text', 'date', 'timestamp'].includes(plan.kind);
  if (!isText && !/^[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/.test(key)) {
    throw new ConversionFailure(`java.lang.NumberFormatException: For input string: "${shownValue(key)}"`);
  }
  return String(readScalar(plan, key, isText ? undefined : key, formats));
}

type ScalarPlan = Exclude<ValuePlan, { readonly kind: 'array' | 'map' | 'struct' }>;

function readScalar(
  plan: ScalarPlan,
  value: string | boolean,
  number: string | undefined,
  formats: readonly string[],
): unknown {
  switch (plan.kind) {
    case 'string':
      return wellFormed(String(value));
    case 'text':
      return Array.from(wellFormed(String(value)))
        .slice(0, plan.length)
        .join('');
    case 'boolean':
      if (typeof value === 'boolean') return value;
      throw new ConversionFailure('Current token not of boolean type');
    case 'date':
      return readDate(String(value));
    case 'timestamp':
      return readTimestamp(String(value), formats);
    default:
      if (number !== undefined) return readNumber(plan, number);
      throw new ConversionFailure(
        `Current token (VALUE_${typeof value === 'string' ? 'STRING' : 'TRUE'}) not numeric, can not use numeric value accessors`,
      );
  }
}

type NumberPlan = Exclude<
  ScalarPlan,
  { readonly kind: 'string' | 'text' | 'boolean' | 'date' | 'timestamp' }
>;

function readNumber(plan: NumberPlan, text: string): unknown {
  switch (plan.kind) {
    case 'integer': {
      const value = readWhole(text);
      if (value === undefined || value < plan.low || value > plan.high) throw outOfRange(text, 'int');
      return Number(value);
    }
    case 'bigint': {
      const value = readWhole(text);
      if (value === undefined) throw outOfRange(text, 'long (-9223372036854775808 - 9223372036854775807)');
      return String(value);
    }
    case 'decimal': {
      const stored = toDecimalText(text, plan.precision, plan.scale);
      if (stored === undefined) throw outOfRange(text, `decimal(${plan.precision},${plan.scale})`);
      return stored;
    }
    case 'double':
      return storedDouble(Number(text));
    case 'float':
      return storedDouble(Math.fround(Number(text)));
  }
}

/** Jackson keeps whole numbers exact; of others it cuts off the fraction of the double. */
function readWhole(text: string): bigint | undefined {
  if (!/[.eE]/.test(text)) return toInt64(text);
  const value = Math.trunc(Number(text));
  return Math.abs(value) < 2 ** 63 ? BigInt(value) : undefined;
}

const outOfRange = (text: string, type: string): ConversionFailure =>
  new ConversionFailure(`Numeric value (${shownValue(text)}) out of range of ${type}`);

function readDate(text: string): string {
  const [, year = '', month = '', day = ''] = /^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})$/.exec(text) ?? [];
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (isIsoDate(date)) return date;
  throw new ConversionFailure(`java.lang.IllegalArgumentException: "${shownValue(text)}" is not a date`);
}

function readTimestamp(text: string, formats: readonly string[]): string {
  for (const format of formats) {
    const instant = format === 'millis' ? fromEpochMillis(text) : parseJoda(text, format);
    if (instant !== undefined) return formatInstant(instant);
  }
  const instant: Instant | undefined = parseSql(text);
  if (instant !== undefined) return formatInstant(instant);
  throw new ConversionFailure(
    'java.lang.IllegalArgumentException: Timestamp format must be yyyy-mm-dd hh:mm:ss[.fffffffff]',
  );
}
