import { hash } from 'node:crypto';
import { JsonNumber, stringifyJson } from '@store/foundation';
import type { ColumnType } from '@store/glue-schema';
import { inventoryEventSchema, type InventoryEvent } from '@store/schema';
import { toUtcIso } from './values/instant.js';
import { readNumber } from './values/number.js';

/** An event as a mapping leaves it: right names, values in whatever form the source had. */
export type EventDraft = { readonly [Key in keyof InventoryEvent]?: unknown };

/**
 * How one kind of source record becomes an inventory event.
 *
 * @example
 * ```ts
 * import type { EventMapping } from '@store/intake';
 *
 * export const tillMapping: EventMapping = {
 *   name: 'till',
 *   matches: (record) => 'till_no' in record,
 *   toEvent: ({ branch, article, at }) => ({ store_id: branch, product_id: article, event_time: at }),
 * };
 * ```
 */
export interface EventMapping {
  /** Name of the mapping; a result says which one read the record. */
  readonly name: string;
  /** True for the records that this mapping reads. The first mapping that says so is used. */
  matches(record: Readonly<Record<string, unknown>>): boolean;
  /** Names the values. Times, numbers in text, blanks, the id and `is_low_stock` are normalized afterwards. */
  toEvent(record: Readonly<Record<string, unknown>>): EventDraft;
}

/**
 * Returns a copy of the draft whose values have the form of their columns: times in UTC, numbers out of text, no blanks
 * around text. What cannot be normalized stays as it is, for the validator to name. `is_low_stock` follows from the
 * stock, and where the source has no id, one is made of the contents, so that the same record sent twice has the same
 * id.
 *
 * @example
 * ```ts
 * import { normalizeEvent } from '@store/intake';
 *
 * const { current_stock, is_low_stock } = normalizeEvent({ current_stock: ' 8 ', min_threshold: '10' });
 * console.log(current_stock, is_low_stock); // 8 true
 * ```
 */
export function normalizeEvent(draft: EventDraft): Readonly<Record<string, unknown>> {
  const event: Record<string, unknown> = { ...draft };
  for (const { name, type } of inventoryEventSchema.columns) {
    if (name in event) event[name] = normalizeValue(type, event[name]);
  }
  const { current_stock, min_threshold } = event;
  if (typeof current_stock === 'number' && typeof min_threshold === 'number') {
    event.is_low_stock = current_stock < min_threshold;
  }
  if (event.event_id === undefined || event.event_id === '') {
    const contents = inventoryEventSchema.columns.map(({ name }) => event[name] ?? null);
    event.event_id = `in-${hash('sha256', stringifyJson(contents)).slice(0, 32)}`;
  }
  return event;
}

function normalizeValue(type: ColumnType, value: unknown): unknown {
  switch (type.kind) {
    case 'string':
    case 'char':
    case 'varchar':
      return typeof value === 'string' ? value.trim() : value;
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'bigint':
    case 'decimal':
      return numberOf(value, true);
    case 'float':
    case 'double':
      return numberOf(value, false);
    case 'boolean':
      return value === 'true' || (value === 'false' ? false : value);
    case 'timestamp':
      return toUtcIso(value) ?? value;
    case 'struct':
      return isRecord(value) ? normalizeFields(type.fields, value) : value;
    default:
      return value;
  }
}

function normalizeFields(
  fields: readonly { readonly name: string; readonly type: ColumnType }[],
  value: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const struct: Record<string, unknown> = { ...value };
  for (const { name, type } of fields) if (name in struct) struct[name] = normalizeValue(type, struct[name]);
  return struct;
}

/** What is no number stays for the validator to name; what a double does not hold stays text where it is to be exact. */
function numberOf(value: unknown, isExact: boolean): unknown {
  const number = readNumber(value);
  if (!(number instanceof JsonNumber)) return number ?? value;
  return isExact ? number.toJSON() : number.toNumber();
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof JsonNumber);
