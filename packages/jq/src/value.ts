/** A value as jq knows it: what `JSON.parse` gives. */
export type JqValue = null | boolean | number | string | readonly JqValue[] | JqObject;

/** An object as jq knows it; only own keys count. */
export interface JqObject {
  /** One own key. */
  readonly [key: string]: JqValue;
}

/** jq's name of a value's type. */
export type JqType = 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object';

/** Whether the value is an array; narrows what `Array.isArray` leaves open for readonly arrays. */
export function isArray(value: JqValue): value is readonly JqValue[] {
  return Array.isArray(value);
}

/** Whether the value is an object, and neither an array nor null. */
export function isObject(value: JqValue): value is JqObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What `type` answers. */
export function typeOf(value: JqValue): JqType {
  if (value === null) return 'null';
  if (isArray(value)) return 'array';
  const type = typeof value;
  return type === 'boolean' || type === 'number' || type === 'string' ? type : 'object';
}

/** jq's truth: everything but `null` and `false`. */
export function isTruthy(value: JqValue): boolean {
  return value !== null && value !== false;
}

/** Length in code points, which is how jq counts. */
export function pointsIn(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at += 1) {
    // The second half of a pair is not counted.
    if ((text.charCodeAt(at) & 0xfc00) !== 0xdc00) count += 1;
  }
  return count;
}

/** One own property, `null` when it is not there. */
export function property(object: JqObject, key: string): JqValue {
  return Object.hasOwn(object, key) ? (object[key] ?? null) : null;
}

/** A new object of these entries; `__proto__` is a key like any other. */
export function objectOf(entries: Iterable<readonly [string, JqValue]>): JqObject {
  return Object.fromEntries(entries);
}
