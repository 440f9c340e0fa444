import {
  compareValues,
  sameValue,
  typeOf,
  valueBytes,
  type AttributeValue,
  type Item,
} from './attribute-value.js';
import { valueAt, type ExpressionReader } from './expression-reader.js';

/** Whether an item, or the place where there is none, fulfils a condition. */
export type Condition = (item: Item | undefined) => boolean;

/** What a condition compares: read from the item, or given. */
interface Operand {
  readonly read: (item: Item | undefined) => AttributeValue | undefined;
  /** The value where it is given. */
  readonly given?: AttributeValue;
}

const comparisons: Readonly<Record<string, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

/** Conditions within each other: one of 4 KB has no more, but nothing else bounds the recursion. */
const DEEPEST = 300;

/** Reads a condition or a filter as a whole. */
export function readCondition(reader: ExpressionReader): Condition {
  const condition = either(reader, 0);
  if (!reader.atEnd()) throw reader.misplaced();
  return condition;
}

function either(reader: ExpressionReader, depth: number): Condition {
  const parts = [both(reader, depth)];
  while (reader.accept('OR')) parts.push(both(reader, depth));
  return parts.length === 1 ? (parts[0] ?? (() => false)) : (item) => parts.some((part) => part(item));
}

function both(reader: ExpressionReader, depth: number): Condition {
  const parts = [negated(reader, depth)];
  while (reader.accept('AND')) parts.push(negated(reader, depth));
  return parts.length === 1 ? (parts[0] ?? (() => false)) : (item) => parts.every((part) => part(item));
}

function negated(reader: ExpressionReader, depth: number): Condition {
  if (depth > DEEPEST) throw reader.wrong(`The expression is nested deeper than ${DEEPEST}`);
  if (reader.accept('NOT')) {
    const condition = negated(reader, depth + 1);
    return (item) => !condition(item);
  }
  if (reader.accept('(')) {
    const condition = either(reader, depth + 1);
    reader.expect(')');
    return condition;
  }
  return predicate(reader) ?? comparison(reader);
}

/** A function that is true or false by itself. */
function predicate(reader: ExpressionReader): Condition | undefined {
  const name = reader.peek();
  if (
    !['attribute_exists', 'attribute_not_exists', 'attribute_type', 'begins_with', 'contains'].includes(name)
  ) {
    return undefined;
  }
  reader.expect(name.toUpperCase());
  reader.expect('(');
  const path = reader.path();
  const second = name.startsWith('attribute_') && name !== 'attribute_type' ? undefined : argument(reader);
  reader.expect(')');
  if (name === 'attribute_exists') return (item) => valueAt(item, path) !== undefined;
  if (second === undefined) return (item) => valueAt(item, path) === undefined;
  const test = tests[name];
  return (item) => {
    const value = valueAt(item, path);
    const other = second.read(item);
    return value !== undefined && other !== undefined && test?.(value, other) === true;
  };
}

function argument(reader: ExpressionReader): Operand {
  reader.expect(',');
  return operand(reader);
}

const tests: Readonly<Record<string, (value: AttributeValue, other: AttributeValue) => boolean>> = {
  attribute_type: (value, other) => 'S' in other && typeOf(value) === other.S,
  begins_with(value, other) {
    if ('S' in value && 'S' in other) return value.S.startsWith(other.S);
    if (!('B' in value && 'B' in other)) return false;
    const start = Buffer.from(other.B, 'base64');
    return Buffer.from(value.B, 'base64').subarray(0, start.length).equals(start);
  },
  contains(value, other) {
    if ('S' in value && 'S' in other) return value.S.includes(other.S);
    if ('B' in value && 'B' in other) {
      return Buffer.from(value.B, 'base64').includes(Buffer.from(other.B, 'base64'));
    }
    if ('SS' in value && 'S' in other) return value.SS.includes(other.S);
    if ('NS' in value && 'N' in other) return value.NS.includes(other.N);
    if ('BS' in value && 'B' in other) return value.BS.includes(other.B);
    return 'L' in value && value.L.some((item) => sameValue(item, other));
  },
};

function comparison(reader: ExpressionReader): Condition {
  const left = operand(reader);
  const sign = reader.peek().toUpperCase();
  if (reader.accept('=')) return equality(left, operand(reader), true);
  if (reader.accept('<>')) return equality(left, operand(reader), false);
  if (reader.accept('BETWEEN')) return between(reader, left);
  if (reader.accept('IN')) return oneOf(reader, left);
  const holds = comparisons[sign];
  if (holds === undefined) throw reader.misplaced();
  reader.expect(sign);
  const right = operand(reader);
  checkOrdered(reader, sign, left, right);
  return (item) => holds(orderOf(left.read(item), right.read(item)) ?? NaN);
}

/** An attribute that is not there equals nothing, and so differs from everything. */
function equality(left: Operand, right: Operand, same: boolean): Condition {
  return (item) => {
    const [a, b] = [left.read(item), right.read(item)];
    return (a !== undefined && b !== undefined && sameValue(a, b)) === same;
  };
}

function between(reader: ExpressionReader, middle: Operand): Condition {
  const low = operand(reader);
  reader.expect('AND');
  const high = operand(reader);
  checkOrdered(reader, 'BETWEEN', middle, low, high);
  if (low.given !== undefined && high.given !== undefined && (orderOf(low.given, high.given) ?? 0) > 0) {
    const shown = ({ given }: Operand): string =>
      `AttributeValue: ${JSON.stringify(given).replaceAll('"', '')}`;
    throw reader.wrong(
      `The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: ${shown(low)}, upper bound operand: ${shown(high)}`,
    );
  }
  return (item) => {
    const value = middle.read(item);
    return (orderOf(value, low.read(item)) ?? NaN) >= 0 && (orderOf(value, high.read(item)) ?? NaN) <= 0;
  };
}

function oneOf(reader: ExpressionReader, left: Operand): Condition {
  reader.expect('(');
  const list = [operand(reader)];
  while (reader.accept(',')) list.push(operand(reader));
  reader.expect(')');
  if (list.length > 100)
    throw reader.wrong(
      'The IN operator is provided with too many operands; number of operands: ' + String(list.length),
    );
  const conditions = list.map((right) => equality(left, right, true));
  return (item) => conditions.some((condition) => condition(item));
}

/** What is given must have an order: of what the item holds, another type only compares as false. */
function checkOrdered(reader: ExpressionReader, sign: string, ...operands: readonly Operand[]): void {
  for (const { given } of operands) {
    if (given === undefined || 'S' in given || 'N' in given || 'B' in given) continue;
    throw reader.wrong(
      `Incorrect operand type for operator or function; operator or function: ${sign}, operand type: ${typeOf(given)}`,
    );
  }
}

function orderOf(a: AttributeValue | undefined, b: AttributeValue | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : compareValues(a, b);
}

function operand(reader: ExpressionReader): Operand {
  const given = reader.value();
  if (given !== undefined) return { given, read: () => given };
  if (reader.peek() === 'size') {
    reader.expect('SIZE');
    reader.expect('(');
    const path = reader.path();
    reader.expect(')');
    return { read: (item) => sizeOf(valueAt(item, path)) };
  }
  const path = reader.path();
  return { read: (item) => valueAt(item, path) };
}

function sizeOf(value: AttributeValue | undefined): AttributeValue | undefined {
  if (value === undefined || 'N' in value || 'BOOL' in value || 'NULL' in value) return undefined;
  if ('S' in value || 'B' in value) return { N: String(valueBytes(value)) };
  const [held] = Object.values(value) as [readonly unknown[] | Item];
  return { N: String(Array.isArray(held) ? held.length : Object.keys(held).length) };
}
