import { isDeepStrictEqual } from 'node:util';
import {
  type Column,
  type ColumnType,
  createDeserializer,
  type TableSchema,
  toGlueColumns,
} from '../src/index.js';

/**
 * Whether Firehose's OpenX conversion stores an event with every value as it is, in the wire form that its column
 * says: the other side of "the validator accepts". Written from what comes out of the deserializer, not from the
 * validator's rules.
 */
export function storesUnchanged(schema: TableSchema, event: unknown): boolean {
  const outcome = createDeserializer(toGlueColumns(schema)).convert(event);
  if (outcome.kind === 'failed') return false;
  return sameFields(schema.columns, event, outcome.kind === 'changed' ? outcome.document : event);
}

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const own = (value: Json, key: string): unknown => (Object.hasOwn(value, key) ? value[key] : undefined);

function sameFields(columns: readonly Column[], sent: unknown, stored: unknown): boolean {
  if (!isObject(sent) || !isObject(stored)) return false;
  const known = new Set(columns.map((column) => column.name));
  if (Object.keys(sent).some((key) => !known.has(key))) return false;
  return columns.every((column) => {
    const value = own(sent, column.name);
    if (value === undefined) return column.optional === true;
    if (value === null) return column.nullable === true;
    return same(column.type, value, own(stored, column.name));
  });
}

function same(type: ColumnType, sent: unknown, stored: unknown): boolean {
  // What another key of the map replaced: two keys of JSON may be one key of the table.
  if (stored === null && sent !== null) return false;
  if ('values' in type && !(type.values ?? []).some((value) => value === sent)) return false;
  switch (type.kind) {
    case 'boolean':
      return typeof sent === 'boolean' && sent === stored;
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'double':
      return typeof sent === 'number' && Number.isFinite(sent) && sent === stored;
    case 'float':
      return (
        typeof sent === 'number' &&
        Math.fround(sent) === Math.fround(Number(stored)) &&
        Number.isFinite(Math.fround(sent))
      );
    case 'bigint':
      if (type.wire === 'number') return Number.isSafeInteger(sent) && sent === stored;
      return typeof sent === 'string' && /^-?\d{1,19}$/.test(sent) && BigInt(sent) === BigInt(String(stored));
    case 'decimal':
      return (
        (typeof sent === 'number' || (typeof sent === 'string' && /^-?\d+(\.\d+)?$/.test(sent))) &&
        digits(sent) === digits(stored)
      );
    case 'string':
      if (type.json !== true) return typeof sent === 'string' && sent === stored;
      if (typeof sent === 'string' || sent === stored) return sent === stored;
      return (
        typeof stored === 'string' && isDeepStrictEqual(JSON.parse(stored), JSON.parse(JSON.stringify(sent)))
      );
    case 'char':
    case 'varchar':
      return typeof sent === 'string' && sent === stored;
    case 'date':
      return sent === stored;
    case 'timestamp':
      return sameInstant(type.wire, sent, stored);
    case 'array':
      return (
        Array.isArray(sent) &&
        Array.isArray(stored) &&
        sent.every((item, index) =>
          item === null ? type.elementNullable === true : same(type.element, item, stored[index]),
        )
      );
    case 'map':
      return (
        isObject(sent) &&
        isObject(stored) &&
        Object.entries(sent).every(
          ([key, item]) =>
            Object.hasOwn(stored, key) &&
            (item === null ? type.valueNullable === true : same(type.value, item, own(stored, key))),
        )
      );
    case 'struct':
      return sameFields(type.fields, sent, stored);
    default:
      return false;
  }
}

function sameInstant(wire: string, sent: unknown, stored: unknown): boolean {
  if (typeof stored !== 'string' && wire !== 'iso') return false;
  if (wire === 'iso') {
    return typeof sent === 'string' && /T.*Z$/.test(sent) && Date.parse(sent) === Date.parse(String(stored));
  }
  if (typeof sent !== 'number') return false;
  // Read as seconds: another instant, even where the two differ by less than the tolerance below.
  if (wire === 'epoch-millis' && sent !== 0 && Math.abs(sent) < 1e12) return false;
  const millis = wire === 'epoch-seconds' ? sent * 1000 : sent;
  return Math.abs(millis - Date.parse(String(stored))) < 1;
}

/** A number's digits without zeros that say nothing. */
function digits(value: unknown): string {
  const text = typeof value === 'number' && String(value).includes('e') ? value.toFixed(20) : String(value);
  const [, sign = '', whole = '', fraction = ''] = /^(-?)0*(\d*)\.?(\d*?)0*$/.exec(text) ?? [];
  return whole + fraction === '' ? '0' : `${sign}${whole}.${fraction}`;
}
