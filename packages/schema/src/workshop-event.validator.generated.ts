// Emitted from ./workshop-event.ts by scripts/emit.ts. Change the type, then run `pnpm --filter @store/schema emit`.
// Generated from WorkshopEvent by @store/glue-schema: change the type, not this file.
import {
  findIssues,
  isEpochSeconds,
  isInt32,
  isRecord,
  isText,
  toStandardSchema,
  type StandardSchema,
  type ValidationResult,
  type WireField,
} from '@store/glue-schema';
import type { WorkshopEvent } from './workshop-event.js';

const fields: readonly WireField[] = [
  ['store_id', ["string"]],
  ['product_id', ["string"]],
  ['product_name', ["string"]],
  ['current_stock', ["int",32]],
  ['threshold_level', ["int",32]],
  ['is_stock_low', ["boolean"]],
  ['check_timestamp', ["epoch-seconds"]],
  ['notification_sent', ["boolean"]],
  ['restock_status', ["string"]],
];

// True for nearly every value without issues; what it turns down is looked at again, field by field.
function fits(event: unknown): event is WorkshopEvent {
  return (
    isRecord(event) &&
    isText(event.store_id) &&
    isText(event.product_id) &&
    isText(event.product_name) &&
    isInt32(event.current_stock) &&
    isInt32(event.threshold_level) &&
    typeof event.is_stock_low === 'boolean' &&
    isEpochSeconds(event.check_timestamp) &&
    typeof event.notification_sent === 'boolean' &&
    isText(event.restock_status) &&
    Object.keys(event).length === 9
  );
}

/** True for a value that Firehose stores unchanged as {@link WorkshopEvent}. */
export function isWorkshopEvent(value: unknown): value is WorkshopEvent {
  return fits(value) || findIssues(fields, value).length === 0;
}

/** Checks a value against {@link WorkshopEvent}, and tells everything that is wrong with it. */
export function validateWorkshopEvent(value: unknown): ValidationResult<WorkshopEvent> {
  if (fits(value)) return { ok: true, value };
  const issues = findIssues(fields, value);
  // No issue means that every field has its type.
  return issues.length === 0 ? { ok: true, value: value as WorkshopEvent } : { ok: false, issues };
}

/** {@link validateWorkshopEvent} as a Standard Schema. */
export const workshopEventStandardSchema: StandardSchema<WorkshopEvent> = toStandardSchema(validateWorkshopEvent);
