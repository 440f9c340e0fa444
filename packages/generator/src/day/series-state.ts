import { log, normalQuantile, normalTable, exp } from '../model/exact-math.js';
import {
  GROUPS,
  demandDistributions,
  demandProbabilities,
  demandTable,
  rateClassOf,
  rateMeans,
  RATE_CLASSES,
  type DemandTable,
} from '../model/demand.js';
import { newsvendorLevel, orderSize, reorderLevel } from '../model/replenishment.js';
import type { Product } from '../model/products.js';
import type { Randomness } from '../model/randomness.js';
import type { WorldModel } from '../model/world-model.js';

/** A due day that never comes. */
export const NEVER = 0x7fff_ffff;
/** The highest order-up-to level, units: levels take 16 bits. */
const MOST_STOCK = 60_000;
/** Bit of `traits`: the open order is on a late truck. */
export const LATE_BIT = 0x80;

/**
 * The series of one shard, side by side: 24 bytes each. `traits` holds the dispersion group (bits 0 to 2), the lead
 * days over the least (bits 3 and 4) and `LATE_BIT`.
 */
export interface SeriesState {
  readonly length: number;
  /** What lies on the shelf. */
  readonly physical: Int32Array;
  /** What the system believes lies there: `current_stock`. */
  readonly recorded: Int32Array;
  readonly onOrder: Int32Array;
  /** Local day on which the open order arrives, or `NEVER`. */
  readonly dueDay: Int32Array;
  readonly rateClass: Uint16Array;
  readonly threshold: Uint16Array;
  readonly upTo: Uint16Array;
  readonly traits: Uint8Array;
}

/** Demand rows of a model, with the highest row that a group has. */
export interface DemandRows {
  readonly table: DemandTable;
  readonly dispersions: Float64Array;
  readonly means: Float64Array;
  readonly topClass: number;
}

let cached: { readonly key: string; readonly rows: DemandRows } | undefined;

/** The demand rows of a model; the last ones are kept, since they cost 2.6 MB and some 30 ms. */
export function demandRows(model: WorldModel): DemandRows {
  const key = [model.fixedMean, model.logDispersion, model.logDispersionSpread].join();
  if (cached?.key !== key) cached = { key, rows: buildRows(model) };
  return cached.rows;
}

function buildRows(model: WorldModel): DemandRows {
  if (model.fixedMean > 0) {
    return {
      table: demandTable([demandProbabilities(model.fixedMean, Infinity)]),
      dispersions: Float64Array.of(Infinity),
      means: Float64Array.of(model.fixedMean),
      topClass: 0,
    };
  }
  const dispersions = Float64Array.from({ length: GROUPS }, (_, group) =>
    exp(model.logDispersion + model.logDispersionSpread * normalQuantile((group + 0.5) / GROUPS)),
  );
  return {
    table: demandTable(demandDistributions(dispersions)),
    dispersions,
    means: rateMeans(),
    topClass: RATE_CLASSES - 1,
  };
}

/** Draws what is fixed about each series of stores `first` to `last` (excluded), and what lies on its shelf at first. */
export function createSeries(input: {
  readonly model: WorldModel;
  readonly rows: DemandRows;
  readonly randomness: Randomness;
  readonly products: readonly Product[];
  readonly first: number;
  readonly last: number;
  readonly day: number;
  readonly ordered: boolean;
}): SeriesState {
  const { model, rows, randomness, products, first, last, day, ordered } = input;
  const length = (last - first) * products.length;
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
  const productEffects = products.map(({ index }) => normal(randomness.ofProduct(index, 0)[0]));
  const [leastLead, mostLead] = model.leadDays;
  const leadVariance = model.lateDays * model.lateDays * model.lateRate * (1 - model.lateRate);
  const share = { store: Math.sqrt(model.storeShare), product: Math.sqrt(model.productShare) };
  const pairShare = Math.sqrt(Math.max(0, 1 - model.storeShare - model.productShare));
  const levels = new Map<number, number>();

  let i = 0;
  for (let store = first; store < last; store++) {
    const storeEffect = normal(randomness.ofStore(store, 0)[0]);
    for (const [p, product] of products.entries()) {
      const g = store * products.length + p;
      const [pair, other] = randomness.ofSeries(g, 0);
      const effect =
        share.store * storeEffect + share.product * (productEffects[p] ?? 0) + pairShare * normal(pair);
      const rate = model.fixedMean > 0 ? 0 : rateClassOf(model.logMean + model.logMeanSpread * effect);
      const group = model.fixedMean > 0 ? 0 : other & 7;
      const lead = leastLead + (((other >>> 3) & 0xff) % (mostLead - leastLead + 1));
      const mean = rows.means[rate] ?? 0;
      const dispersion = rows.dispersions[group] ?? 1;
      const { threshold, upTo } = levelsOf(mean, dispersion, lead, product.packUnits, rate * GROUPS + group);
      state.rateClass[i] = rate;
      state.traits[i] = group | ((lead - leastLead) << 3);
      state.threshold[i] = threshold;
      state.upTo[i] = upTo;

      // At first: somewhere in the cycle, one in four with an order on its way.
      const [position, open] = randomness.ofSeries(g, 1);
      const waiting = ordered && lead > 0 && (open & 3) === 0;
      const stock = waiting
        ? position % Math.max(1, threshold)
        : threshold + (position % Math.max(1, upTo - threshold + 1));
      state.physical[i] = stock;
      state.recorded[i] = stock;
      if (waiting) {
        state.onOrder[i] = Math.ceil((upTo - stock) / product.packUnits) * product.packUnits;
        state.dueDay[i] = day + 1 + ((open >>> 2) % lead);
      }
      i++;
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

/** Rate classes by which a price ratio moves demand: elasticity times its logarithm. */
export function priceShift(elasticity: number, ratio: number): number {
  return -elasticity * log(ratio);
}
