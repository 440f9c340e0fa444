import type { WorldModel } from '../model/world-model.js';
import type { DemandInput } from './world-file.js';

/** How demand moves in a world: what its data says, and what it leaves out as in the preset. */
export interface DemandSettings {
  readonly elasticity: number;
  readonly memory: number;
  /** Standard deviations of logarithms: a store's day, a store's slow level, a product's week in a cluster. */
  readonly shocks: { readonly store: number; readonly storeWeek: number; readonly local: number };
  /** Share of a promotion's additional units that are missing a week later. */
  readonly dip: number;
}

/**
 * Settles how demand moves. What is left out comes from the preset where demand is drawn. Where series have a demand of
 * their own, which was put down or fitted without what is left out, nothing moves it but what the data names. With one mean for
 * all series nothing but prices does.
 */
export function demandSettings(model: WorldModel, given: DemandInput = {}): DemandSettings {
  const { elasticity = model.priceElasticity, memory, shocks, series = [] } = given;
  const isDrawn = model.fixedMean === 0 && series.length === 0;
  return {
    elasticity,
    memory: memory ?? (isDrawn ? model.memory : 0),
    shocks: {
      store: shocks?.store ?? (isDrawn ? model.storeDayShock : 0),
      storeWeek: shocks?.storeWeek ?? (isDrawn ? model.storeWeekShock : 0),
      local: shocks?.local ?? (isDrawn ? model.productWeekShock : 0),
    },
    dip: given.dip ?? (series.length === 0 ? model.promotionDip : 0),
  };
}
