import { compareDecimals, decimalBytes, readDecimal, writeDecimal } from './decimal.js';
import { dynamodbLimits, invalid } from './dynamodb-errors.js';

/** A value as it is on the wire, in the journal and in memory; bytes are base64. */
export type AttributeValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly B: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: true }
  | { readonly SS: readonly string[] }
  | { readonly NS: readonly string[] }
  | { readonly BS: readonly string[] }
  | { readonly L: readonly AttributeValue[] }
  | { readonly M: Item };

/** An item, or a map within one. */
export type Item = Readonly<Record<string, AttributeValue>>;

const types = ['S', 'N', 'B', 'BOOL', 'NULL', 'SS', 'NS', 'BS', 'L', 'M'] as const;

/** Types of values. */
export type ValueType = (typeof types)[number];

const isType = (name: string): name is ValueType => (types as readonly string[]).includes(name);

/** The type of a value. */
export function typeOf(value: AttributeValue): ValueType {
  const [name = ''] = Object.keys(value);
  // A value was read, and so has one type.
  return name as ValueType;
}

/** Reads a map of values off the wire. */
export function readItem(given: Readonly<Record<string, unknown>>, depth = 0): Item {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, readValue(value, depth)]));
}

/**
 * Reads a value off the wire: one type, numbers as DynamoDB writes them.
 *
 * @throws ServiceError `ValidationException`, `SerializationException`
 */
export function readValue(given: unknown, depth = 0): AttributeValue {
  if (depth > dynamodbLimits.depth) {
    throw invalid(
      'Nesting Levels have exceeded supported limits: Attributes can be nested up to 32 levels deep',
    );
  }
  const members = isObject(given)
    ? Object.entries(given).filter(([name, value]) => isType(name) && value !== null && value !== undefined)
    : [];
  const [member, another] = members;
  if (member === undefined) {
    throw invalid('Supplied AttributeValue is empty, must contain exactly one of the supported datatypes');
  }
  if (another !== undefined) {
    throw invalid(
      'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
    );
  }
  const [type, value] = member;
  switch (type as ValueType) {
    case 'S':
      return { S: textOf(value) };
    case 'N':
      return { N: numberOf(value) };
    case 'B':
      return { B: bytesOf(value) };
    case 'BOOL':
      if (typeof value !== 'boolean') throw unreadable('true or false');
      return { BOOL: value };
    case 'NULL':
      if (value === true) return { NULL: true };
      throw invalid(
        'One or more parameter values were invalid: Null attribute value types must have the value of true',
      );
    case 'SS':
      return { SS: setOf(value, textOf, 'An string set  may not be empty') };
    case 'NS':
      return { NS: setOf(value, numberOf, 'An number set  may not be empty') };
    case 'BS':
      return { BS: setOf(value, bytesOf, 'Binary sets should not be empty') };
    case 'L':
      if (!Array.isArray(value)) throw unreadable('a list');
      return { L: value.map((item: unknown) => readValue(item, depth + 1)) };
    case 'M':
      if (!isObject(value)) throw unreadable('a map');
      return { M: readItem(value, depth + 1) };
  }
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  throw unreadable('a string');
}

const numberOf = (value: unknown): string => writeDecimal(readDecimal(textOf(value)));

function bytesOf(value: unknown): string {
  const bytes = Buffer.from(textOf(value), 'base64');
  return bytes.toString('base64');
}

function setOf(value: unknown, read: (item: unknown) => string, empty: string): readonly string[] {
  if (!Array.isArray(value)) throw unreadable('a list');
  const items = value.map(read);
  if (items.length === 0) throw invalid(`One or more parameter values were invalid: ${empty}`);
  if (new Set(items).size === items.length) return items;
  throw invalid(
    `One or more parameter values were invalid: Input collection [${items.join(', ').slice(0, 1000)}] contains duplicates.`,
  );
}

const unreadable = (expected: string): Error => invalid(`Expected ${expected} in an AttributeValue`);

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether two values are the same: sets in any order, numbers by their value. */
export function sameValue(a: AttributeValue, b: AttributeValue): boolean {
  return comparable(a) === comparable(b);
}

/** A text that two values share only where they are the same. */
function comparable(value: AttributeValue): string {
  if ('M' in value) {
    const members = Object.entries(value.M).sort(([a], [b]) => (a < b ? -1 : 1));
    return `M{${members.map(([name, item]) => `${JSON.stringify(name)}:${comparable(item)}`).join()}}`;
  }
  if ('L' in value) return `L[${value.L.map(comparable).join()}]`;
  if ('SS' in value) return `SS${JSON.stringify([...value.SS].sort())}`;
  if ('NS' in value) return `NS${JSON.stringify([...value.NS].sort())}`;
  if ('BS' in value) return `BS${JSON.stringify([...value.BS].sort())}`;
  return JSON.stringify(value);
}

/** Compares two values of one type that has an order: text by its UTF-8 bytes, numbers, bytes; undefined otherwise. */
export function compareValues(a: AttributeValue, b: AttributeValue): number | undefined {
  if ('S' in a && 'S' in b) return a.S === b.S ? 0 : Buffer.compare(Buffer.from(a.S), Buffer.from(b.S));
  if ('N' in a && 'N' in b) return compareDecimals(readDecimal(a.N), readDecimal(b.N));
  if ('B' in a && 'B' in b) return Buffer.compare(Buffer.from(a.B, 'base64'), Buffer.from(b.B, 'base64'));
  return undefined;
}

/** Bytes of an item as DynamoDB counts them ("Item sizes and formats", read 2026-11). */
export function itemBytes(item: Item): number {
  let bytes = 0;
  for (const [name, value] of Object.entries(item)) bytes += Buffer.byteLength(name) + valueBytes(value);
  return bytes;
}

/** Bytes of one value. */
export function valueBytes(value: AttributeValue): number {
  if ('S' in value) return Buffer.byteLength(value.S);
  if ('N' in value) return decimalBytes(readDecimal(value.N));
  if ('B' in value) return Buffer.byteLength(value.B, 'base64');
  if ('SS' in value) return sumOf(value.SS, (item) => Buffer.byteLength(item));
  if ('NS' in value) return sumOf(value.NS, (item) => decimalBytes(readDecimal(item)));
  if ('BS' in value) return sumOf(value.BS, (item) => Buffer.byteLength(item, 'base64'));
  // Three for a list or a map, and one for each value in it.
  if ('L' in value) return 3 + sumOf(value.L, (item) => 1 + valueBytes(item));
  if ('M' in value) return 3 + itemBytes(value.M) + Object.keys(value.M).length;
  return 1;
}

function sumOf<T>(items: readonly T[], bytes: (item: T) => number): number {
  return items.reduce((sum, item) => sum + bytes(item), 0);
}
