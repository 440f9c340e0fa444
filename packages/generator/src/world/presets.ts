import type { InventoryEvent, WorkshopEvent } from '@store/schema';
import { models, type WorldModel } from '../model/world-model.js';
import { inventoryFormat, workshopFormat, type EventFormat } from '../output/event-format.js';

/** A kind of world: how it behaves and how its events look. Plain data, so that a copy can differ in any part. */
export interface WorldPreset<E> {
  /** Numbers of the simulation. */
  readonly model: WorldModel;
  /** Columns and encoder of its events. */
  readonly format: EventFormat<E>;
}

/**
 * Worlds with a name.
 *
 * @example
 * ```ts
 * import { createWorld, presets } from '@store/generator';
 *
 * const { model, format } = presets.m5;
 * const honest = createWorld({ preset: { model: { ...model, shrinkRate: 0 }, format } });
 * const workshop = createWorld({ preset: presets.workshop });
 * for (const { restock_status } of workshop.events()) console.log(restock_status, honest.stores.length);
 * ```
 */
export const presets: {
  /** Walmart's M5 demand, world-average stockouts, United States shrink. */
  readonly m5: WorldPreset<InventoryEvent>;
  /** Perishables ordered daily by a newsvendor: about a fifth of days end in a stockout. */
  readonly fresh: WorldPreset<InventoryEvent>;
  /** The M5 world of a high-low retailer: more than a quarter of its volume is sold on promotion. */
  readonly highLow: WorldPreset<InventoryEvent>;
  /** The M5 world with one count a year and fewer thefts: about 65 % of records are wrong when they are counted. */
  readonly audit: WorldPreset<InventoryEvent>;
  /** The M5 world in the workshop's nine fields. */
  readonly workshop: WorldPreset<WorkshopEvent>;
  /** Poisson demand, backorders, no lead time, no error: what inventory theory has exact answers for. */
  readonly theory: WorldPreset<InventoryEvent>;
} = Object.freeze({
  m5: Object.freeze({ model: models.m5, format: inventoryFormat }),
  fresh: Object.freeze({ model: models.fresh, format: inventoryFormat }),
  highLow: Object.freeze({ model: models.highLow, format: inventoryFormat }),
  audit: Object.freeze({ model: models.audit, format: inventoryFormat }),
  workshop: Object.freeze({ model: models.m5, format: workshopFormat }),
  theory: Object.freeze({ model: models.theory, format: inventoryFormat }),
});

/** Names of the presets whose events are of type `E`. */
export type PresetName<E = unknown> = {
  [Name in keyof typeof presets]: (typeof presets)[Name] extends WorldPreset<E> ? Name : never;
}[keyof typeof presets];
