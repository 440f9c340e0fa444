import { OFF_SALE, UNLAUNCHED, type ShopDay, type ShopDays } from '../day/day-parts.js';
import { weekdayOf } from '../model/calendar.js';
import { centsOf, priceIn } from '../model/currencies.js';
import { shiftOf } from '../model/demand.js';
import { log, normalTable } from '../model/exact-math.js';
import type { Product } from '../model/products.js';
import type { Randomness } from '../model/randomness.js';
import type { Store } from '../model/stores.js';
import type { WorldModel } from '../model/world-model.js';
import { demandSettings, type DemandSettings } from './demand-settings.js';
import { DaySheet, reduced, SheetPatch } from './day-sheet.js';
import { PriceEffects } from './price-effects.js';
import { dayNumber, Promotions, weekOf } from './promotions.js';
import { closedIn, groupsOf, seasonFactor, seasonKinds, type StoreGroup } from './season.js';
import { StoreMovement } from './store-movement.js';
import type { OwnWorld } from './world-file.js';

const MINUTE_MS = 60_000;
/** Products of all sheets that are kept: groups of stores beyond these are computed again for each of their stores. */
const KEPT_PRODUCTS = 2_000_000;
/** Longest search for the open day before: a year and a bit. */
const LONGEST_CLOSURE = 400;
/** Weeks of which a product's level in a cluster is the mean. */
const LOCAL_WEEKS = 4;

/** Days of stores: calendar, prices, promotions and shocks, each a function of the day. */
export class CalendarDays implements ShopDays {
  readonly #stores: readonly Store[];
  readonly #products: readonly Product[];
  readonly #randomness: Randomness;
  readonly #demand: DemandSettings;
  readonly #movement: StoreMovement;
  readonly #promotions: Promotions;
  readonly #effects: PriceEffects;
  readonly #patch: SheetPatch;
  readonly #groups: readonly StoreGroup[];
  readonly #everyday: ReadonlyMap<string, Int32Array>;
  /** Position of each product's season in its groups. */
  readonly #kind: Uint16Array;
  /** First and last day of sale of each product. */
  readonly #first: Float64Array;
  readonly #last: Float64Array;
  readonly #local = new Map<string, { readonly week: number; readonly levels: Float64Array }>();
  /** A sheet for each group, the latest ones. */
  readonly #sheets = new Map<StoreGroup, DaySheet>();

  constructor(
    own: OwnWorld,
    model: WorldModel,
    stores: readonly Store[],
    products: readonly Product[],
    randomness: Randomness,
    lastDays: Float64Array | undefined,
  ) {
    const { calendar = {}, demand } = own;
    this.#stores = stores;
    this.#products = products;
    this.#randomness = randomness;
    this.#demand = demandSettings(model, demand);
    this.#movement = new StoreMovement(model, this.#demand, randomness);
    this.#promotions = new Promotions(calendar.promotions, model, stores, products, randomness);
    this.#effects = new PriceEffects(this.#demand);
    this.#patch = new SheetPatch(this.#promotions, this.#effects);
    const groupOf = groupsOf(model, calendar);
    this.#groups = stores.map((store) => groupOf(store));
    this.#everyday = new Map(
      [...new Set(stores.map(({ currency }) => currency))].map((currency) => [
        currency,
        pricesIn(products, currency),
      ]),
    );
    const kinds = seasonKinds(model, calendar);
    this.#kind = Uint16Array.from(products, ({ category }) => kinds.indexOf(category) + 1);
    this.#first = Float64Array.from(products, ({ launched }) =>
      launched === undefined ? -Infinity : dayNumber(launched),
    );
    this.#last = lastDays ?? new Float64Array(products.length).fill(Infinity);
  }

  of(day: number, s: number): ShopDay {
    this.#patch.takeBack();
    const group = this.#groups[s];
    const store = this.#stores[s];
    if (group === undefined || store === undefined) throw new RangeError(`There is no store ${s}.`);
    const closed = closedIn(group, day);
    const sheet = this.#sheetOf(group, day, closed);
    if (!closed) this.#patch.apply(sheet, s, day);
    const hours = store.hours?.[weekdayOf(day)];
    return {
      closed,
      closedBefore: sheet.closedBefore,
      opensAt: (hours?.[0] ?? store.opensAtMinute) * MINUTE_MS,
      closesAt: (hours?.[1] ?? store.closesAtMinute) * MINUTE_MS,
      shift: sheet.shift,
      storeShift: this.#movement.shift(store, day, group.drawnWeekdays),
      changed: sheet.changed,
      prices: sheet.prices,
      everyday: sheet.everyday,
      idle: sheet.anyIdle ? sheet.idle : undefined,
    };
  }

  closedOn(s: number, p: number, day: number): boolean {
    const group = this.#groups[s];
    return group === undefined || closedIn(group, day) || day < (this.#first[p] ?? 0);
  }

  /** Whether a holiday of a store's calendar falls on a local day. */
  holidayOn(s: number, day: number): boolean {
    return (this.#groups[s]?.holiday(day) ?? 1) !== 1;
  }

  /** The sheet of a group's day; of a closed one only its memory is asked for. */
  #sheetOf(group: StoreGroup, day: number, closed: boolean): DaySheet {
    const known = this.#sheets.get(group);
    if (known !== undefined && (closed || known.day === day)) return known;
    const sheet = known ?? this.#newSheet();
    this.#sheets.set(group, sheet);
    sheet.day = -1;
    sheet.everyday = this.#everyday.get(group.currency) ?? sheet.everyday;
    if (!closed) this.#fill(sheet, group, day);
    return sheet;
  }

  #newSheet(): DaySheet {
    const most = Math.max(8, Math.floor(KEPT_PRODUCTS / this.#products.length));
    const [oldest] = this.#sheets;
    if (oldest === undefined || this.#sheets.size < most) return new DaySheet(this.#products.length);
    this.#sheets.delete(oldest[0]);
    return oldest[1];
  }

  /** Computes a sheet: one logarithm for each kind of season, then one short loop for each thing that products have. */
  #fill(sheet: DaySheet, group: StoreGroup, day: number): void {
    sheet.day = day;
    sheet.step = group.step;
    sheet.closedBefore = 0;
    while (sheet.closedBefore < LONGEST_CLOSURE && closedIn(group, day - 1 - sheet.closedBefore))
      sheet.closedBefore++;
    const holiday = group.holiday(day);
    const factors = Float64Array.from(group.seasons, (season) => seasonFactor(season, day));
    const logs = factors.map((factor) => (factor === 0 ? 0 : log(factor * holiday)));
    this.#fillRates(sheet, logs, this.#localShocks(group, day));
    this.#fillPrices(sheet, day);
    this.#fillIdle(sheet, day, factors);
  }

  #fillRates({ shift }: DaySheet, logs: Float64Array, local: Float64Array | undefined): void {
    const kinds = this.#kind;
    for (let p = 0; p < kinds.length; p++)
      shift[p] = shiftOf((logs[kinds[p] ?? 0] ?? 0) + (local === undefined ? 0 : (local[p] ?? 0)));
  }

  /** What every store of a group promotes: most products are at their everyday prices. */
  #fillPrices(sheet: DaySheet, day: number): void {
    const before = this.#promotions.everywhere(day - 1 - sheet.closedBefore);
    const now = this.#promotions.everywhere(day);
    const weekAgo = this.#effects.dips ? this.#promotions.everywhere(day - 7) : now;
    sheet.prices.set(sheet.everyday);
    sheet.changed.fill(0);
    for (let p = 0; p < now.length; p++)
      if (now[p] !== 1 || before[p] !== 1 || weekAgo[p] !== 1)
        this.#reprice(sheet, p, now[p] ?? 1, before[p] ?? 1, weekAgo[p] ?? 1);
  }

  #reprice(sheet: DaySheet, p: number, share: number, before: number, weekAgo: number): void {
    const { shift, changed, prices, everyday, step } = sheet;
    const cents = everyday[p] ?? 0;
    const price = reduced(cents, share, step);
    prices[p] = price;
    if (price < cents) shift[p] = (shift[p] ?? 0) + this.#effects.rise(share);
    else if (weekAgo < 1) shift[p] = (shift[p] ?? 0) + this.#effects.dip(weekAgo);
    if (share !== before && price !== reduced(cents, before, step)) changed[p] = 1;
  }

  #fillIdle(sheet: DaySheet, day: number, factors: Float64Array): void {
    const { idle } = sheet;
    const kinds = this.#kind;
    sheet.anyIdle = false;
    for (let p = 0; p < kinds.length; p++) {
      const isLaunched = day >= (this.#first[p] ?? 0);
      const isIdle = !isLaunched || factors[kinds[p] ?? 0] === 0 || day > (this.#last[p] ?? 0);
      idle[p] = isIdle ? (isLaunched ? OFF_SALE : UNLAUNCHED) : 0;
      if (isIdle) sheet.anyIdle = true;
    }
  }

  /** Levels of a cluster's products in the week of a day; kept for the week. */
  #localShocks({ cluster }: StoreGroup, day: number): Float64Array | undefined {
    const { local } = this.#demand.shocks;
    if (local === 0) return undefined;
    const week = weekOf(day);
    const known = this.#local.get(cluster);
    if (known?.week === week) return known.levels;
    const draws = this.#randomness.ofGroup(cluster);
    const normals = normalTable();
    const levels = Float64Array.from(this.#products, (_, p) => {
      let sum = 0;
      for (let w = week - LOCAL_WEEKS + 1; w <= week; w++)
        sum += normals[draws.ofProductWeek(p, w, 6)[0] >>> 20] ?? 0;
      return (local * sum) / Math.sqrt(LOCAL_WEEKS) - (local * local) / 2;
    });
    this.#local.set(cluster, { week, levels });
    return levels;
  }
}

/** Everyday prices in a currency: those that a list gives, and the built-in ones at the currency's level. */
function pricesIn(products: readonly Product[], currency: string): Int32Array {
  return Int32Array.from(products, ({ priceCents, input: { unit_price } = {} }) => {
    const price = typeof unit_price === 'object' ? unit_price[currency] : unit_price;
    return price === undefined ? priceIn(currency, priceCents) : centsOf(price);
  });
}
