import { SeriesLayout } from '../day/series-layout.js';
import { DAY_MS } from '../model/calendar.js';
import { productsOf, withLaunches, type Product } from '../model/products.js';
import type { Randomness } from '../model/randomness.js';
import { storesOf, storesOfShard, type Store } from '../model/stores.js';
import type { WorldSettings } from '../world/options.js';
import { CalendarDays } from './calendar-days.js';
import { ownProducts } from './own-products.js';
import { ownStores } from './own-stores.js';
import { dayNumber } from './promotions.js';

/** What a shard of a world is made of: built-in, one's own, or some of each. */
export interface Plan {
  readonly stores: readonly Store[];
  readonly products: readonly Product[];
  readonly layout: SeriesLayout;
  /** Days that each product keeps, where products have their own. */
  readonly lives: Uint16Array | undefined;
  /** Last local day of sale of each product; undefined where none is withdrawn. */
  readonly lastDays: Float64Array | undefined;
}

/** Draws and gathers the stores and products of a shard. @throws WorldError `INVALID_OPTION` */
export function openPlan(settings: WorldSettings, randomness: Randomness): Plan {
  const { own, shard, stores: storeCount, products: productCount, model, startMs } = settings;
  const [first, last] = storesOfShard(storeCount, shard);
  const given = own?.data;
  const products =
    typeof given?.products === 'object'
      ? ownProducts(given.products, randomness)
      : withLaunches(
          productsOf(productCount, randomness),
          model.launchRate,
          Math.floor(startMs / DAY_MS),
          randomness,
        );
  const stores =
    typeof given?.stores === 'object'
      ? ownStores(given.stores, first, last, randomness)
      : storesOf(first, last, randomness);
  const isOwn = typeof given?.stores === 'object' || typeof given?.products === 'object';
  const layout = new SeriesLayout(stores, products.length, randomness, isOwn, assortments(stores, products));
  const lives = products.some(({ shelfLifeDays }) => shelfLifeDays !== undefined)
    ? Uint16Array.from(products, ({ shelfLifeDays }) => shelfLifeDays ?? model.shelfLifeDays)
    : undefined;
  const lastDays = products.some(({ input }) => input?.withdrawn !== undefined)
    ? Float64Array.from(products, ({ input }) =>
        input?.withdrawn === undefined ? Infinity : dayNumber(input.withdrawn),
      )
    : undefined;
  return { stores, products, layout, lives, lastDays };
}

/** Opens the days of a plan's stores, which are at no day. */
export function openDays(
  { own, model }: WorldSettings,
  { stores, products, lastDays }: Plan,
  randomness: Randomness,
): CalendarDays {
  return new CalendarDays(own?.data ?? {}, model, stores, products, randomness, lastDays);
}

/** Numbers of the products of each store that has an assortment; stores with the same one share it. */
function assortments(
  stores: readonly Store[],
  products: readonly Product[],
): readonly (Int32Array | undefined)[] {
  if (stores.every(({ assortment }) => assortment === undefined)) return [];
  const places = new Map(products.map(({ product_id }, p) => [product_id, p]));
  const known = new Map<string, Int32Array>();
  return stores.map(({ assortment }) => {
    if (assortment === undefined) return undefined;
    const list = Int32Array.from(assortment, (id) => places.get(id) ?? -1).sort();
    const key = list.join();
    const shared = known.get(key) ?? list;
    known.set(key, shared);
    return shared;
  });
}
