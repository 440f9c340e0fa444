// Emitted from ./inventory-event.ts by scripts/emit.ts. Change the type, then run `npm run emit`.
// Generated from InventoryEvent by @store/glue-schema: change the type, not this file.
import {
  type ExactPlan,
  type ParseResult,
  type StandardSchema,
  type ValidationResult,
  type Wire,
  boolean,
  decimal,
  double,
  findIssues,
  hasKeys,
  int,
  isDecimal,
  isInt32,
  isIsoTimestamp,
  isRecord,
  isText,
  leastOfExact,
  leastOfInstant,
  leastOfInt32,
  leastOfLong,
  leastOfNumber,
  oneOf,
  parseRecord,
  safeInt,
  struct,
  text,
  timestamp,
  toStandardSchema,
} from '@store/glue-schema/runtime';
import type { InventoryEvent } from './inventory-event.js';

const values1: ReadonlySet<unknown> = new Set(['adjustment', 'order_placed', 'price_change', 'restock', 'return', 'sale', 'shrinkage', 'stock_count']);

// True for nearly every right value; what it turns down is looked at again, field by field.
function fits1(event: unknown): boolean {
  if (!isRecord(event)) return false;
  const { city: v0, region: v1, country: v2, latitude: v3, longitude: v4 } = event;
  return (
    Number.isFinite(v3) &&
    Number.isFinite(v4) &&
    isText(v0) &&
    isText(v1) &&
    isText(v2) &&
    hasKeys(event, 5)
  );
}

function fits(event: unknown): event is Wire<InventoryEvent> {
  if (!isRecord(event)) return false;
  const { event_id: v0, event_type: v1, event_time: v2, sequence: v3, store_id: v4, store_name: v5, location: v6, product_id: v7, product_name: v8, category: v9, unit_price: v10, quantity_delta: v11, current_stock: v12, min_threshold: v13, on_order: v14, is_low_stock: v15 } = event;
  return (
    Number.isSafeInteger(v3) &&
    isInt32(v11) &&
    isInt32(v12) &&
    isInt32(v13) &&
    isInt32(v14) &&
    typeof v15 === 'boolean' &&
    isText(v0) &&
    values1.has(v1) &&
    isText(v4) &&
    isText(v5) &&
    isText(v7) &&
    isText(v8) &&
    isText(v9) &&
    isIsoTimestamp(v2) &&
    fits1(v6) &&
    isDecimal(v10, 10, 2) &&
    hasKeys(event, 16)
  );
}

const rule = struct(
  ['event_id', text],
  ['event_type', oneOf(values1)],
  ['event_time', timestamp],
  ['sequence', safeInt],
  ['store_id', text],
  ['store_name', text],
  ['location', struct(
    ['city', text],
    ['region', text],
    ['country', text],
    ['latitude', double],
    ['longitude', double],
  )],
  ['product_id', text],
  ['product_name', text],
  ['category', text],
  ['unit_price', decimal(10, 2)],
  ['quantity_delta', int(32)],
  ['current_stock', int(32)],
  ['min_threshold', int(32)],
  ['on_order', int(32)],
  ['is_low_stock', boolean],
);

/**
 * Says whether Firehose stores a value unchanged as {@link InventoryEvent}.
 *
 * @example
 * ```ts
 * import { isInventoryEvent } from '@store/schema';
 *
 * const received: unknown = JSON.parse('{}');
 * console.log(isInventoryEvent(received)); // false
 * ```
 */
export function isInventoryEvent(value: unknown): value is Wire<InventoryEvent> {
  return fits(value) || validateInventoryEvent(value).ok;
}

/**
 * Checks a value against {@link InventoryEvent} and returns it, or everything that is wrong with it.
 *
 * @example
 * ```ts
 * import { validateInventoryEvent } from '@store/schema';
 *
 * const received: unknown = JSON.parse('{}');
 * const result = validateInventoryEvent(received);
 * if (!result.ok) for (const { code, path } of result.issues) console.log(code, path.join('.'));
 * ```
 */
export function validateInventoryEvent(value: unknown): ValidationResult<Wire<InventoryEvent>> {
  if (fits(value)) return { ok: true, value };
  const issues = findIssues(rule, value);
  // No issue means that every field has its type.
  return issues.length === 0 ? { ok: true, value: value as Wire<InventoryEvent> } : { ok: false, issues };
}

/** {@link validateInventoryEvent} as a Standard Schema. */
export const inventoryEventStandardSchema: StandardSchema<Wire<InventoryEvent>> = toStandardSchema(validateInventoryEvent);

// The least length of a record's text; NaN for what is none.
function least1(event: unknown): number {
  if (!isRecord(event)) return NaN;
  const { city: v0, region: v1, country: v2, latitude: v3, longitude: v4 } = event;
  return (
    55 +
    (typeof v0 === 'string' ? v0.length + 2 : NaN) +
    (typeof v1 === 'string' ? v1.length + 2 : NaN) +
    (typeof v2 === 'string' ? v2.length + 2 : NaN) +
    leastOfNumber(v3) +
    leastOfNumber(v4)
  );
}

function least(event: unknown): number {
  if (!isRecord(event)) return NaN;
  const { event_id: v0, event_type: v1, event_time: v2, sequence: v3, store_id: v4, store_name: v5, location: v6, product_id: v7, product_name: v8, category: v9, unit_price: v10, quantity_delta: v11, current_stock: v12, min_threshold: v13, on_order: v14, is_low_stock: v15 } = event;
  return (
    227 +
    (typeof v0 === 'string' ? v0.length + 2 : NaN) +
    (v1 === 'adjustment' || v1 === 'order_placed' || v1 === 'price_change' || v1 === 'restock' || v1 === 'return' || v1 === 'sale' || v1 === 'shrinkage' || v1 === 'stock_count' ? v1.length + 2 : NaN) +
    leastOfInstant(v2) +
    leastOfLong(v3) +
    (typeof v4 === 'string' ? v4.length + 2 : NaN) +
    (typeof v5 === 'string' ? v5.length + 2 : NaN) +
    least1(v6) +
    (typeof v7 === 'string' ? v7.length + 2 : NaN) +
    (typeof v8 === 'string' ? v8.length + 2 : NaN) +
    (typeof v9 === 'string' ? v9.length + 2 : NaN) +
    (isDecimal(v10, 10, 2) ? leastOfExact(v10) : NaN) +
    leastOfInt32(v11) +
    leastOfInt32(v12) +
    leastOfInt32(v13) +
    leastOfInt32(v14) +
    (v15 === true ? 4 : v15 === false ? 5 : NaN)
  );
}

// Where a number keeps digits that a double would lose.
const exact: ExactPlan | undefined = { members: { sequence: 'long', unit_price: 'decimal', quantity_delta: 'long', current_stock: 'long', min_threshold: 'long', on_order: 'long' } };

/**
 * Parses JSON and checks it against {@link InventoryEvent} in one call, and loses no digit of a `bigint` or `decimal` column.
 * An issue says where it is: in characters of a text, in bytes of bytes.
 *
 * @example
 * ```ts
 * import { parseInventoryEvent } from '@store/schema';
 *
 * const result = parseInventoryEvent('{}');
 * if (!result.ok) for (const { code, path, offset } of result.issues) console.log(code, path, offset);
 * ```
 */
export function parseInventoryEvent(text: string | Uint8Array): ParseResult<Wire<InventoryEvent>> {
  return parseRecord(text, least, fits, rule, exact);
}
