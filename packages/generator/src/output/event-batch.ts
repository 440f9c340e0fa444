import type { InventoryEventType } from '@store/schema';

/** Event types by the number that `EventBatch.type` holds. */
export const eventTypes: readonly InventoryEventType[] = Object.freeze([
  'sale',
  'restock',
  'return',
  'shrinkage',
  'stock_count',
  'adjustment',
  'order_placed',
  'price_change',
]);

/**
 * Events as columns, in Arrow's memory layout (no nulls, little-endian): each array can be made an Arrow vector
 * without a copy. Only the first `length` entries count.
 */
export class EventBatch {
  /** Events in the batch now. */
  length = 0;
  /** Milliseconds since 1970. */
  readonly time: Float64Array;
  /** Number of the event within its store, rising by one. */
  readonly sequence: Float64Array;
  /** Position in `world.stores`. */
  readonly store: Int32Array;
  /** Position in `world.products`. */
  readonly product: Int32Array;
  /** Position in `eventTypes`. */
  readonly type: Uint8Array;
  /** Signed change of the stock on hand, units. */
  readonly quantityDelta: Int32Array;
  /** Stock on hand after the event, units. */
  readonly currentStock: Int32Array;
  /** Reorder point, units. */
  readonly minThreshold: Int32Array;
  /** Units ordered and not yet delivered. */
  readonly onOrder: Int32Array;
  /** Selling price of one unit, hundredths of the store's currency. */
  readonly unitPriceCents: Int32Array;
  /** 0, or the fault that chaos gives to the event's line: 1 corrupt, 2 drifted. */
  readonly fault: Uint8Array;

  /** @param capacity - events the arrays can hold */
  constructor(capacity: number) {
    this.time = new Float64Array(capacity);
    this.sequence = new Float64Array(capacity);
    this.store = new Int32Array(capacity);
    this.product = new Int32Array(capacity);
    this.type = new Uint8Array(capacity);
    this.quantityDelta = new Int32Array(capacity);
    this.currentStock = new Int32Array(capacity);
    this.minThreshold = new Int32Array(capacity);
    this.onOrder = new Int32Array(capacity);
    this.unitPriceCents = new Int32Array(capacity);
    this.fault = new Uint8Array(capacity);
  }

  /** Events the arrays can hold. */
  get capacity(): number {
    return this.time.length;
  }
}

/** The columns of a batch: time first and fault last. */
export function columnsOf(batch: EventBatch): readonly (Float64Array | Int32Array | Uint8Array)[] {
  return [
    batch.time,
    batch.sequence,
    batch.store,
    batch.product,
    batch.type,
    batch.quantityDelta,
    batch.currentStock,
    batch.minThreshold,
    batch.onOrder,
    batch.unitPriceCents,
    batch.fault,
  ];
}

/** The events of a batch in memory of their own. */
export function copyOfBatch(batch: EventBatch): EventBatch {
  const copy = new EventBatch(batch.length);
  copy.length = batch.length;
  const from = columnsOf(batch);
  for (const [c, column] of columnsOf(copy).entries()) column.set(from[c]?.subarray(0, batch.length) ?? []);
  return copy;
}

/** Where batches come from. */
export interface EventSource {
  /** Fills a batch with the next events, at least one; false at the end of the world. */
  fill(batch: EventBatch): boolean;
  /** Takes back the events of the last fill from `from` on: they will come again. */
  unfill(batch: EventBatch, from: number): void;
}
