import type { GlueColumn } from '@store/schema';
import { type ExtraValues } from '../own/extra-values.js';
import type { ExtraColumn, ProductInput, StoreInput } from '../own/world-file.js';
import type { EventBatch } from './event-batch.js';
import type { BatchEncoder, EventFormat, FormatWorld } from './event-format.js';
/** What a function of extra fields is given beside the event: store and product, those of one's own as they were given. */
export interface ExtraContext {
    /** Store of the event. */
    readonly store: StoreInput;
    /** Product of the event. */
    readonly product: ProductInput;
}
/** Returns further fields for an event. */
export type ExtraFields<E> = (event: E, context: ExtraContext) => object;
/** A format as one world uses it: with the names of each store's language and the extra columns. */
export interface OpenFormat<E> {
    readonly columns: readonly GlueColumn[];
    readonly extra: readonly ExtraValues[];
    readonly eventAt: (batch: EventBatch, n: number) => E;
    readonly encoder: () => BatchEncoder;
}
/** Opens a format for a shard. @throws WorldError `INVALID_OPTION` */
export declare function openFormat<E>(format: EventFormat<E>, world: FormatWorld, declared: readonly ExtraColumn[], fields: ExtraFields<E> | undefined): OpenFormat<E>;
//# sourceMappingURL=own-format.d.ts.map