import type { WorldModel } from '../model/world-model.js';
import type { DemandRows } from './demand-rows.js';

/**
 * What happens to a series at most once a day and seldom: one random word decides which, if any. Limits are
 * cumulative in units of 2^-32, one entry for each rate class, since losses and returns grow with sales.
 */
export interface Rarities {
  readonly theft: Uint32Array;
  readonly damage: Uint32Array;
  readonly bringBack: Uint32Array;
  readonly anything: Uint32Array;
  /** Units lost at a time, by rate class. */
  readonly lossUnits: Uint16Array;
  readonly missedOrder: number;
  readonly lateTruck: number;
  readonly shortOrder: number;
  readonly wrongReceipt: number;
  readonly substitution: number;
}

/** More than this share of days, and losses grow in units instead. */
const MOST_OFTEN = 0.2;

/** A probability as a limit for a 32-bit word. */
function limit(p: number): number {
  return Math.min(0xffff_ffff, Math.floor(p * 0x1_0000_0000));
}

/** Computes the limits of a model. */
export function rarities(model: WorldModel, { means }: DemandRows): Rarities {
  const theft = new Uint32Array(means.length);
  const damage = new Uint32Array(means.length);
  const bringBack = new Uint32Array(means.length);
  const anything = new Uint32Array(means.length);
  const lossUnits = new Uint16Array(means.length);
  for (const [rate, mean] of means.entries()) {
    const lost = mean * model.shrinkRate;
    const units = Math.max(1, Math.ceil(lost / MOST_OFTEN));
    lossUnits[rate] = units;
    const stolen = (lost / units) * model.unseenShrinkShare;
    const broken = (lost / units) * (1 - model.unseenShrinkShare);
    const returned = Math.min(0.2, mean * model.returnRate);
    theft[rate] = limit(stolen);
    damage[rate] = limit(stolen + broken);
    bringBack[rate] = limit(stolen + broken + returned);
    anything[rate] = limit(stolen + broken + returned + model.shelfFailureRate);
  }
  return {
    theft,
    damage,
    bringBack,
    anything,
    lossUnits,
    missedOrder: limit(model.missedOrderRate),
    lateTruck: limit(model.lateRate),
    shortOrder: limit(model.shortRate),
    wrongReceipt: limit(model.receivingErrorRate),
    substitution: limit(model.substitutionRate),
  };
}

/** What the stock must be below for an order: the reorder point, or the level itself. */
export function orderTrigger({ policy }: WorldModel): 'threshold' | 'upTo' {
  return policy === 'RS' || policy === 'newsvendor' ? 'upTo' : 'threshold';
}
