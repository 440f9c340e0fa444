import type { InventoryEventType } from '@store/schema';
/** Event types by the number that `EventBatch.type` holds. */
export declare const eventTypes: readonly InventoryEventType[];
/**
 * Events as columns, in Arrow's memory layout (no nulls, little-endian): each array can be made an Arrow vector
 * without a copy. Only the first `length` entries count.
 */
export declare class EventBatch {
    /** Events in the batch now. */
    length: number;
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
    constructor(capacity: number);
    /** Events the arrays can hold. */
    get capacity(): number;
}
/** The columns of a batch: time first and fault last. */
export declare function columnsOf(batch: EventBatch): readonly (Float64Array | Int32Array | Uint8Array)[];
/** The events of a batch in memory of their own. */
export declare function copyOfBatch(batch: EventBatch): EventBatch;
/** Where batches come from. */
export interface EventSource {
    /** Fills a batch with the next events, at least one; false at the end of the world. */
    fill(batch: EventBatch): boolean;
    /** Takes back the events of the last fill from `from` on: they will come again. */
    unfill(batch: EventBatch, from: number): void;
}
//# sourceMappingURL=event-batch.d.ts.map