import { SeriesLayout } from '../day/series-layout.js';
import type { ShardClock } from '../day/shard-clock.js';
import { rateMeans, RATE_CLASSES } from '../model/demand.js';
import { Randomness } from '../model/randomness.js';
import { demandSettings } from '../own/demand-settings.js';
import type { Plan } from '../own/plan.js';
import { dayNumber } from '../own/promotions.js';
import type { WorldSettings } from './options.js';

/**
 * Neighbouring products that a sample of a large assortment takes together: each is drawn from another part of the
 * distribution, and a missing one sends its buyers to the next. Stores differ: many with one block are better than few
 * with more.
 */
const BLOCK = 8;
/** Products times stores times days for which prices are drawn at most, however many products there are. */
export const PRICED_DAYS = 8_000_000;
/** Strata of series by the units that they want: what a unit is in events depends on it. */
const STRATA = 16;
/** What a series-day adds to its units wanted, in expected events: counts, prices, orders. */
const QUIET_DAY = 0.1;

/** Some of a shard's series, which stand for all of them. */
export interface Part {
  readonly plan: Plan;
  readonly settings: WorldSettings;
  /** Position in the shard of each of its stores. */
  readonly stores: readonly number[];
  /** Stratum of each cell of the part. */
  readonly strata: Uint8Array;
  /** Each stratum of the shard tells this many times what that of the part does. */
  readonly scales: Float64Array;
}

/**
 * Takes some of a shard's series: of many stores, and of a store with too many products blocks of neighbours.
 *
 * @param simulated - days that each of them is simulated
 * @param ahead - first local day ahead, and how many there are
 */
export function partOf(
  settings: WorldSettings,
  clock: ShardClock,
  series: number,
  simulated: number,
  ahead: readonly [firstDay: number, days: number],
): Part {
  const { plan } = clock;
  const { layout, products } = plan;
  const perStore = layout.length / plan.stores.length;
  const affordable = Math.min(series / Math.min(BLOCK, perStore), PRICED_DAYS / products.length / simulated);
  const count = Math.max(1, Math.min(plan.stores.length, Math.floor(affordable)));
  const chosen = Array.from({ length: count }, (_, n) =>
    Math.floor(((n + 0.5) * plan.stores.length) / count),
  );
  const wanted = Math.max(BLOCK, series / count);
  const places = chosen.map((s, n) => {
    const length = layout.lists[s]?.length ?? 0;
    if (length < 2 * wanted) return Array.from({ length }, (_, k) => k);
    return blocksOf(length, Math.floor(wanted / BLOCK), (n + 0.5) / count);
  });
  const lists = chosen.map((s, n) =>
    Int32Array.from(places[n] ?? [], (place) => layout.lists[s]?.[place] ?? 0),
  );
  const stores = chosen.map((s) => plan.stores[s]).filter((store) => store !== undefined);
  const isOwn =
    typeof settings.own?.data.stores === 'object' || typeof settings.own?.data.products === 'object';
  const sampled: Plan = {
    ...plan,
    stores,
    layout: new SeriesLayout(stores, products.length, new Randomness(settings.seed), isOwn, lists),
  };
  return {
    plan: sampled,
    settings: settingsOf(settings, new Set(stores.map(({ store_id }) => store_id))),
    stores: chosen,
    ...strataOf(settings, clock, chosen, places, ahead),
  };
}

/** The settings of some stores. */
function settingsOf(settings: WorldSettings, ids: ReadonlySet<string>): WorldSettings {
  const { own } = settings;
  if (own === undefined) return settings;
  const { demand } = own.data;
  // What is left out depends on whether series are given, in other stores too.
  const few = {
    ...demand,
    ...demandSettings(settings.model, demand),
    series: (demand?.series ?? []).filter(({ store_id }) => ids.has(store_id)),
  };
  return { ...settings, own: { ...own, data: { ...own.data, demand: few } } };
}

/** Divides the series by their rates, so that each stratum has as much of the part, and compares it with the shard. */
function strataOf(
  settings: WorldSettings,
  { plan, state }: ShardClock,
  stores: readonly number[],
  places: readonly (readonly number[])[],
  [firstDay, days]: readonly [firstDay: number, days: number],
): { readonly strata: Uint8Array; readonly scales: Float64Array } {
  const { layout, products, lastDays } = plan;
  const means = settings.model.fixedMean > 0 ? new Float64Array(RATE_CLASSES).fill(1) : rateMeans();
  /** Share of the days ahead on which a product is on sale. */
  const present = Float64Array.from(products, ({ launched }, p) => {
    const from = launched === undefined ? firstDay : Math.max(firstDay, dayNumber(launched));
    const to = Math.min(firstDay + days, (lastDays?.[p] ?? Infinity) + 1);
    return Math.max(0, to - from) / days;
  });
  const whole = weightsOf(plan.stores.map((_, s) => [s, layout.lists[s]?.keys() ?? []]));
  const part = weightsOf(stores.map((s, n) => [s, places[n] ?? []]));
  const stratumOf = new Uint8Array(RATE_CLASSES);
  const [all, some] = [new Float64Array(STRATA + 1), new Float64Array(STRATA + 1)];
  const enough = part.reduce((sum, weight) => sum + weight, 0) / STRATA;
  const highest = part.findLastIndex((weight) => weight > 0);
  let stratum = 0;
  for (let rate = 0; rate < RATE_CLASSES; rate++) {
    stratumOf[rate] = stratum;
    all[stratum] = (all[stratum] ?? 0) + (whole[rate] ?? 0);
    some[stratum] = (some[stratum] ?? 0) + (part[rate] ?? 0);
    // Something of the part is in each.
    if ((some[stratum] ?? 0) >= enough && rate < highest) stratum++;
  }
  const strata = new Uint8Array(stores.length * products.length);
  for (const [n, s] of stores.entries()) {
    for (const place of places[n] ?? []) {
      const p = layout.lists[s]?.[place] ?? 0;
      strata[n * products.length + p] =
        stratumOf[state.rateClass[(layout.offsets[s] ?? 0) + place] ?? 0] ?? 0;
    }
  }
  return { strata, scales: all.map((weight, n) => (some[n] === 0 ? 0 : weight / (some[n] ?? 1))) };

  /** Expected events of each rate class, roughly. */
  function weightsOf(lists: readonly (readonly [s: number, places: Iterable<number>])[]): Float64Array {
    const weights = new Float64Array(RATE_CLASSES);
    for (const [s, of] of lists) {
      for (const place of of) {
        const rate = state.rateClass[(layout.offsets[s] ?? 0) + place] ?? 0;
        const weight = ((means[rate] ?? 0) + QUIET_DAY) * (present[layout.lists[s]?.[place] ?? 0] ?? 0);
        weights[rate] = (weights[rate] ?? 0) + weight;
      }
    }
    return weights;
  }
}

/** Places of blocks that are spread over a list, in order; `shift` of a block's distance further. */
function blocksOf(length: number, blocks: number, shift: number): readonly number[] {
  return Array.from({ length: blocks }, (_, block) => {
    const first = Math.min(length - BLOCK, Math.floor(((block + shift) * length) / blocks / BLOCK) * BLOCK);
    return Array.from({ length: BLOCK }, (__, n) => first + n);
  }).flat();
}
