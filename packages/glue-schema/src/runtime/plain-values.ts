/**
 * Values of a type as JSON has them, for generated encoders: what `toJSON` returns, a primitive for its box, nothing for
 * a function.
 */

/** The keys of a record, with those of each record inside it. */
export interface RecordMembers {
  /** Null for a member that is no record. */
  readonly [key: string]: RecordMembers | null;
}

/**
 * True for an object that says itself what its JSON is.
 *
 * @example
 * ```ts
 * import { hasToJson } from '@store/glue-schema/runtime';
 *
 * console.log(hasToJson(new Date()), hasToJson({ at: new Date() })); // true false
 * ```
 */
export function hasToJson(value: unknown): value is { toJSON(key: string): unknown } {
  // Any object may be asked for a member.
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as { readonly toJSON?: unknown }).toJSON === 'function'
  );
}

/**
 * A record, and each record inside it, as `JSON.stringify` sees it, with these keys only.
 *
 * @example
 * ```ts
 * import { plainOf } from '@store/glue-schema/runtime';
 *
 * const price = { toJSON: () => ({ amount: '4.99' }) };
 * console.log(plainOf({ price, note: () => 1 }, { price: { amount: null }, note: null }));
 * // { price: { amount: '4.99' }, note: undefined }
 * ```
 */
export function plainOf(value: unknown, members: RecordMembers | null, key = ''): unknown {
  const json = hasToJson(value) ? value.toJSON(key) : value;
  if (typeof json === 'function' || typeof json === 'symbol') return undefined;
  if (typeof json !== 'object' || json === null) return json;
  if (isBox(json)) return json.valueOf();
  if (members === null || Array.isArray(json)) return json;
  // Any object may be read by name.
  const record = json as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.entries(members).map(([name, inner]) => {
      const isOwn = !(name in Object.prototype) || Object.hasOwn(record, name);
      return [name, isOwn ? plainOf(record[name], inner, name) : undefined];
    }),
  );
}

function isBox(value: object): boolean {
  return (
    value instanceof Number || value instanceof String || value instanceof Boolean || value instanceof BigInt
  );
}

/** A bigint as its digits, an instant as ISO 8601 text; any other value as it is. */
export function scalarText(value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  return isInstant(value) ? value.toISOString() : value;
}

/** True for a date that exists and whose JSON is that of every date. */
export function isInstant(value: unknown): value is Date {
  return value instanceof Date && !Number.isNaN(value.getTime()) && value.toJSON === Date.prototype.toJSON;
}
