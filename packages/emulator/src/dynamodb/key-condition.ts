import { compareValues, type AttributeValue } from './attribute-value.js';
import { parameter } from './dynamodb-context.js';
import { invalid } from './dynamodb-errors.js';
import type { ExpressionReader } from './expression-reader.js';
import type { KeyElement, KeySchema } from './table.js';

/** Which items a query reads. */
export interface KeyCondition {
  readonly hash: AttributeValue;
  /** Whether the value of the range key is within. */
  readonly within: (value: AttributeValue) => boolean;
}

interface Part {
  readonly name: string;
  /** The value that the attribute must equal, where it must. */
  readonly equals?: AttributeValue;
  readonly values: readonly AttributeValue[];
  readonly holds: (value: AttributeValue) => boolean;
}

const comparisons: Readonly<Record<string, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

/** Reads a key condition: the hash key equals a value, and the range key is within something. */
export function readKeyCondition(reader: ExpressionReader, { hash, range }: KeySchema): KeyCondition {
  const parts = [part(reader)];
  while (reader.accept('AND')) parts.push(part(reader));
  if (['OR', 'NOT'].includes(reader.peek().toUpperCase())) {
    throw reader.wrong(`Invalid operator used in KeyConditionExpression: ${reader.peek().toUpperCase()}`);
  }
  if (!reader.atEnd()) throw reader.misplaced();
  const names = parts.map(({ name }) => name);
  if (new Set(names).size < names.length) {
    throw reader.wrong('KeyConditionExpressions must only contain one condition per key');
  }
  const byHash = parts.find(({ name }) => name === hash.name);
  if (byHash === undefined) throw invalid(`Query condition missed key schema element: ${hash.name}`);
  if (byHash.equals === undefined) throw invalid('Query key condition not supported');
  checkType(byHash, hash);
  const other = parts.find(({ name }) => name !== hash.name);
  if (other !== undefined && other.name !== range?.name) {
    throw range === undefined
      ? invalid('Query key condition not supported')
      : invalid(`Query condition missed key schema element: ${range.name}`);
  }
  if (other !== undefined && range !== undefined) checkType(other, range);
  return { hash: byHash.equals, within: other?.holds ?? (() => true) };
}

function checkType({ values }: Part, { type }: KeyElement): void {
  if (values.every((value) => type in value)) return;
  throw parameter('Condition parameter type does not match schema type');
}

function part(reader: ExpressionReader): Part {
  if (reader.accept('(')) {
    const inner = part(reader);
    reader.expect(')');
    return inner;
  }
  if (reader.peek() === 'begins_with') return beginsWith(reader);
  const path = reader.path();
  if (path.length > 1)
    throw reader.wrong('KeyConditionExpressions cannot have conditions on nested attributes');
  const [name] = path;
  if (reader.accept('BETWEEN')) {
    const low = given(reader);
    reader.expect('AND');
    const high = given(reader);
    return {
      name,
      values: [low, high],
      holds: (value) => (compareValues(value, low) ?? NaN) >= 0 && (compareValues(value, high) ?? NaN) <= 0,
    };
  }
  const sign = reader.peek();
  const test = comparisons[sign];
  if (test === undefined) {
    if (sign === '<>') throw reader.wrong('Unsupported operator on KeyCondition: <>');
    throw reader.misplaced();
  }
  reader.expect(sign);
  const value = given(reader);
  return {
    name,
    ...(sign === '=' ? { equals: value } : {}),
    values: [value],
    holds: (held) => test(compareValues(held, value) ?? NaN),
  };
}

function beginsWith(reader: ExpressionReader): Part {
  reader.expect('BEGINS_WITH');
  reader.expect('(');
  const [name] = reader.path();
  reader.expect(',');
  const start = given(reader);
  reader.expect(')');
  const bytes = (value: AttributeValue): Buffer =>
    'S' in value ? Buffer.from(value.S) : Buffer.from('B' in value ? value.B : '', 'base64');
  if (!('S' in start || 'B' in start)) {
    throw reader.wrong(
      `Incorrect operand type for operator or function; operator or function: begins_with, operand type: ${Object.keys(start)[0] ?? ''}`,
    );
  }
  const wanted = bytes(start);
  return { name, values: [start], holds: (value) => bytes(value).subarray(0, wanted.length).equals(wanted) };
}

function given(reader: ExpressionReader): AttributeValue {
  const value = reader.value();
  if (value === undefined) throw reader.misplaced();
  return value;
}
