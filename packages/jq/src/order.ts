import { isArray, type JqObject, type JqValue, property } from './value.js';
import { spend } from './work-limit.js';

function rank(value: JqValue): number {
  if (value === null) return 0;
  if (value === false) return 1;
  if (value === true) return 2;
  if (typeof value === 'number') return 3;
  if (typeof value === 'string') return 4;
  return isArray(value) ? 5 : 6;
}

/** jq's order over all values: null, false, true, numbers, strings, arrays, objects. */
export function compare(left: JqValue, right: JqValue): number {
  spend(1);
  if (typeof left === 'number' && typeof right === 'number') {
    // jq 1.6 never asks whether either is nan: nan comes before everything, itself included.
    return left < right || Number.isNaN(left) ? -1 : left === right ? 0 : 1;
  }
  if (typeof left === 'string' && typeof right === 'string') return compareText(left, right);
  return compareDeep(left, right, lookAtAll);
}

/** A place in the memory of an array. */
interface Place {
  readonly storage: readonly JqValue[];
  readonly offset: number;
}

/** Where slices are in the array that they were cut from. */
const places = new WeakMap<readonly JqValue[], Place>();

/** Offset from which on jq 1.6 copies a slice (`jvp_array_slice` in its jv.c). */
const MOST_OFFSET = 65_536;

/** The members of an array from one place to another; {@link equal} knows where they come from. */
export function cut(array: readonly JqValue[], start: number, end: number): JqValue {
  const slice = array.slice(start, end);
  const { storage, offset } = places.get(array) ?? { storage: array, offset: 0 };
  if (slice.length > 0 && offset + start < MOST_OFFSET)
    places.set(slice, { storage, offset: offset + start });
  return slice;
}

/**
 * Whether jq 1.6 takes two values for equal. Two arrays of one length that are in the same memory it does not
 * look at (`jvp_array_equal` in its jv.c), and slices of one array do: `[1,2,3] | .[1:] == .[:2]` is true.
 */
export function equal(left: JqValue, right: JqValue): boolean {
  const isDeep = typeof left === 'object' && typeof right === 'object' && left !== null && right !== null;
  if (!isDeep) return compare(left, right) === 0;
  spend(1);
  return compareDeep(left, right, inOneStorage) === 0;
}

function inOneStorage(left: readonly JqValue[], right: readonly JqValue[]): boolean {
  if (left.length !== right.length) return false;
  const storageOf = (array: readonly JqValue[]): readonly JqValue[] => places.get(array)?.storage ?? array;
  return storageOf(left) === storageOf(right);
}

const lookAtAll = (): boolean => false;

/** Two containers that are equal so far. */
interface Pair {
  readonly left: readonly JqValue[];
  readonly right: readonly JqValue[];
  next: number;
}

/** The order of any two values, with a stack of its own; arrays that are taken `asEqual` are not looked at. */
function compareDeep(left: JqValue, right: JqValue, asEqual: typeof inOneStorage): number {
  const open: Pair[] = [];
  let order = compareTops(left, right, open, asEqual);
  for (let top = open.at(-1); order === 0 && top !== undefined; top = open.at(-1)) {
    const { next } = top;
    top.next = next + 1;
    spend(1);
    if (next < Math.min(top.left.length, top.right.length)) {
      order = compareTops(top.left[next] ?? null, top.right[next] ?? null, open, asEqual);
    } else {
      open.pop();
      order = top.left.length - top.right.length;
    }
  }
  return order;
}

/** The order of two scalars or kinds; opens two arrays, or two objects of the same keys. */
function compareTops(left: JqValue, right: JqValue, open: Pair[], asEqual: typeof inOneStorage): number {
  const isScalar = typeof left !== 'object' || typeof right !== 'object' || left === null || right === null;
  if (isScalar && typeof left === typeof right && left !== null && typeof left !== 'boolean') {
    return compare(left, right);
  }
  const difference = rank(left) - rank(right);
  if (difference !== 0 || isScalar) return difference;
  if (isArray(left) && isArray(right)) {
    if (!asEqual(left, right)) open.push({ left, right, next: 0 });
  } else if (!isArray(left) && !isArray(right)) {
    const keys = sortedKeys(left);
    const order = compareKeys(keys, sortedKeys(right));
    if (order !== 0) return order;
    const of = (object: JqObject): readonly JqValue[] => keys.map((key) => property(object, key));
    open.push({ left: of(left), right: of(right), next: 0 });
  }
  return 0;
}

/** Order of code points, which is the order of UTF-8 bytes; UTF-16's own order differs above U+D800. */
export function compareText(left: string, right: string): number {
  const shorter = Math.min(left.length, right.length);
  // Before they are looked at: texts of one length that are equal are read to their ends, and one that was put together is
  // copied first.
  if (left.length === right.length) spend(shorter >> 5);
  else spend(Math.max(left.length, right.length) >> 7);
  if (left === right) return 0;
  for (let at = 0; at < shorter; at += 1) {
    const a = left.charCodeAt(at);
    const b = right.charCodeAt(at);
    if (a === b) continue;
    spend(at >> 3);
    return fixSurrogate(a) - fixSurrogate(b);
  }
  spend(shorter >> 3);
  return left.length - right.length;
}

// Lifts surrogates above the other code units, which makes UTF-16 sort as UTF-8 does.
function fixSurrogate(unit: number): number {
  return unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit;
}

function compareKeys(left: readonly string[], right: readonly string[]): number {
  const shorter = Math.min(left.length, right.length);
  for (let at = 0; at < shorter; at += 1) {
    const order = compareText(left[at] ?? '', right[at] ?? '');
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

/** Keys sorted as jq sorts them. */
export function sortedKeys(object: JqObject): readonly string[] {
  const keys = Object.keys(object);
  // A sort compares each about as often as the number of keys has digits in base 2.
  spend(keys.length * (2 + ((32 - Math.clz32(keys.length)) >> 1)));
  return keys.sort(compareText);
}

/** A stable sort of `items` by the keys beside them. */
export function sortBy(items: readonly JqValue[], keys: readonly JqValue[]): readonly number[] {
  const order = items.map((_, at) => at);
  return order.sort((a, b) => compare(keys[a] ?? null, keys[b] ?? null) || a - b);
}
