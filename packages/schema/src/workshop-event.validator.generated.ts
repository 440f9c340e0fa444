// Emitted from ./workshop-event.ts by scripts/emit.ts. Change the type, then run `npm run emit`.
// Generated from WorkshopEvent by @store/glue-schema: change the type, not this file.
import {
  type ExactPlan,
  type ParseResult,
  type StandardSchema,
  type ValidationResult,
  type Wire,
  boolean,
  epochSeconds,
  findIssues,
  hasKeys,
  int,
  isEpochSeconds,
  isInt32,
  isRecord,
  isText,
  leastOfInt32,
  leastOfNumber,
  parseRecord,
  struct,
  text,
  toStandardSchema,
} from '@store/glue-schema/runtime';
import type { WorkshopEvent } from './workshop-event.js';


// True for nearly every right value; what it turns down is looked at again, field by field.
function fits(event: unknown): event is Wire<WorkshopEvent> {
  if (!isRecord(event)) return false;
  const { store_id: v0, product_id: v1, product_name: v2, current_stock: v3, threshold_level: v4, is_stock_low: v5, check_timestamp: v6, notification_sent: v7, restock_status: v8 } = event;
  return (
    isInt32(v3) &&
    isInt32(v4) &&
    typeof v5 === 'boolean' &&
    typeof v7 === 'boolean' &&
    isText(v0) &&
    isText(v1) &&
    isText(v2) &&
    isText(v8) &&
    isEpochSeconds(v6) &&
    hasKeys(event, 9)
  );
}

const rule = struct(
  ['store_id', text],
  ['product_id', text],
  ['product_name', text],
  ['current_stock', int(32)],
  ['threshold_level', int(32)],
  ['is_stock_low', boolean],
  ['check_timestamp', epochSeconds],
  ['notification_sent', boolean],
  ['restock_status', text],
);

/**
 * Says whether Firehose stores a value unchanged as {@link WorkshopEvent}.
 *
 * @example
 * ```ts
 * import { isWorkshopEvent } from '@store/schema';
 *
 * const received: unknown = JSON.parse('{}');
 * console.log(isWorkshopEvent(received)); // false
 * ```
 */
export function isWorkshopEvent(value: unknown): value is Wire<WorkshopEvent> {
  return fits(value) || validateWorkshopEvent(value).ok;
}

/**
 * Checks a value against {@link WorkshopEvent} and returns it, or everything that is wrong with it.
 *
 * @example
 * ```ts
 * import { validateWorkshopEvent } from '@store/schema';
 *
 * const received: unknown = JSON.parse('{}');
 * const result = validateWorkshopEvent(received);
 * if (!result.ok) for (const { code, path } of result.issues) console.log(code, path.join('.'));
 * ```
 */
export function validateWorkshopEvent(value: unknown): ValidationResult<Wire<WorkshopEvent>> {
  if (fits(value)) return { ok: true, value };
  const issues = findIssues(rule, value);
  // No issue means that every field has its type.
  return issues.length === 0 ? { ok: true, value: value as Wire<WorkshopEvent> } : { ok: false, issues };
}

/** {@link validateWorkshopEvent} as a Standard Schema. */
export const workshopEventStandardSchema: StandardSchema<Wire<WorkshopEvent>> = toStandardSchema(validateWorkshopEvent);

// The least length of a record's text; NaN for what is none.
function least(event: unknown): number {
  if (!isRecord(event)) return NaN;
  const { store_id: v0, product_id: v1, product_name: v2, current_stock: v3, threshold_level: v4, is_stock_low: v5, check_timestamp: v6, notification_sent: v7, restock_status: v8 } = event;
  return (
    153 +
    (typeof v0 === 'string' ? v0.length + 2 : NaN) +
    (typeof v1 === 'string' ? v1.length + 2 : NaN) +
    (typeof v2 === 'string' ? v2.length + 2 : NaN) +
    leastOfInt32(v3) +
    leastOfInt32(v4) +
    (v5 === true ? 4 : v5 === false ? 5 : NaN) +
    (isEpochSeconds(v6) ? leastOfNumber(v6) : NaN) +
    (v7 === true ? 4 : v7 === false ? 5 : NaN) +
    (typeof v8 === 'string' ? v8.length + 2 : NaN)
  );
}

// Where a number keeps digits that a double would lose.
const exact: ExactPlan | undefined = { members: { current_stock: 'long', threshold_level: 'long' } };

/**
 * Parses JSON and checks it against {@link WorkshopEvent} in one call, and loses no digit of a `bigint` or `decimal` column.
 * An issue says where it is: in characters of a text, in bytes of bytes.
 *
 * @example
 * ```ts
 * import { parseWorkshopEvent } from '@store/schema';
 *
 * const result = parseWorkshopEvent('{}');
 * if (!result.ok) for (const { code, path, offset } of result.issues) console.log(code, path, offset);
 * ```
 */
export function parseWorkshopEvent(text: string | Uint8Array): ParseResult<Wire<WorkshopEvent>> {
  return parseRecord(text, least, fits, rule, exact);
}
