import { normalTable } from '../model/exact-math.js';
import { categoryOf } from '../model/categories.js';
import { ALL_GROUPS, rateClassOf } from '../model/demand.js';
import { newsvendorLevel, orderSize, reorderLevel } from '../model/replenishment.js';
import type { Product } from '../model/products.js';
import type { Randomness } from '../model/randomness.js';
import type { Store } from '../model/stores.js';
import { placeOfProduct, placeOfStore } from '../model/strata.js';
import type { WorldModel } from '../model/world-model.js';
import type { DemandRows } from './demand-rows.js';
import type { SeriesLayout } from './series-layout.js';

/** What `OwnDemand` holds where a series' demand is drawn. */
export const DRAWN = 0xffff;
export const DRAWN_GROUP = 0xff;
/** A due day that never comes. */
export const NEVER = 0x7fff_ffff;
/** The highest order-up-to level, units: levels take 16 bits. */
const MOST_STOCK = 60_000;
/** Bit of `traits`: the open order is on a late truck. */
export const LATE_BIT = 0x80;

/**
 * The series of one shard, side by side: 23 bytes each. `traits` holds the dispersion group (bits 0 to 2, 5 and 6), the
 * lead days over the least (bits 3 and 4) and `LATE_BIT`.
 */
export interface SeriesState {
  readonly length: number;
  /** What is on the shelf. */
  readonly physical: Int32Array;
  /** What the system believes is there: `current_stock`. */
  readonly recorded: Int32Array;
  readonly onOrder: Int32Array;
  /** Local day on which the open order arrives, or `NEVER`. */
  readonly dueDay: Int32Array;
  readonly rateClass: Uint16Array;
  readonly threshold: Uint16Array;
  readonly upTo: Uint16Array;
  readonly traits: Uint8Array;
}

/** The group of a series' dispersion, out of its traits. */
export const groupOf = (traits: number): number => (traits & 7) | ((traits >>> 2) & 24);

/** Days from a series' order to its truck, where that is not late, out of its traits. */
export const leadDaysOf = ({ leadDays }: WorldModel, traits: number): number =>
  leadDays[0] + ((traits >>> 3) & 3);

/**
 * Whether the sale of a series' product runs out: a truck that is ordered on this local day's evening would come after the last
 * day of sale, so that nothing is ordered, and the reorder point is 0.
 */
export const runsOut = (
  model: WorldModel,
  traits: number,
  day: number,
  lastDay: number | undefined,
): boolean => day + Math.max(1, leadDaysOf(model, traits)) > (lastDay ?? Infinity);

/** What tells the reorder points of a day. */
interface ReorderPoints {
  readonly model: WorldModel;
  readonly state: Pick<SeriesState, 'traits' | 'threshold'>;
  /** Last local day of sale of each product; undefined where none is withdrawn. */
  readonly lastDays: Float64Array | undefined;
}

/** The reorder point of a series on a local day, `min_threshold` of its events. */
export const reorderPointOf = (
  { model, state, lastDays }: ReorderPoints,
  i: number,
  p: number,
  day: number,
): number =>
  lastDays !== undefined && runsOut(model, state.traits[i] ?? 0, day, lastDays[p])
    ? 0
    : (state.threshold[i] ?? 0);

/** Demand of one's own: the rate class and dispersion group of each series, 0xffff and 0xff where they are drawn. */
export interface OwnDemand {
  readonly rateClass: Uint16Array;
  readonly group: Uint8Array;
}

const noProducts = new Int32Array(0);

/** Draws what is fixed about each series of a shard, and what is on its shelf at first. */
export function createSeries(input: {
  readonly model: WorldModel;
  readonly rows: DemandRows;
  readonly randomness: Randomness;
  readonly stores: readonly Store[];
  readonly products: readonly Product[];
  readonly layout: SeriesLayout;
  readonly lastDays: Float64Array | undefined;
  readonly demand: OwnDemand | undefined;
  readonly day: number;
  readonly ordered: boolean;
}): SeriesState {
  const { model, rows, randomness, stores, products, layout, lastDays, demand, day, ordered } = input;
  const { length } = layout;
  const state: SeriesState = {
    length,
    physical: new Int32Array(length),
    recorded: new Int32Array(length),
    onOrder: new Int32Array(length),
    dueDay: new Int32Array(length).fill(NEVER),
    rateClass: new Uint16Array(length),
    threshold: new Uint16Array(length),
    upTo: new Uint16Array(length),
    traits: new Uint8Array(length),
  };
  const normals = normalTable();
  const normal = (word: number): number => normals[word >>> 20] ?? 0;
  const share = {
    store: Math.sqrt(model.storeShare),
    category: Math.sqrt(model.categoryShare),
    product: Math.sqrt(model.productShare),
    alone: Math.sqrt(model.productShare + model.categoryShare),
  };
  const productEffects = products.map(({ index, category, input }) => {
    const own = normals[placeOfProduct(randomness, index, 0)] ?? 0;
    const level = input === undefined ? categoryOf(category)?.level : undefined;
    return level === undefined ? share.alone * own : share.category * level + share.product * own;
  });
  const [leastLead, mostLead] = model.leadDays;
  const leadVariance = model.lateDays * model.lateDays * model.lateRate * (1 - model.lateRate);
  const pairShare = Math.sqrt(Math.max(0, 1 - model.storeShare - model.categoryShare - model.productShare));
  const levels = new Map<number, number>();

  // Loops by number and words by place: iterators and lists taken apart made the compiler's work, which is most of a
  // fresh process' first events, half as much again (bench/first-event.bench.ts).
  for (let s = 0; s < stores.length; s++) {
    const storeEffect = share.store * (normals[placeOfStore(randomness, stores[s]?.index ?? 0, 0)] ?? 0);
    const draws = randomness.ofKeys(layout.key0[s] ?? 0, layout.key1[s] ?? 0);
    const list = layout.lists[s] ?? noProducts;
    for (let k = 0; k < list.length; k++) {
      const i = (layout.offsets[s] ?? 0) + k;
      const p = list[k] ?? 0;
      const pack = products[p]?.packUnits ?? 1;
      const g = (layout.firstId[s] ?? 0) + p;
      const words = draws.ofSeries(g, 0);
      const pair = words[0];
      const other = words[1];
      const effect = storeEffect + (productEffects[p] ?? 0) + pairShare * normal(pair);
      const drawn = model.fixedMean > 0 ? 0 : rateClassOf(model.logMean + model.logMeanSpread * effect);
      const ownRate = demand?.rateClass[i] ?? DRAWN;
      const rate = ownRate === DRAWN ? drawn : ownRate;
      const ownGroup = demand?.group[i] ?? DRAWN_GROUP;
      const group = model.fixedMean > 0 ? 0 : ownGroup === DRAWN_GROUP ? other & 7 : ownGroup;
      const lead = leastLead + (((other >>> 3) & 0xff) % (mostLead - leastLead + 1));
      const mean = rows.means[rate] ?? 0;
      const dispersion = rows.dispersions[group] ?? 1;
      const { threshold, upTo } = levelsOf(mean, dispersion, lead, pack, rate * ALL_GROUPS + group);
      state.rateClass[i] = rate;
      state.traits[i] = (group & 7) | ((group & 24) << 2) | ((lead - leastLead) << 3);
      state.threshold[i] = threshold;
      state.upTo[i] = upTo;

      // At first: somewhere in the cycle, one in four with an order on its way.
      const first = draws.ofSeries(g, 1);
      const position = first[0];
      const open = first[1];
      const waiting = ordered && lead > 0 && (open & 3) === 0;
      const stock = waiting
        ? position % Math.max(1, threshold)
        : threshold + (position % Math.max(1, upTo - threshold + 1));
      state.physical[i] = stock;
      state.recorded[i] = stock;
      const dueDay = day + 1 + ((open >>> 2) % lead);
      if (waiting && (lastDays === undefined || dueDay <= (lastDays[p] ?? Infinity))) {
        state.onOrder[i] = Math.ceil((upTo - stock) / pack) * pack;
        state.dueDay[i] = dueDay;
      }
    }
  }
  return state;

  function levelsOf(
    mean: number,
    dispersion: number,
    lead: number,
    pack: number,
    row: number,
  ): { readonly threshold: number; readonly upTo: number } {
    const variance = mean + (mean * mean) / dispersion;
    const computed = Math.max(
      model.leastReorderPoint,
      reorderLevel({
        meanPerDay: mean,
        variancePerDay: variance,
        leadDays: lead,
        leadVariance,
        safetyFactor: model.safetyFactor,
      }),
    );
    const threshold =
      model.fixedReorderPoint >= 0 ? model.fixedReorderPoint : Math.min(MOST_STOCK / 2, computed);
    if (model.fixedOrderUpTo >= 0) return { threshold, upTo: Math.max(threshold, model.fixedOrderUpTo) };
    switch (model.policy) {
      case 'newsvendor': {
        const key = row * 16 + lead;
        const level =
          levels.get(key) ?? newsvendorLevel(mean * (lead + 1), dispersion * (lead + 1), model.criticalRatio);
        levels.set(key, level);
        return { threshold: Math.max(1, Math.ceil(mean)), upTo: Math.max(1, level) };
      }
      case 'RS':
        return {
          threshold,
          upTo: Math.min(MOST_STOCK, Math.max(threshold + 1, Math.ceil(threshold + mean * model.reviewDays))),
        };
      case 'sS':
      case 'sQ': {
        const quantity = Math.max(pack, Math.round(orderSize(model.orderCostRatio, 1, mean)));
        return { threshold, upTo: Math.min(MOST_STOCK, threshold + quantity) };
      }
    }
  }
}
