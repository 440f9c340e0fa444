import { weekdayOf } from '../model/calendar.js';
import { RATE_STEP } from '../model/demand.js';
import { exp, log, normalTable } from '../model/exact-math.js';
import type { Randomness } from '../model/randomness.js';
import type { Store } from '../model/stores.js';
import { placeOfStore } from '../model/strata.js';
import type { WorldModel } from '../model/world-model.js';
import type { DemandSettings } from './demand-settings.js';
import { weekOf } from './promotions.js';

/** How a store's week leans to its end: Saturday has the spread, working days lose what weekends win. */
const lean: readonly number[] = [-0.55, -0.6, -0.55, -0.4, 0.2, 1, 0.9];
/** Leans that stores have, so that factors are computed once. */
const LEANS = 64;
/** Weeks of which a store's slow level is the mean. */
const WEEKS = 4;

/** By how much a whole store sells more or less than its group on a local day: a function of store and day. */
export class StoreMovement {
  readonly #randomness: Randomness;
  readonly #shocks: DemandSettings['shocks'];
  readonly #spread: number;
  /** Logarithms of the seven factors of each lean. */
  readonly #weekdays: Float64Array;

  constructor(model: WorldModel, { shocks }: DemandSettings, randomness: Randomness) {
    this.#randomness = randomness;
    this.#shocks = shocks;
    this.#spread = model.weekdaySpread;
    this.#weekdays = this.#spread === 0 ? new Float64Array(0) : leaningWeeks(model);
  }

  /** Rate classes to add to those of every product of a store. */
  shift({ index }: Store, day: number, drawnWeekdays: boolean): number {
    const normals = normalTable();
    const { store, storeWeek } = this.#shocks;
    let logarithm = -(store * store + storeWeek * storeWeek) / 2;
    if (drawnWeekdays && this.#spread > 0) {
      const place = placeOfStore(this.#randomness, index, 2) * (LEANS / normals.length);
      logarithm += this.#weekdays[Math.floor(place) * 7 + weekdayOf(day)] ?? 0;
    }
    if (store > 0) logarithm += store * (normals[this.#randomness.ofStoreDay(index, day) >>> 20] ?? 0);
    if (storeWeek > 0) {
      const week = weekOf(day);
      let sum = 0;
      for (let w = week - WEEKS + 1; w <= week; w++)
        sum += normals[this.#randomness.ofStoreWeek(index, w) >>> 20] ?? 0;
      logarithm += (storeWeek * sum) / Math.sqrt(WEEKS);
    }
    // Without a negative zero, which an engine keeps apart from small integers.
    return Math.round(logarithm / RATE_STEP) | 0;
  }
}

/** Weeks that lean to their end by quantiles of a normal variable, each selling what the model's week sells. */
function leaningWeeks({ weekdays, weekdaySpread }: WorldModel): Float64Array {
  const normals = normalTable();
  const weeks = new Float64Array(LEANS * 7);
  const whole = weekdays.reduce((sum, factor) => sum + factor, 0);
  for (let n = 0; n < LEANS; n++) {
    const normal = normals[Math.floor(((n + 0.5) / LEANS) * normals.length)] ?? 0;
    const leaning = lean.map((part) => weekdaySpread * part * normal);
    const sold = leaning.reduce((sum, part, day) => sum + exp(part) * (weekdays[day] ?? 0), 0);
    for (const [day, part] of leaning.entries()) weeks[n * 7 + day] = part - log(sold / whole);
  }
  return weeks;
}
