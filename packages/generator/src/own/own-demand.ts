import { DRAWN, DRAWN_GROUP, type OwnDemand } from '../day/series-state.js';
import type { SeriesLayout } from '../day/series-layout.js';
import { ALL_GROUPS, GROUPS, ownGroupOf, rateClassOf } from '../model/demand.js';
import { log } from '../model/exact-math.js';
import type { Product } from '../model/products.js';
import type { Store } from '../model/stores.js';
import type { DemandInput } from './world-file.js';

/** Means and dispersions of one's own for the series of a shard; undefined where none has any. */
export function ownDemand(
  demand: DemandInput | undefined,
  stores: readonly Store[],
  products: readonly Product[],
  layout: SeriesLayout,
): OwnDemand | undefined {
  const series = demand?.series ?? [];
  if (series.length === 0) return undefined;
  const rateClass = new Uint16Array(layout.length).fill(DRAWN);
  const group = new Uint8Array(layout.length).fill(DRAWN_GROUP);
  const storeAt = new Map(stores.map(({ store_id }, s) => [store_id, s]));
  const productAt = new Map(products.map(({ product_id }, p) => [product_id, p]));
  for (const { store_id, product_id, mean, dispersion } of series) {
    const s = storeAt.get(store_id);
    const p = productAt.get(product_id);
    // A store of another shard is not here.
    if (s === undefined || p === undefined) continue;
    const i = layout.seriesOf(s * products.length + p);
    rateClass[i] = rateClassOf(log(mean));
    if (dispersion !== undefined) group[i] = ownGroupOf(dispersion);
  }
  return { rateClass, group };
}

/** Groups of one's own dispersions that some series has. */
export function usedGroups(demand: OwnDemand | undefined): ReadonlySet<number> {
  const used = new Set<number>();
  for (const group of demand?.group ?? []) if (group >= GROUPS && group < ALL_GROUPS) used.add(group);
  return used;
}
