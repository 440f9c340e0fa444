import { Table } from 'apache-arrow';
import { EventBatch } from '../output/event-batch.js';
import type { World } from '../world/world.js';
/** What `toArrow` looks up names in: a world. */
export type ArrowWorld = Pick<World, 'stores' | 'products' | 'extraColumns'>;
/**
 * Returns an Arrow table of a batch: `event_time`, `sequence`, `store_id`, `product_id`, `event_type`, `quantity_delta`,
 * `current_stock`, `min_threshold`, `on_order`, `unit_price` and the declared extra columns, named as in the events. Names
 * are dictionaries. Whole numbers are the batch's own memory, without a copy: of a batch that is lent, copy the table
 * (`tableToIPC`) before the next batch, or be done with it by then.
 *
 * @example
 * ```ts
 * import { createWorld } from '@store/generator';
 * import { toArrow } from '@store/generator/arrow';
 * import { tableToIPC } from 'apache-arrow';
 *
 * const world = createWorld({ seed: 7, stores: 2, products: 40 });
 * for (const batch of world.batches()) console.log(tableToIPC(toArrow(world, batch)).length);
 * ```
 *
 * @throws WorldError `INVALID_OPTION`
 */
export declare function toArrow(world: ArrowWorld, batch: EventBatch): Table;
//# sourceMappingURL=index.d.ts.map