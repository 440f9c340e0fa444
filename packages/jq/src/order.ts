import { isArray, type JqObject, type JqValue, property } from './value.js';

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
  if (typeof left === 'number' && typeof right === 'number') {
    // jq 1.6 never asks whether either is nan: nan comes before everything, itself included.
    return left < right || Number.isNaN(left) ? -1 : left === right ? 0 : 1;
  }
  if (typeof left === 'string' && typeof right === 'string') return compareText(left, right);
  const difference = rank(left) - rank(right);
  if (difference !== 0) return difference;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) {
    return 0;
  }
  if (isArray(left)) return isArray(right) ? compareArrays(left, right) : -1;
  return isArray(right) ? 1 : compareObjects(left, right);
}

/** Order of code points, which is the order of UTF-8 bytes; UTF-16's own order differs above U+D800. */
export function compareText(left: string, right: string): number {
  if (left === right) return 0;
  const shorter = Math.min(left.length, right.length);
  for (let at = 0; at < shorter; at += 1) {
    const a = left.charCodeAt(at);
    const b = right.charCodeAt(at);
    if (a !== b) return fixSurrogate(a) - fixSurrogate(b);
  }
  return left.length - right.length;
}

// Lifts surrogates above the other code units, which makes UTF-16 sort as UTF-8 does.
function fixSurrogate(unit: number): number {
  return unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit;
}

function compareArrays(left: readonly JqValue[], right: readonly JqValue[]): number {
  const shorter = Math.min(left.length, right.length);
  for (let at = 0; at < shorter; at += 1) {
    const order = compare(left[at] ?? null, right[at] ?? null);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

/** Keys sorted as jq sorts them. */
export function sortedKeys(object: JqObject): readonly string[] {
  return Object.keys(object).sort(compareText);
}

function compareObjects(left: JqObject, right: JqObject): number {
  const leftKeys = sortedKeys(left);
  const order = compareArrays(leftKeys, sortedKeys(right));
  if (order !== 0) return order;
  for (const key of leftKeys) {
    const byValue = compare(property(left, key), property(right, key));
    if (byValue !== 0) return byValue;
  }
  return 0;
}

/** A stable sort of `items` by the keys beside them. */
export function sortBy(items: readonly JqValue[], keys: readonly JqValue[]): readonly number[] {
  const order = items.map((_, at) => at);
  return order.sort((a, b) => compare(keys[a] ?? null, keys[b] ?? null) || a - b);
}
