import { runtimeError } from './error.js';
import { compare } from './order.js';
import { isArray, isObject, type JqValue, property, typeOf } from './value.js';

/** `.[key]` over any two values. */
export function index(target: JqValue, key: JqValue): JqValue {
  if (typeof key === 'string') {
    if (isObject(target)) return property(target, key);
    if (target === null) return null;
    throw runtimeError(`Cannot index ${typeOf(target)} with string ${JSON.stringify(key)}`);
  }
  if (typeof key === 'number') {
    if (isArray(target)) {
      const at = Math.floor(key);
      return target[at < 0 ? at + target.length : at] ?? null;
    }
    if (target === null) return null;
  }
  if (isArray(key) && isArray(target)) return positionsOf(target, key);
  if (isObject(key) && (target === null || isArray(target))) {
    if (target === null) return null;
    return slice(target, property(key, 'start'), property(key, 'end'));
  }
  throw runtimeError(`Cannot index ${typeOf(target)} with ${typeOf(key)}`);
}

/** Where `part` begins inside `whole`. */
export function positionsOf(whole: readonly JqValue[], part: readonly JqValue[]): readonly number[] {
  if (part.length === 0) return [];
  const positions: number[] = [];
  for (let at = 0; at + part.length <= whole.length; at += 1) {
    if (part.every((item, ahead) => compare(whole[at + ahead] ?? null, item) === 0)) {
      positions.push(at);
    }
  }
  return positions;
}

/** `.[from:to]` of an array, or of a string by its code points. */
export function slice(target: JqValue, from: JqValue, to: JqValue): JqValue {
  if (target === null) return null;
  if (typeof target !== 'string' && !isArray(target)) {
    throw runtimeError(`Cannot index ${typeOf(target)} with object`);
  }
  if ((from !== null && typeof from !== 'number') || (to !== null && typeof to !== 'number')) {
    throw runtimeError('Start and end indices of an array slice must be numbers');
  }
  if (typeof target === 'string' && !isPlane0(target)) {
    const points = Array.from(target);
    const [start, end] = range(points.length, from, to);
    return points.slice(start, end).join('');
  }
  const [start, end] = range(target.length, from, to);
  return target.slice(start, end);
}

// Without surrogates a code point is a code unit, and the string can be cut as it is.
function isPlane0(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit >= 0xd800 && unit <= 0xdfff) return false;
  }
  return true;
}

function range(length: number, from: number | null, to: number | null): readonly [number, number] {
  const clamp = (at: number): number => Math.min(Math.max(at < 0 ? at + length : at, 0), length);
  const start = Math.floor(clamp(from ?? 0));
  const end = Math.ceil(clamp(to ?? length));
  return [start, Math.max(start, end)];
}
