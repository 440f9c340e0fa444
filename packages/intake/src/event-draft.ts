import type { InventoryEvent } from '@store/schema';

/** An event as a mapping leaves it: right names, values in whatever form the source had. */
export type EventDraft = { readonly [Key in keyof InventoryEvent]?: unknown };

/**
 * How one kind of source record becomes an inventory event. To teach `ingest` a source of yours, write one
 * and add it to `mappings`.
 */
export interface EventMapping {
  readonly name: string;
  /** True for the records that this mapping reads. The first mapping that says so is used. */
  matches(record: Readonly<Record<string, unknown>>): boolean;
  /** Names the values. Times, numbers in text, blanks, the id and `is_low_stock` are put right afterwards. */
  toEvent(record: Readonly<Record<string, unknown>>): EventDraft;
}
