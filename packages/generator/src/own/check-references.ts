import { nearestNames } from '@store/foundation';
import { wrong, type WorldError } from '../errors.js';
import { openAfterChange } from '../model/time-zone.js';
import { builtInPlace, noBuiltInPlace } from './built-in-place.js';
import { checkExtra } from './check-extra.js';
import { zoneAdvice } from './zone-advice.js';
import { onlyZoneOf, zoneByName } from './zones.js';
import type { OwnWorld, ProductInput, StoreInput } from './world-file.js';

/** Places of identifiers. */
export type Places = ReadonlyMap<string, number>;

/** A world's data, as far as names point to each other. */
export interface Names {
  /** Undefined for built-in stores: their ids are known when they are drawn. */
  readonly stores: Places | undefined;
  readonly products: Places | undefined;
}

/** Checks what one part of the data says about another, and returns where each id stands. @throws WorldError */
export function checkReferences(own: OwnWorld): Names {
  const stores = typeof own.stores === 'object' ? own.stores : undefined;
  const products = typeof own.products === 'object' ? own.products : undefined;
  const storePlaces =
    stores &&
    placesOf(
      stores.map(({ store_id }) => store_id),
      'stores',
      'store_id',
    );
  const productPlaces =
    products &&
    placesOf(
      products.map(({ product_id }) => product_id),
      'products',
      'product_id',
    );
  for (const [s, store] of (stores ?? []).entries()) checkStore(store, s, productPlaces);
  for (const [p, product] of (products ?? []).entries()) checkProduct(product, p);
  checkCalendar(own, stores, products, storePlaces, productPlaces);
  checkSeries(own, stores, storePlaces, productPlaces);
  checkExtra(own);
  return { stores: storePlaces, products: productPlaces };
}

function placesOf(ids: readonly string[], list: string, field: string): Places {
  const places = new Map<string, number>();
  for (const [n, id] of ids.entries()) {
    const first = places.get(id);
    if (first !== undefined) {
      throw wrong(
        `${list}[${n}].${field}`,
        id,
        `'${id}' is the id of ${list}[${first}] already; each id may appear once.`,
      );
    }
    places.set(id, n);
  }
  return places;
}

/** Says that a name leads nowhere; without a list of one's own the ids are those of the built-in ones. */
function noSuch(
  path: string,
  id: string,
  what: string,
  known: Iterable<string>,
  list = `${what}s`,
): WorldError {
  const [nearest] = nearestNames(id, known);
  const hint =
    nearest === undefined ? `Add it to \`${list}\`, or take it out.` : `Did you mean '${nearest}'?`;
  return wrong(path, id, `no ${what} '${id}'. ${hint}`);
}

function find(places: Places | undefined, id: string, path: string, what: string): void {
  // Built-in stores and products are looked up when they are drawn.
  if (places !== undefined && !places.has(id)) throw noSuch(path, id, what, places.keys());
}

function checkStore(store: StoreInput, s: number, products: Places | undefined): void {
  const { timeZone, location, assortment, opens = {} } = store;
  const at = `stores[${s}]`;
  if (typeof timeZone === 'string' && zoneByName(timeZone) === undefined) {
    throw wrong(
      `${at}.timeZone`,
      timeZone,
      `no time zone '${timeZone}' in the table. ${zoneAdvice(timeZone)}`,
    );
  }
  if (location === undefined && builtInPlace(store, s) === undefined)
    throw wrong(`${at}.location`, location, noBuiltInPlace(store));
  if (timeZone === undefined && location !== undefined && onlyZoneOf(location.country) === undefined) {
    throw wrong(
      `${at}.timeZone`,
      timeZone,
      `missing, and ${location.country} has not one time zone in the table; name it.`,
    );
  }
  checkSunday(store, s);
  const closed = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
  if (closed.every((day) => opens[day] === null)) {
    throw wrong(`${at}.opens`, opens, 'the store is closed on every weekday; give one at least hours.');
  }
  const seen = new Set<string>();
  for (const [n, id] of (assortment ?? []).entries()) {
    const path = `${at}.assortment[${n}]`;
    find(products, id, path, 'product');
    if (seen.has(id)) throw wrong(path, id, `'${id}' appears twice; each product may appear once.`);
    seen.add(id);
  }
}

/** Clocks change on Sundays, and one offset serves a whole local day. */
function checkSunday(store: StoreInput, s: number): void {
  const { timeZone, location } = store;
  const sunday = store.opens?.sun;
  if (sunday === undefined || sunday === null) return;
  const ofPlace = location === undefined ? undefined : onlyZoneOf(location.country);
  const zone =
    typeof timeZone === 'object'
      ? timeZone
      : timeZone === undefined
        ? (ofPlace ?? builtInPlace(store, s)?.zone)
        : zoneByName(timeZone);
  const earliest = zone === undefined ? undefined : openAfterChange(zone);
  if (zone === undefined || earliest === undefined || sunday[0] >= earliest) return;
  throw wrong(
    `stores[${s}].opens.sun`,
    sunday,
    `the clocks of ${zone.name} change before ${earliest} on a Sunday; open at ${earliest} or later.`,
  );
}

function checkProduct({ launched, withdrawn }: ProductInput, p: number): void {
  if (launched === undefined || withdrawn === undefined || launched <= withdrawn) return;
  throw wrong(
    `products[${p}].withdrawn`,
    withdrawn,
    `before its launch on ${launched}; the last day of sale comes later.`,
  );
}

function checkCalendar(
  { calendar = {} }: OwnWorld,
  stores: readonly StoreInput[] | undefined,
  products: readonly ProductInput[] | undefined,
  storePlaces: Places | undefined,
  productPlaces: Places | undefined,
): void {
  const { byCategory = {}, byCluster = {}, promotions = [] } = calendar;
  const clusters = new Set((stores ?? []).flatMap(({ cluster }) => cluster ?? []));
  for (const name of Object.keys(byCluster)) {
    if (!clusters.has(name))
      throw noSuch(`calendar.byCluster["${name}"]`, name, 'store of the cluster', clusters, 'stores');
  }
  if (products !== undefined) {
    const categories = new Set(products.map(({ category = 'General' }) => category));
    for (const name of Object.keys(byCategory)) {
      if (!categories.has(name))
        throw noSuch(
          `calendar.byCategory["${name}"]`,
          name,
          'product of the category',
          categories,
          'products',
        );
    }
  }
  const sold = new Map<StoreInput, ReadonlySet<string>>();
  const sells = (store: StoreInput | undefined, id: string): boolean => {
    if (store?.assortment === undefined) return true;
    const has = sold.get(store) ?? new Set(store.assortment);
    sold.set(store, has);
    return has.has(id);
  };
  for (const [n, { product_id, stores: some, from, to }] of promotions.entries()) {
    const at = `calendar.promotions[${n}]`;
    find(productPlaces, product_id, `${at}.product_id`, 'product');
    if (some?.length === 0)
      throw wrong(`${at}.stores`, some, 'names no store; leave it out for every store.');
    const seen = new Set<string>();
    for (const [k, id] of (some ?? []).entries()) {
      find(storePlaces, id, `${at}.stores[${k}]`, 'store');
      if (seen.has(id))
        throw wrong(`${at}.stores[${k}]`, id, `'${id}' appears twice; each store may appear once.`);
      seen.add(id);
      const s = storePlaces?.get(id) ?? 0;
      if (!sells(stores?.[s], product_id)) {
        const advice = `add it to stores[${s}].assortment, or take the store out.`;
        throw wrong(`${at}.stores[${k}]`, id, `'${id}' does not sell '${product_id}'; ${advice}`);
      }
    }
    if (some === undefined && stores?.some((store) => sells(store, product_id)) === false)
      throw wrong(`${at}.product_id`, product_id, `no store sells '${product_id}'; take the promotion out.`);
    if (to < from) throw wrong(`${at}.to`, to, `before its first day ${from}; the last day comes later.`);
  }
}

function checkSeries(
  { demand: { series = [] } = {} }: OwnWorld,
  stores: readonly StoreInput[] | undefined,
  storePlaces: Places | undefined,
  productPlaces: Places | undefined,
): void {
  const sold = new Map<number, ReadonlySet<string>>();
  const seen = new Map<string, Map<string, number>>();
  for (const [n, { store_id, product_id }] of series.entries()) {
    const at = `demand.series[${n}]`;
    find(storePlaces, store_id, `${at}.store_id`, 'store');
    find(productPlaces, product_id, `${at}.product_id`, 'product');
    const ofStore = seen.get(store_id) ?? new Map<string, number>();
    seen.set(store_id, ofStore);
    const first = ofStore.get(product_id);
    if (first !== undefined) {
      throw wrong(
        at,
        product_id,
        `'${store_id}' and '${product_id}' are in demand.series[${first}] already; each series may appear once.`,
      );
    }
    ofStore.set(product_id, n);
    const s = storePlaces?.get(store_id);
    const assortment = s === undefined ? undefined : stores?.[s]?.assortment;
    if (s === undefined || assortment === undefined) continue;
    const has = sold.get(s) ?? new Set(assortment);
    sold.set(s, has);
    if (!has.has(product_id)) {
      throw wrong(
        `${at}.product_id`,
        product_id,
        `'${product_id}' is not in stores[${s}].assortment; add it there, or take the series out.`,
      );
    }
  }
}
