// Emitted from ./restock-request.ts by scripts/emit.ts. Change the type, then run `pnpm --filter @store/schema emit`.
// Generated from RestockRequest by @store/glue-schema: change the type, not this file.
import {
  findIssues,
  isInt32,
  isIsoTimestamp,
  isRecord,
  isSafeInt,
  isText,
  toStandardSchema,
  type StandardSchema,
  type ValidationResult,
  type WireField,
} from '@store/glue-schema';
import type { RestockRequest } from './restock-request.js';

const fields: readonly WireField[] = [
  ['request_id', ["string"]],
  ['episode_sequence', ["bigint"]],
  ['episode_started_at', ["iso"]],
  ['store_id', ["string"]],
  ['store_name', ["string"]],
  ['city', ["string"]],
  ['country', ["string"]],
  ['product_id', ["string"]],
  ['product_name', ["string"]],
  ['category', ["string"]],
  ['current_stock', ["int",32]],
  ['min_threshold', ["int",32]],
  ['on_order', ["int",32]],
  ['quantity', ["int",32]],
];

// True for nearly every value without issues; what it turns down is looked at again, field by field.
function fits(event: unknown): event is RestockRequest {
  return (
    isRecord(event) &&
    isText(event.request_id) &&
    isSafeInt(event.episode_sequence) &&
    isIsoTimestamp(event.episode_started_at) &&
    isText(event.store_id) &&
    isText(event.store_name) &&
    isText(event.city) &&
    isText(event.country) &&
    isText(event.product_id) &&
    isText(event.product_name) &&
    isText(event.category) &&
    isInt32(event.current_stock) &&
    isInt32(event.min_threshold) &&
    isInt32(event.on_order) &&
    isInt32(event.quantity) &&
    Object.keys(event).length === 14
  );
}

/** True for a value that Firehose stores unchanged as {@link RestockRequest}. */
export function isRestockRequest(value: unknown): value is RestockRequest {
  return fits(value) || findIssues(fields, value).length === 0;
}

/** Checks a value against {@link RestockRequest}, and tells everything that is wrong with it. */
export function validateRestockRequest(value: unknown): ValidationResult<RestockRequest> {
  if (fits(value)) return { ok: true, value };
  const issues = findIssues(fields, value);
  // No issue means that every field has its type.
  return issues.length === 0 ? { ok: true, value: value as RestockRequest } : { ok: false, issues };
}

/** {@link validateRestockRequest} as a Standard Schema. */
export const restockRequestStandardSchema: StandardSchema<RestockRequest> = toStandardSchema(validateRestockRequest);
