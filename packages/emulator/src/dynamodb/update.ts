import { typeOf, type AttributeValue, type Item } from './attribute-value.js';
import { addDecimals, readDecimal, writeDecimal } from './decimal.js';
import { invalid, notServed } from './dynamodb-errors.js';
import { shownPath, valueAt, type ExpressionReader, type Path } from './expression-reader.js';

/** What an update makes of an item. */
export interface Update {
  /** Paths that it writes or takes away. */
  readonly paths: readonly Path[];
  /** Returns the item after it; every operand is read from the item before. */
  apply(item: Item): Item;
}

type Read = (item: Item) => AttributeValue;
/** `undefined` takes the value away. */
type Change = { readonly path: Path; readonly read: (item: Item) => AttributeValue | undefined };

/** Reads an update expression. */
export function readUpdate(reader: ExpressionReader): Update {
  const changes: Change[] = [];
  const seen = new Set<string>();
  while (!reader.atEnd()) {
    const section = reader.peek().toUpperCase();
    const read = sections[section];
    if (read === undefined) throw reader.misplaced();
    reader.expect(section);
    if (seen.has(section)) {
      throw reader.wrong(`The "${section}" section can only be used once in an update expression;`);
    }
    seen.add(section);
    do changes.push(read(reader));
    while (reader.accept(','));
  }
  const paths = changes.map(({ path }) => path);
  checkOverlap(reader, paths);
  return {
    paths,
    apply(item) {
      // Read first: an update sees the item as it was.
      const values = changes.map(({ path, read }) => [path, read(item)] as const);
      return values.reduce((made, [path, value]) => written(made, path, value), item);
    },
  };
}

const sections: Readonly<Record<string, (reader: ExpressionReader) => Change>> = {
  SET(reader) {
    const path = reader.path();
    reader.expect('=');
    return { path, read: sum(reader) };
  },
  REMOVE: (reader) => ({ path: reader.path(), read: () => undefined }),
  ADD(reader) {
    const path = reader.path();
    const amount = reader.value();
    if (amount === undefined) throw reader.misplaced();
    if ('SS' in amount || 'NS' in amount || 'BS' in amount)
      throw notServed('ADD to a set', 'SET the whole set');
    if (!('N' in amount)) {
      throw reader.wrong(
        `Incorrect operand type for operator or function; operator: ADD, operand type: ${words[typeOf(amount)] ?? ''}, typeSet: ALLOWED_FOR_ADD_OPERAND`,
      );
    }
    return { path, read: (item) => added(valueAt(item, path) ?? { N: '0' }, amount, 1n) };
  },
  DELETE() {
    throw notServed('DELETE from a set', 'SET the whole set');
  },
};

const words: Readonly<Record<string, string>> = {
  S: 'STRING',
  B: 'BINARY',
  BOOL: 'BOOLEAN',
  NULL: 'NULL',
  L: 'LIST',
  M: 'MAP',
};

/** An operand, or two with `+` or `-` between them. */
function sum(reader: ExpressionReader): Read {
  const left = operand(reader);
  for (const [sign, factor] of [
    ['+', 1n],
    ['-', -1n],
  ] as const) {
    if (!reader.accept(sign)) continue;
    const right = operand(reader);
    return (item) => added(left(item), right(item), factor);
  }
  return left;
}

function operand(reader: ExpressionReader): Read {
  const given = reader.value();
  if (given !== undefined) return () => given;
  const name = reader.peek();
  if (name === 'if_not_exists') {
    reader.expect('IF_NOT_EXISTS');
    reader.expect('(');
    const path = reader.path();
    reader.expect(',');
    const otherwise = operand(reader);
    reader.expect(')');
    return (item) => valueAt(item, path) ?? otherwise(item);
  }
  if (name === 'list_append') throw notServed('list_append', 'SET the whole list');
  const path = reader.path();
  return (item) => {
    const value = valueAt(item, path);
    if (value !== undefined) return value;
    throw invalid('The provided expression refers to an attribute that does not exist in the item');
  };
}

function added(a: AttributeValue, b: AttributeValue, sign: 1n | -1n): AttributeValue {
  if (!('N' in a && 'N' in b))
    throw invalid('An operand in the update expression has an incorrect data type');
  return { N: writeDecimal(addDecimals(readDecimal(a.N), readDecimal(b.N), sign)) };
}

/** The item with another value at a path; one within must have its surroundings. */
function written(item: Item, path: Path, value: AttributeValue | undefined): Item {
  const [name, ...steps] = path;
  if (steps.length === 0) return withMember(item, name, value);
  const parent = Object.hasOwn(item, name) ? item[name] : undefined;
  const [next, ...more] = steps;
  if (parent !== undefined && typeof next === 'string' && 'M' in parent) {
    return withMember(item, name, { M: written(parent.M, [next, ...more], value) });
  }
  if (parent !== undefined && typeof next === 'number' && 'L' in parent) {
    return withMember(item, name, { L: writtenList(parent.L, next, more, value) });
  }
  throw invalid('The document path provided in the update expression is invalid for update');
}

function writtenList(
  list: readonly AttributeValue[],
  at: number,
  steps: readonly (string | number)[],
  value: AttributeValue | undefined,
): readonly AttributeValue[] {
  if (steps.length > 0) {
    // A list is written as a map of its one place.
    const inner = list[at] === undefined ? {} : { place: list[at] };
    const { place } = written(inner, ['place', ...steps], value);
    return place === undefined ? list : list.with(at, place);
  }
  if (value === undefined) return list.filter((_, index) => index !== at);
  return at < list.length ? list.with(at, value) : [...list, value];
}

function withMember(item: Item, name: string, value: AttributeValue | undefined): Item {
  const others = Object.entries(item).filter(([other]) => other !== name);
  // From entries: a member called `__proto__` is one of its own.
  return Object.fromEntries(value === undefined ? others : [...others, [name, value]]);
}

function checkOverlap(reader: ExpressionReader, paths: readonly Path[]): void {
  for (const [index, one] of paths.entries()) {
    for (const two of paths.slice(index + 1)) {
      if (!one.slice(0, two.length).every((step, at) => step === two[at])) {
        continue;
      }
      throw reader.wrong(
        `Two document paths overlap with each other; must remove or rewrite one of these paths; path one: ${shownPath(one)}, path two: ${shownPath(two)}`,
      );
    }
  }
}
