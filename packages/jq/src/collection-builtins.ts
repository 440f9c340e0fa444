import { operators } from './arithmetic.js';
import { runtimeError } from './error.js';
import { named, orderedKeys } from './json.js';
import { compare, equal, sortBy, sortedKeys } from './order.js';
import { index, positionsOf, slice } from './paths.js';
import { isArray, isObject, type JqValue, property, typeOf } from './value.js';
import { jqLimits, spend, tooDeep } from './work-limit.js';
import { joinPiece } from './text.js';

/** Steps that a member of an object counts as, besides its key: it is looked up. */
const STEPS_OF_A_MEMBER = 4;

/** The members in written order, or jq's error when there are none to speak of. */
export function iterate(value: JqValue): readonly JqValue[] {
  if (isObject(value)) {
    const names = orderedKeys(value);
    spend(names.length * STEPS_OF_A_MEMBER);
    return names.map((key) => property(value, key));
  }
  if (!isArray(value)) throw runtimeError(`Cannot iterate over ${named(value)}`);
  spend(value.length);
  return value;
}

function keys(input: JqValue, sorted: boolean): readonly JqValue[] {
  if (isArray(input)) return input.map((_, at) => at);
  if (isObject(input)) return sorted ? sortedKeys(input) : orderedKeys(input);
  throw runtimeError(`${named(input)} has no keys`);
}

function has(input: JqValue, key: JqValue): boolean {
  if (isObject(input) && typeof key === 'string') return Object.hasOwn(input, key);
  if (isArray(input) && typeof key === 'number') {
    const at = Math.trunc(key);
    return at >= 0 && at < input.length;
  }
  if (input === null) return false;
  throw runtimeError(`Cannot check whether ${typeOf(input)} has a ${typeOf(key)} key`);
}

function contains(whole: JqValue, part: JqValue): boolean {
  // To jq, true and false are two kinds.
  if (typeOf(whole) !== typeOf(part) || (typeof whole === 'boolean' && whole !== part)) {
    throw runtimeError(`${named(whole)} and ${named(part)} cannot have their containment checked`);
  }
  return containsSame(whole, part, 0);
}

function containsSame(whole: JqValue, part: JqValue, depth: number): boolean {
  spend(1);
  if (depth > jqLimits.depth) throw tooDeep('a value of "contains"');
  if (isObject(whole) && isObject(part)) {
    return Object.keys(part).every(
      (key) =>
        Object.hasOwn(whole, key) && containsSame(property(whole, key), property(part, key), depth + 1),
    );
  }
  if (isArray(whole) && isArray(part)) {
    return part.every((item) => whole.some((other) => containsSame(other, item, depth + 1)));
  }
  if (typeof whole === 'string' && typeof part === 'string') {
    spend((whole.length + part.length) >> 3);
    // jq 1.6 compares as C does, up to the first zero byte.
    return (whole.split('\0')[0] ?? '').includes(part.split('\0')[0] ?? '');
  }
  return compare(whole, part) === 0;
}

function sort(input: JqValue): readonly JqValue[] {
  if (!isArray(input)) {
    throw runtimeError(`${named(input)} cannot be sorted, as it is not an array`);
  }
  return sortBy(input, input).map((at) => input[at] ?? null);
}

/** Groups of members with equal keys, in the order of the keys. */
export function group(
  items: readonly JqValue[],
  keysOf: readonly JqValue[],
): readonly (readonly JqValue[])[] {
  const groups: { readonly key: JqValue; readonly items: JqValue[] }[] = [];
  for (const at of sortBy(items, keysOf)) {
    const key = keysOf[at] ?? null;
    const item = items[at] ?? null;
    const last = groups.at(-1);
    if (last !== undefined && equal(last.key, key)) last.items.push(item);
    else groups.push({ key, items: [item] });
  }
  return groups.map((found) => found.items);
}

/** The least or greatest member by key: of equals the first least, the last greatest, as in jq. */
export function extreme(items: readonly JqValue[], keysOf: readonly JqValue[], greatest: boolean): JqValue {
  let best: number | undefined;
  spend(items.length);
  for (let at = 0; at < items.length; at += 1) {
    const order = best === undefined ? 0 : compare(keysOf[at] ?? null, keysOf[best] ?? null);
    if (best === undefined || (greatest ? order >= 0 : order < 0)) best = at;
  }
  return best === undefined ? null : (items[best] ?? null);
}

/** An array for the functions that take nothing else. */
export function arrayFor(input: JqValue): readonly JqValue[] {
  if (isArray(input)) return input;
  throw runtimeError(`${named(input)} and ${named(input)} cannot be iterated over`);
}

function flatten(input: JqValue, depth: number): readonly JqValue[] {
  const flat: JqValue[] = [];
  // With a stack of its own: what is still to be read of each level.
  const open: { readonly items: readonly JqValue[]; next: number }[] = [{ items: iterate(input), next: 0 }];
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const { items, next } = top;
    top.next = next + 1;
    spend(2);
    const item = items[next] ?? null;
    if (next >= items.length) open.pop();
    else if (isArray(item) && (depth < 0 || open.length <= depth)) open.push({ items: item, next: 0 });
    else flat.push(item);
  }
  return flat;
}

function flattenTo(input: JqValue, depth: JqValue): readonly JqValue[] {
  if (compare(depth, 0) < 0) throw runtimeError('flatten depth must not be negative');
  if (typeof depth !== 'number') throw runtimeError('flatten depth must be a number');
  return flatten(input, depth);
}

function join(input: JqValue, separator: JqValue): JqValue {
  let text: JqValue = null;
  for (const item of iterate(input)) {
    const before: JqValue = text === null ? '' : operators['+'](text, separator);
    text = operators['+'](before, joinPiece(item === false ? 'false' : item));
  }
  return text ?? '';
}

function reverse(input: JqValue): readonly JqValue[] {
  if (isArray(input)) return input.toReversed();
  if (input === null || input === '' || input === 0) return [];
  if (isObject(input) && Object.keys(input).length === 0) return [];
  if (typeof input === 'boolean') throw runtimeError(`${named(input)} has no length`);
  throw runtimeError(`Cannot index ${typeOf(input)} with number`);
}

function indices(input: JqValue, part: JqValue): JqValue {
  if (isArray(input)) return positionsOf(input, isArray(part) ? part : [part]);
  if (typeof input === 'string' && typeof part === 'string') return byteOffsets(input, part);
  return index(input, part);
}

// jq 1.6 counts bytes here, though everywhere else code points.
function byteOffsets(text: string, part: string): readonly number[] {
  const whole = Buffer.from(text);
  const found: number[] = [];
  if (part === '') return found;
  for (let at = whole.indexOf(part); at >= 0; at = whole.indexOf(part, at + 1)) {
    // Each match is looked at whole.
    spend(4 + (part.length >> 4));
    found.push(at);
  }
  return found;
}

/** `to_entries`. */
export function toEntries(input: JqValue): readonly JqValue[] {
  return keys(input, false).map((key) => toEntry(input, key));
}

function toEntry(input: JqValue, key: JqValue): JqValue {
  spend(8);
  return { key, value: index(input, key) };
}

/** Functions over arrays and objects. */
export const collectionBuiltins: {
  readonly plain: Readonly<Record<string, (input: JqValue) => JqValue>>;
  readonly withValue: Readonly<Record<string, (input: JqValue, argument: JqValue) => JqValue>>;
} = {
  plain: {
    keys: (input) => keys(input, true),
    keys_unsorted: (input) => keys(input, false),
    add: (input) => iterate(input).reduce((sum, item) => operators['+'](sum, item), null),
    sort,
    reverse,
    min: (input) => extreme(arrayFor(input), arrayFor(input), false),
    max: (input) => extreme(arrayFor(input), arrayFor(input), true),
    flatten: (input) => flatten(input, -1),
    first: (input) => index(input, 0),
    last: (input) => index(input, -1),
    to_entries: toEntries,
  },
  withValue: {
    has,
    contains,
    inside: (input, whole) => contains(whole, input),
    in: (input, whole) => has(whole, input),
    join,
    flatten: flattenTo,
    indices,
    index: (input, part) => index(indices(input, part), 0),
    // In jq's words: .[-1:][0].
    rindex: (input, part) => index(slice(indices(input, part), -1, null), 0),
    nth: index,
  },
};
