import type { InventoryEvent } from '@store/schema';
import { type ExtraContext } from '../output/own-format.js';
import type { ExtraColumn, ExtraOf } from '../own/world-file.js';
import { type WorldOptions } from './options.js';
import { type World } from './world.js';
/**
 * Creates a world and returns it at its start. The same options give the same events on every engine; nothing is
 * read from outside, no clock and no random source.
 *
 * @example
 * ```ts
 * import { createWorld } from '@store/generator';
 *
 * const world = createWorld({ seed: 7, stores: 2, products: 40, start: '2026-01-05', days: 2 });
 * for (const event of world.events()) {
 *   if (event.is_low_stock) console.log(event.store_id, event.product_name, event.current_stock);
 * }
 * ```
 *
 * @throws WorldError `INVALID_OPTION`
 */
export declare function createWorld<E = InventoryEvent, X extends object = object>(options: Omit<WorldOptions<E>, 'extra'> & {
    readonly extra: (event: E, context: ExtraContext) => X;
}): World<E & X>;
/** The same with declared extra columns, which are fields of the events. @throws WorldError `INVALID_OPTION` */
export declare function createWorld<E = InventoryEvent, const C extends readonly ExtraColumn[] = []>(options: Omit<WorldOptions<E>, 'extra'> & {
    readonly extra: C;
}): World<E & ExtraOf<C>>;
/** The same without extra fields. @throws WorldError `INVALID_OPTION` */
export declare function createWorld<E = InventoryEvent>(options?: WorldOptions<E>): World<E>;
//# sourceMappingURL=create-world.d.ts.map