import { DemandTable, GROUPS, ownDispersions, rateMeans } from '../model/demand.js';
import { divideVariance, type Movement } from '../model/dispersion.js';
import { exp, normalQuantile } from '../model/exact-math.js';
import type { WorldModel } from '../model/world-model.js';

/** Demand rows of a model, with the highest row that a group has. */
export interface DemandRows {
  readonly table: DemandTable;
  /** k of each group, for levels and days together. */
  readonly dispersions: Float64Array;
  /** Standard deviation of the logarithm of its slow level. */
  readonly deviations: Float64Array;
  readonly means: Float64Array;
  readonly topClass: number;
}

let cached: { readonly key: string; readonly rows: DemandRows } | undefined;

/**
 * The demand rows of a model, and of the groups of one's own dispersions that are used; the last ones are kept, with what
 * was computed of them, since they take 2.6 MB.
 */
export function demandRows(
  model: WorldModel,
  movement: Movement,
  ownGroups: ReadonlySet<number> = new Set(),
): DemandRows {
  const used = [...ownGroups].sort((a, b) => a - b);
  const { memory, shocks } = movement;
  const moved = [memory, shocks.store, shocks.storeWeek, shocks.local];
  const key = [model.fixedMean, model.logDispersion, model.logDispersionSpread, ...moved, ...used].join();
  if (cached?.key !== key) cached = { key, rows: buildRows(model, movement, used) };
  return cached.rows;
}

/** Groups of a model: means of equal parts of its distribution of ln(k). */
function modelDispersions(model: WorldModel): Float64Array {
  return Float64Array.from({ length: GROUPS }, (_, group) =>
    exp(model.logDispersion + model.logDispersionSpread * normalQuantile((group + 0.5) / GROUPS)),
  );
}

function buildRows(model: WorldModel, movement: Movement, ownGroups: readonly number[]): DemandRows {
  if (model.fixedMean > 0) {
    return rowsOf(Float64Array.of(model.fixedMean), Float64Array.of(Infinity), movement);
  }
  const dispersions = new Float64Array(Math.max(GROUPS, ...ownGroups.map((group) => group + 1)));
  dispersions.set(modelDispersions(model));
  const grid = ownDispersions();
  for (const group of ownGroups) dispersions[group] = grid[group - GROUPS] ?? 0;
  return rowsOf(rateMeans(), dispersions, movement);
}

function rowsOf(means: Float64Array, dispersions: Float64Array, movement: Movement): DemandRows {
  const divided = Array.from(dispersions, (k) => (k === 0 ? undefined : divideVariance(k, movement)));
  return {
    table: new DemandTable(
      means,
      Float64Array.from(divided, (part) => part?.dispersion ?? 0),
    ),
    dispersions,
    deviations: Float64Array.from(divided, (part) => part?.deviation ?? 0),
    means,
    topClass: means.length - 1,
  };
}
