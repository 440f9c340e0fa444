import { isIsoDate, isIsoTimestamp, isPlainTimestamp } from '../runtime/time.js';
import { isDecimal, isWideDecimal } from '../runtime/decimal.js';
import { isBoundedText, isIntOf, isText } from '../runtime/values.js';
import { JsonNumber } from '@store/foundation';
import { isObject, toInt64 } from './java-values.js';
import type { FieldsPlan, ValuePlan } from './value-plan.js';

/**
 * The fast path: true when a typed reader takes the document's text as it is for exactly what Firehose would
 * store. Nearly every document passes here, so this asks for the columns' order and own names first.
 */
export function keepsFields(fields: FieldsPlan, value: Readonly<Record<string, unknown>>): boolean {
  const { names, plans } = fields;
  const keys = Object.keys(value);
  const items = Object.values(value);
  let next = 0;
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index] ?? '';
    let column = next;
    if (names[next] !== key || fields.exact.size !== names.length) {
      column = fields.exact.get(key) ?? -1;
      if (column < 0) return false;
    }
    next = column + 1;
    const item = items[index];
    const plan = plans[column];
    if (item !== null && (plan === undefined || !keepsValue(plan, item, fields))) return false;
  }
  return true;
}

function keepsValue(plan: ValuePlan, value: unknown, owner: FieldsPlan): boolean {
  switch (plan.kind) {
    case 'string':
      return typeof value === 'string' ? isText(value) : isPlainScalar(value);
    case 'integer':
      return typeof value === 'number' && (value | 0) === value && value >= plan.low && value <= plan.high;
    case 'boolean':
      return typeof value === 'boolean';
    case 'double':
      return keepsDouble(value, Number.MAX_VALUE);
    case 'float':
      return keepsDouble(value, MAX_FLOAT);
    case 'timestamp':
      return isIsoTimestamp(value) || isPlainTimestamp(value);
    case 'decimal':
      // A number of more digits than a double has is read as the double's own, far digits.
      return plan.precision < 16
        ? isDecimal(plainNumber(value), plan.precision, plan.scale)
        : typeof value === 'string' && isWideDecimal(value, plan.precision, plan.scale);
    case 'bigint':
      // Beyond the safe integers the reader still sees the text's own digits.
      if (value instanceof JsonNumber) return toInt64(value.text) !== undefined;
      return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 2 ** 63;
    case 'date':
      return isIsoDate(value);
    case 'text':
      return isBoundedText(value, plan.length, plan.char);
    case 'array':
      return (
        Array.isArray(value) && value.every((item) => item === null || keepsValue(plan.item, item, owner))
      );
    case 'map':
      return keepsMap(plan, value, owner);
    case 'struct':
      return isObject(value) && keepsFields(plan.fields, value);
  }
}

function keepsMap(
  plan: Extract<ValuePlan, { readonly kind: 'map' }>,
  value: unknown,
  owner: FieldsPlan,
): boolean {
  if (plan.key.kind !== 'string' || !isObject(value)) return false;
  return Object.entries(value).every(
    ([key, item]) =>
      owner.fold(key) === key && isText(key) && (item === null || keepsValue(plan.item, item, owner)),
  );
}

const MAX_FLOAT = Math.fround(3.402823466e38);

/** Digits are read rightly from their text, all but the sign of a zero without a point. */
function keepsDouble(value: unknown, most: number): boolean {
  const number = plainNumber(value);
  return typeof number === 'number' && Math.abs(number) <= most && !Object.is(number, -0);
}

/** The double of a number's text, where that is of the usual form: no exponent, and not all too many digits. */
function plainNumber(value: unknown): unknown {
  if (!(value instanceof JsonNumber)) return value;
  return value.text.length <= 40 && !/[eE]/.test(value.text) ? value.toNumber() : undefined;
}

// Numbers that Java, DuckDB and we write with the same digits.
function isPlainScalar(value: unknown): boolean {
  return typeof value === 'boolean' || (isIntOf(value, 32) && !Object.is(value, -0));
}
