import { isIsoDate } from '../runtime/time.js';
import { isRecord } from '../runtime/values.js';
import { ConversionFailure } from './java-values.js';
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
    if (column === undefined || plan === undefined || item === null) continue;
    Object.defineProperty(stored, fields.names[column] ?? '', {
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
      if (!isRecord(value)) throw shape('Start of Object');
      return readHiveFields(plan.fields, value, formats);
    case 'map':
      if (!isRecord(value)) throw shape('Start of Object');
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [
          key,
          item === null ? null : readValue(plan.item, item, formats),
        ]),
      );
    default:
      if (typeof value === 'object') {
        throw new ConversionFailure(
          `One or more fields have incorrect format: ${plan.kind} from an object or array`,
        );
      }
      return readScalar(plan, value, formats);
  }
}

type ScalarPlan = Exclude<ValuePlan, { readonly kind: 'array' | 'map' | 'struct' }>;

function readScalar(plan: ScalarPlan, value: unknown, formats: readonly string[]): unknown {
  switch (plan.kind) {
    case 'string':
      return String(value);
    case 'text':
      return Array.from(String(value)).slice(0, plan.length).join('');
    case 'boolean':
      if (typeof value === 'boolean') return value;
      throw new ConversionFailure('Current token not of boolean type');
    case 'date':
      return readDate(String(value));
    case 'timestamp':
      return readTimestamp(String(value), formats);
    default:
      if (typeof value === 'number') return readNumber(plan, value);
      throw new ConversionFailure(
        `Current token (VALUE_${typeof value === 'string' ? 'STRING' : 'TRUE'}) not numeric, can not use numeric value accessors`,
      );
  }
}

type NumberPlan = Exclude<
  ScalarPlan,
  { readonly kind: 'string' | 'text' | 'boolean' | 'date' | 'timestamp' }
>;

function readNumber(plan: NumberPlan, value: number): number | string {
  switch (plan.kind) {
    case 'integer':
      // Jackson cuts the fraction off, and refuses what is out of range.
      if (Math.trunc(value) < plan.low || Math.trunc(value) > plan.high) throw outOfRange(value);
      return Math.trunc(value) + 0;
    case 'bigint':
      if (Math.abs(value) >= 2 ** 63) throw outOfRange(value);
      return Math.trunc(value) + 0;
    case 'decimal': {
      const stored = toDecimalText(String(value), plan.precision, plan.scale);
      if (stored === undefined) throw outOfRange(value);
      return stored;
    }
    case 'double':
    case 'float': {
      const stored = plan.kind === 'float' ? Math.fround(value) : value;
      return Number.isFinite(stored) ? stored : String(stored);
    }
  }
}

const outOfRange = (value: number): ConversionFailure =>
  new ConversionFailure(`Numeric value (${value}) out of range`);

function readDate(text: string): string {
  const [, year = '', month = '', day = ''] = /^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})$/.exec(text) ?? [];
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (isIsoDate(date)) return date;
  throw new ConversionFailure(`java.lang.IllegalArgumentException: "${text}" is not a date`);
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
