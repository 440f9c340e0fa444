// Emitted from ./restock-request.ts by scripts/emit.ts. Change the type, then run `npm run emit`.
// Generated from RestockRequest by @store/glue-schema: change the type, not this file.
import {
  type ExactPlan,
  type ParseResult,
  type StandardSchema,
  type ValidationResult,
  type Wire,
  findIssues,
  hasKeys,
  int,
  isInt32,
  isIsoTimestamp,
  isRecord,
  isText,
  leastOfInstant,
  leastOfInt32,
  leastOfLong,
  parseRecord,
  safeInt,
  struct,
  text,
  timestamp,
  toStandardSchema,
} from '@store/glue-schema/runtime';
import type { RestockRequest } from './restock-request.js';


// True for nearly every right value; what it turns down is looked at again, field by field.
function fits(event: unknown): event is Wire<RestockRequest> {
  if (!isRecord(event)) return false;
  const { request_id: v0, episode_sequence: v1, episode_started_at: v2, store_id: v3, store_name: v4, city: v5, country: v6, product_id: v7, product_name: v8, category: v9, current_stock: v10, min_threshold: v11, on_order: v12, quantity: v13 } = event;
  return (
    Number.isSafeInteger(v1) &&
    isInt32(v10) &&
    isInt32(v11) &&
    isInt32(v12) &&
    isInt32(v13) &&
    isText(v0) &&
    isText(v3) &&
    isText(v4) &&
    isText(v5) &&
    isText(v6) &&
    isText(v7) &&
    isText(v8) &&
    isText(v9) &&
    isIsoTimestamp(v2) &&
    hasKeys(event, 14)
  );
}

const rule = struct(
  ['request_id', text],
  ['episode_sequence', safeInt],
  ['episode_started_at', timestamp],
  ['store_id', text],
  ['store_name', text],
  ['city', text],
  ['country', text],
  ['product_id', text],
  ['product_name', text],
  ['category', text],
  ['current_stock', int(32)],
  ['min_threshold', int(32)],
  ['on_order', int(32)],
  ['quantity', int(32)],
);

/**
 * Says whether Firehose stores a value unchanged as {@link RestockRequest}.
 *
 * @example
 * ```ts
 * import { isRestockRequest } from '@store/schema';
 *
 * const received: unknown = JSON.parse('{}');
 * console.log(isRestockRequest(received)); // false
 * ```
 */
export function isRestockRequest(value: unknown): value is Wire<RestockRequest> {
  return fits(value) || validateRestockRequest(value).ok;
}

/**
 * Checks a value against {@link RestockRequest} and returns it, or everything that is wrong with it.
 *
 * @example
 * ```ts
 * import { validateRestockRequest } from '@store/schema';
 *
 * const received: unknown = JSON.parse('{}');
 * const result = validateRestockRequest(received);
 * if (!result.ok) for (const { code, path } of result.issues) console.log(code, path.join('.'));
 * ```
 */
export function validateRestockRequest(value: unknown): ValidationResult<Wire<RestockRequest>> {
  if (fits(value)) return { ok: true, value };
  const issues = findIssues(rule, value);
  // No issue means that every field has its type.
  return issues.length === 0 ? { ok: true, value: value as Wire<RestockRequest> } : { ok: false, issues };
}

/** {@link validateRestockRequest} as a Standard Schema. */
export const restockRequestStandardSchema: StandardSchema<Wire<RestockRequest>> = toStandardSchema(validateRestockRequest);

// The least length of a record's text; NaN for what is none.
function least(event: unknown): number {
  if (!isRecord(event)) return NaN;
  const { request_id: v0, episode_sequence: v1, episode_started_at: v2, store_id: v3, store_name: v4, city: v5, country: v6, product_id: v7, product_name: v8, category: v9, current_stock: v10, min_threshold: v11, on_order: v12, quantity: v13 } = event;
  return (
    202 +
    (typeof v0 === 'string' ? v0.length + 2 : NaN) +
    leastOfLong(v1) +
    leastOfInstant(v2) +
    (typeof v3 === 'string' ? v3.length + 2 : NaN) +
    (typeof v4 === 'string' ? v4.length + 2 : NaN) +
    (typeof v5 === 'string' ? v5.length + 2 : NaN) +
    (typeof v6 === 'string' ? v6.length + 2 : NaN) +
    (typeof v7 === 'string' ? v7.length + 2 : NaN) +
    (typeof v8 === 'string' ? v8.length + 2 : NaN) +
    (typeof v9 === 'string' ? v9.length + 2 : NaN) +
    leastOfInt32(v10) +
    leastOfInt32(v11) +
    leastOfInt32(v12) +
    leastOfInt32(v13)
  );
}

// Where a number keeps digits that a double would lose.
const exact: ExactPlan | undefined = { members: { episode_sequence: 'long', current_stock: 'long', min_threshold: 'long', on_order: 'long', quantity: 'long' } };

/**
 * Parses JSON and checks it against {@link RestockRequest} in one call, and loses no digit of a `bigint` or `decimal` column.
 * An issue says where it is: in characters of a text, in bytes of bytes.
 *
 * @example
 * ```ts
 * import { parseRestockRequest } from '@store/schema';
 *
 * const result = parseRestockRequest('{}');
 * if (!result.ok) for (const { code, path, offset } of result.issues) console.log(code, path, offset);
 * ```
 */
export function parseRestockRequest(text: string | Uint8Array): ParseResult<Wire<RestockRequest>> {
  return parseRecord(text, least, fits, rule, exact);
}
