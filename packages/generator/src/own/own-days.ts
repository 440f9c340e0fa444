import type { ShopDay, ShopDays } from '../day/day-parts.js';
import { priceShift } from '../day/series-state.js';
import { weekdayOf } from '../model/calendar.js';
import { RATE_STEP, shiftOf } from '../model/demand.js';
import { log, normalTable } from '../model/exact-math.js';
import type { Product } from '../model/products.js';
import type { Randomness } from '../model/randomness.js';
import type { Store } from '../model/stores.js';
import type { WorldModel } from '../model/world-model.js';
import { centsOf } from './own-products.js';
import { dayNumber, Promotions } from './promotions.js';
import { closedIn, groupsOf, seasonFactor, type StoreGroup } from './season.js';
import type { OwnWorld } from './world-file.js';
import { currencyOf } from './zones.js';

const MINUTE_MS = 60_000;
/** Sheets that are kept: groups of stores beyond these are computed anew for each of their stores. */
const KEPT_SHEETS = 8;
/** Longest search for the open day before: a year and a bit. */
const LONGEST_CLOSURE = 400;

/** What a group's stores have in common on one local day. */
interface Sheet {
  group: StoreGroup | undefined;
  day: number;
  closedBefore: number;
  anyChanged: boolean;
  anyIdle: boolean;
  readonly shift: Int16Array;
  readonly changed: Uint8Array;
  readonly prices: Int32Array;
  readonly idle: Uint8Array;
}

/** A change that one store makes to a sheet, to be taken back for the next store. */
type Undo = readonly [product: number, shift: number, changed: number, price: number];

/** Days of stores with a calendar, prices, promotions or shocks of one's own: everything is a function of the day. */
export class OwnDays implements ShopDays {
  readonly #stores: readonly Store[];
  readonly #products: readonly Product[];
  readonly #randomness: Randomness;
  readonly #elasticity: number;
  readonly #shocks: { readonly store: number; readonly local: number };
  readonly #promotions: Promotions;
  readonly #groups: readonly StoreGroup[];
  readonly #everyday: ReadonlyMap<string, Int32Array>;
  /** Position of each product's season in its groups. */
  readonly #kind: Uint16Array;
  /** First and last day of sale of each product. */
  readonly #first: Float64Array;
  readonly #last: Float64Array;
  readonly #local = new Map<string, { readonly week: number; readonly levels: Float64Array }>();
  readonly #sheets: (Sheet | undefined)[] = [];
  #turn = 0;
  #patched: Sheet | undefined;
  #undo: Undo[] = [];

  constructor(
    own: OwnWorld,
    model: WorldModel,
    stores: readonly Store[],
    products: readonly Product[],
    randomness: Randomness,
  ) {
    const { calendar = {}, demand = {} } = own;
    this.#stores = stores;
    this.#products = products;
    this.#randomness = randomness;
    this.#elasticity = demand.elasticity ?? model.priceElasticity;
    this.#shocks = { store: demand.shocks?.store ?? 0, local: demand.shocks?.local ?? 0 };
    this.#promotions = new Promotions(calendar.promotions, model.promotionRate, stores, products, randomness);
    const currencies = stores.map(({ currency, location }) => currency ?? currencyOf(location.country));
    const groupOf = groupsOf(model, calendar);
    this.#groups = stores.map((store, s) => groupOf(store, currencies[s] ?? ''));
    this.#everyday = new Map(
      [...new Set(currencies)].map((currency) => [currency, pricesIn(products, currency)]),
    );
    const kinds = Object.keys(calendar.byCategory ?? {});
    this.#kind = Uint16Array.from(products, ({ category }) => kinds.indexOf(category) + 1);
    this.#first = Float64Array.from(products, ({ input }) =>
      input?.launched === undefined ? -Infinity : dayNumber(input.launched),
    );
    this.#last = Float64Array.from(products, ({ input }) =>
      input?.withdrawn === undefined ? Infinity : dayNumber(input.withdrawn),
    );
  }

  of(day: number, s: number): ShopDay {
    this.#takeBack();
    const group = this.#groups[s];
    const store = this.#stores[s];
    if (group === undefined || store === undefined) throw new RangeError(`There is no store ${s}.`);
    const closed = closedIn(group, day);
    const sheet = closed ? this.#anySheet() : this.#sheetOf(group, day);
    if (!closed) this.#patch(sheet, group, s, day);
    const hours = store.hours?.[weekdayOf(day)] ?? [store.opensAtMinute, store.closesAtMinute];
    return {
      closed,
      closedBefore: sheet.closedBefore,
      opensAt: hours[0] * MINUTE_MS,
      closesAt: hours[1] * MINUTE_MS,
      shift: sheet.shift,
      storeShift: this.#storeShift(store, day),
      changed: sheet.changed,
      anyChanged: sheet.anyChanged || this.#undo.length > 0,
      prices: sheet.prices,
      everyday: this.#everyday.get(group.currency) ?? sheet.prices,
      idle: sheet.anyIdle ? sheet.idle : undefined,
    };
  }

  closedOn(s: number, p: number, day: number): boolean {
    const group = this.#groups[s];
    return group === undefined || closedIn(group, day) || this.#isIdle(group, p, day);
  }

  #isIdle(group: StoreGroup, p: number, day: number): boolean {
    const season = group.seasons[this.#kind[p] ?? 0];
    return this.#isOffSale(p, day) || (season !== undefined && seasonFactor(season, day) === 0);
  }

  #isOffSale(p: number, day: number): boolean {
    return day < (this.#first[p] ?? 0) || day > (this.#last[p] ?? 0);
  }

  #anySheet(): Sheet {
    return (this.#sheets[0] ??= newSheet(this.#products.length));
  }

  #sheetOf(group: StoreGroup, day: number): Sheet {
    const known = this.#sheets.find((sheet) => sheet?.group === group && sheet.day === day);
    if (known !== undefined) return known;
    const place = this.#turn++ % KEPT_SHEETS;
    const sheet = (this.#sheets[place] ??= newSheet(this.#products.length));
    this.#fill(sheet, group, day);
    return sheet;
  }

  /** Computes a sheet: one logarithm for each kind of season and each reduced price. */
  #fill(sheet: Sheet, group: StoreGroup, day: number): void {
    sheet.group = group;
    sheet.day = day;
    sheet.closedBefore = 0;
    while (sheet.closedBefore < LONGEST_CLOSURE && closedIn(group, day - 1 - sheet.closedBefore))
      sheet.closedBefore++;
    const before = this.#promotions.everywhere(day - 1 - sheet.closedBefore);
    const now = this.#promotions.everywhere(day);
    const everyday = this.#everyday.get(group.currency) ?? new Int32Array(0);
    const holiday = group.holiday(day);
    const factors = group.seasons.map((season) => seasonFactor(season, day));
    const logs = factors.map((factor) => (factor === 0 ? 0 : log(factor * holiday)));
    const shifts = logs.map(shiftOf);
    const local = this.#localShocks(group, day);
    const { shift, changed, prices, idle } = sheet;
    let [anyChanged, anyIdle] = [false, false];
    // Nearly all products are at their everyday price: theirs is one shift for each kind of season.
    for (let p = 0; p < everyday.length; p++) {
      const cents = everyday[p] ?? 0;
      const kind = this.#kind[p] ?? 0;
      const share = now[p] ?? 1;
      const price = share === 1 ? cents : reduced(cents, share, group.step);
      prices[p] = price;
      if (price === cents && local === undefined) shift[p] = shifts[kind] ?? 0;
      else {
        const change = price === cents ? 0 : priceShift(this.#elasticity, price / cents);
        shift[p] = shiftOf((logs[kind] ?? 0) + change + (local?.[p] ?? 0));
      }
      const isNew = share !== before[p] && price !== reduced(cents, before[p] ?? 1, group.step);
      changed[p] = isNew ? 1 : 0;
      if (isNew) anyChanged = true;
      const isIdle = factors[kind] === 0 || this.#isOffSale(p, day);
      idle[p] = isIdle ? 1 : 0;
      if (isIdle) anyIdle = true;
    }
    sheet.anyChanged = anyChanged;
    sheet.anyIdle = anyIdle;
  }

  /** Puts into a sheet what one store alone promotes, or promoted on the open day before. */
  #patch(sheet: Sheet, group: StoreGroup, s: number, day: number): void {
    const dayBefore = day - 1 - sheet.closedBefore;
    const now = this.#promotions.inStore(s, day);
    const before = this.#promotions.inStore(s, dayBefore);
    if (now.size + before.size === 0) return;
    const everyday = this.#everyday.get(group.currency) ?? new Int32Array(0);
    const allBefore = this.#promotions.everywhere(dayBefore);
    this.#patched = sheet;
    for (const p of new Set([...now.keys(), ...before.keys()])) {
      const cents = everyday[p] ?? 0;
      const shared = sheet.prices[p] ?? 0;
      const price = Math.min(shared, reduced(cents, now.get(p) ?? 1, group.step));
      const priceBefore = reduced(cents, Math.min(allBefore[p] ?? 1, before.get(p) ?? 1), group.step);
      this.#undo.push([p, sheet.shift[p] ?? 0, sheet.changed[p] ?? 0, shared]);
      sheet.changed[p] = price === priceBefore ? 0 : 1;
      if (price === shared) continue;
      sheet.prices[p] = price;
      sheet.shift[p] = (sheet.shift[p] ?? 0) + shiftOf(priceShift(this.#elasticity, price / shared));
    }
  }

  #takeBack(): void {
    for (const [p, shift, changed, price] of this.#undo) {
      if (this.#patched === undefined) break;
      this.#patched.shift[p] = shift;
      this.#patched.changed[p] = changed;
      this.#patched.prices[p] = price;
    }
    this.#undo = [];
  }

  #storeShift({ index }: Store, day: number): number {
    const { store } = this.#shocks;
    if (store === 0) return 0;
    return Math.round(
      (store * normal(this.#randomness.ofStoreDay(index, day)) - (store * store) / 2) / RATE_STEP,
    );
  }

  /** Shocks of a cluster's products in the week of a day; kept for the week. */
  #localShocks({ cluster }: StoreGroup, day: number): Float64Array | undefined {
    const { local } = this.#shocks;
    if (local === 0) return undefined;
    const week = Math.floor((day + 3) / 7);
    const known = this.#local.get(cluster);
    if (known?.week === week) return known.levels;
    const draws = this.#randomness.ofGroup(cluster);
    const levels = Float64Array.from(
      this.#products,
      (_, p) => local * normal(draws.ofProductWeek(p, week, 6)[0]) - (local * local) / 2,
    );
    this.#local.set(cluster, { week, levels });
    return levels;
  }
}

const normal = (word: number): number => normalTable()[word >>> 20] ?? 0;

/** A promotional price, which is never above the everyday one. */
const reduced = (cents: number, share: number, step: number): number =>
  share >= 1 ? cents : Math.min(cents, Math.max(step, Math.round((cents * share) / step) * step));

function newSheet(products: number): Sheet {
  return {
    group: undefined,
    day: 0,
    closedBefore: 0,
    anyChanged: false,
    anyIdle: false,
    shift: new Int16Array(products),
    changed: new Uint8Array(products),
    prices: new Int32Array(products),
    idle: new Uint8Array(products),
  };
}

function pricesIn(products: readonly Product[], currency: string): Int32Array {
  return Int32Array.from(products, ({ priceCents, input: { unit_price } = {} }) => {
    const price = typeof unit_price === 'object' ? unit_price[currency] : unit_price;
    return price === undefined ? priceCents : centsOf(price);
  });
}
