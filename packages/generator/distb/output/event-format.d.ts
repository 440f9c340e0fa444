import { type OptionRules } from '@store/foundation';
import { type GlueColumn, type InventoryEvent, type RowBuffer, type WorkshopEvent } from '@store/schema';
import type { Product } from '../model/products.js';
import type { Store } from '../model/stores.js';
import { type EventBatch } from './event-batch.js';
/** What a format knows of the world whose events it writes. */
export interface FormatWorld {
    /** Eight hexadecimal digits that set the world apart from others. */
    readonly fingerprint: string;
    /** The world's stores, at the positions that `EventBatch.store` holds. */
    readonly stores: readonly Store[];
    /** The world's products, at the positions that `EventBatch.product` holds. */
    readonly products: readonly Product[];
}
/** Writes events of a batch as lines of JSON. */
export interface BatchEncoder {
    /** More than any line takes: a buffer with less room left is full. */
    readonly rowBytes: number;
    /**
     * Writes events `from` up to `to`, not included, behind what the buffer holds, while another line is sure to fit.
     * Returns the first event that it did not write.
     */
    encode(batch: EventBatch, from: number, to: number, buffer: RowBuffer): number;
}
/** How a world's events look: the type of their objects, their columns and their bytes. */
export interface EventFormat<E> {
    /** Its name, part of what sets one world apart from another. */
    readonly name: string;
    /** Columns of the table that the events fill, as Glue takes them. */
    readonly columns: readonly GlueColumn[];
    /** Builds the object of event `n` of a batch; its keys come in the order of the columns. */
    readonly eventAt: (world: FormatWorld, batch: EventBatch, n: number) => E;
    /** Opens what writes the bytes: those of `JSON.stringify` of the object. */
    readonly encoder: (world: FormatWorld) => BatchEncoder;
}
/** What a format of one's own must have, for `checkOptions`. */
export declare const formatRules: OptionRules<EventFormat<unknown>>;
/** Full inventory events. */
export declare const inventoryFormat: EventFormat<InventoryEvent>;
/** The workshop's nine fields. */
export declare const workshopFormat: EventFormat<WorkshopEvent>;
//# sourceMappingURL=event-format.d.ts.map