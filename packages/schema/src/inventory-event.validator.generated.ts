// Emitted from ./inventory-event.ts by scripts/emit.ts. Change the type, then run `pnpm --filter @store/schema emit`.
// Generated from InventoryEvent by @store/glue-schema: change the type, not this file.
import {
  findIssues,
  isDecimal,
  isDouble,
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
import type { InventoryEvent } from './inventory-event.js';

const fields: readonly WireField[] = [
  ['event_id', ["string"]],
  ['event_type', ["in",["adjustment","order_placed","price_change","restock","return","sale","shrinkage","stock_count"]]],
  ['event_time', ["iso"]],
  ['sequence', ["bigint"]],
  ['store_id', ["string"]],
  ['store_name', ["string"]],
  ['location', ["struct",[["city",["string"]],["region",["string"]],["country",["string"]],["latitude",["double"]],["longitude",["double"]]]]],
  ['product_id', ["string"]],
  ['product_name', ["string"]],
  ['category', ["string"]],
  ['unit_price', ["decimal",10,2]],
  ['quantity_delta', ["int",32]],
  ['current_stock', ["int",32]],
  ['min_threshold', ["int",32]],
  ['on_order', ["int",32]],
  ['is_low_stock', ["boolean"]],
];

// True for nearly every value without issues; what it turns down is looked at again, field by field.
function fits(event: unknown): event is InventoryEvent {
  return (
    isRecord(event) &&
    isText(event.event_id) &&
    (event.event_type === "adjustment" || event.event_type === "order_placed" || event.event_type === "price_change" || event.event_type === "restock" || event.event_type === "return" || event.event_type === "sale" || event.event_type === "shrinkage" || event.event_type === "stock_count") &&
    isIsoTimestamp(event.event_time) &&
    isSafeInt(event.sequence) &&
    isText(event.store_id) &&
    isText(event.store_name) &&
    isRecord(event.location) &&
    isText(event.location.city) &&
    isText(event.location.region) &&
    isText(event.location.country) &&
    isDouble(event.location.latitude) &&
    isDouble(event.location.longitude) &&
    Object.keys(event.location).length === 5 &&
    isText(event.product_id) &&
    isText(event.product_name) &&
    isText(event.category) &&
    isDecimal(event.unit_price, 10, 2) &&
    isInt32(event.quantity_delta) &&
    isInt32(event.current_stock) &&
    isInt32(event.min_threshold) &&
    isInt32(event.on_order) &&
    typeof event.is_low_stock === 'boolean' &&
    Object.keys(event).length === 16
  );
}

/** True for a value that Firehose stores unchanged as {@link InventoryEvent}. */
export function isInventoryEvent(value: unknown): value is InventoryEvent {
  return fits(value) || findIssues(fields, value).length === 0;
}

/** Checks a value against {@link InventoryEvent}, and tells everything that is wrong with it. */
export function validateInventoryEvent(value: unknown): ValidationResult<InventoryEvent> {
  if (fits(value)) return { ok: true, value };
  const issues = findIssues(fields, value);
  // No issue means that every field has its type.
  return issues.length === 0 ? { ok: true, value: value as InventoryEvent } : { ok: false, issues };
}

/** {@link validateInventoryEvent} as a Standard Schema. */
export const inventoryEventStandardSchema: StandardSchema<InventoryEvent> = toStandardSchema(validateInventoryEvent);
