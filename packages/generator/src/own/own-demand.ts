import { DRAWN, DRAWN_GROUP, modelDispersions, type OwnDemand } from '../day/series-state.js';
import type { SeriesLayout } from '../day/series-layout.js';
import { ALL_GROUPS, GROUPS, ownDispersionRange, ownGroupOf, rateClassOf } from '../model/demand.js';
import { exp, log } from '../model/exact-math.js';
import type { Product } from '../model/products.js';
import type { Randomness } from '../model/randomness.js';
import type { Store } from '../model/stores.js';
import type { WorldModel } from '../model/world-model.js';
import type { DemandInput } from './world-file.js';

/**
 * Demand of one's own for each series of a shard: means and dispersions that are given, and, where levels have a memory,
 * dispersions that make room for it, since the variance of a day is to stay what it was.
 */
export function ownDemand(
  demand: DemandInput | undefined,
  model: WorldModel,
  stores: readonly Store[],
  products: readonly Product[],
  layout: SeriesLayout,
  randomness: Randomness,
): OwnDemand | undefined {
  const { series = [], memory = 0 } = demand ?? {};
  if (series.length === 0 && memory === 0) return undefined;
  const rateClass = new Uint16Array(layout.length).fill(DRAWN);
  const group = new Uint8Array(layout.length).fill(DRAWN_GROUP);
  if (memory > 0) drawGroups(group, memory, model, stores, layout, randomness);
  const storeAt = new Map(stores.map(({ store_id }, s) => [store_id, s]));
  const productAt = new Map(products.map(({ product_id }, p) => [product_id, p]));
  for (const { store_id, product_id, mean, dispersion } of series) {
    const s = storeAt.get(store_id);
    const p = productAt.get(product_id);
    // A store of another shard is not here.
    if (s === undefined || p === undefined) continue;
    const i = layout.seriesOf(s * products.length + p);
    rateClass[i] = rateClassOf(log(mean));
    if (dispersion !== undefined) group[i] = ownGroupOf(roomFor(dispersion, memory));
  }
  return { rateClass, group };
}

/** Groups of one's own dispersions that some series has. */
export function usedGroups(demand: OwnDemand | undefined): ReadonlySet<number> {
  const used = new Set<number>();
  for (const group of demand?.group ?? []) if (group >= GROUPS && group < ALL_GROUPS) used.add(group);
  return used;
}

/** The dispersion of a day around its level, so that level and day together have the variance of the one given. */
function roomFor(dispersion: number, memory: number): number {
  if (memory === 0) return dispersion;
  const ofLevel = exp(memory * memory) - 1;
  const left = (1 / dispersion - ofLevel) / (1 + ofLevel);
  const [least, most] = ownDispersionRange;
  return left <= 1 / most ? most : Math.max(least, 1 / left);
}

function drawGroups(
  group: Uint8Array,
  memory: number,
  model: WorldModel,
  stores: readonly Store[],
  layout: SeriesLayout,
  randomness: Randomness,
): void {
  const moved = Uint8Array.from(modelDispersions(model), (dispersion) =>
    ownGroupOf(roomFor(dispersion, memory)),
  );
  for (const s of stores.keys()) {
    const draws = randomness.ofKeys(layout.key0[s] ?? 0, layout.key1[s] ?? 0);
    let i = layout.offsets[s] ?? 0;
    for (const p of layout.lists[s] ?? []) {
      const [, other] = draws.ofSeries((layout.firstId[s] ?? 0) + p, 0);
      group[i++] = moved[other & 7] ?? DRAWN_GROUP;
    }
  }
}
