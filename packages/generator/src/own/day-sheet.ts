import type { PriceEffects } from './price-effects.js';
import { weekOf, type Promotions, type StorePromotions } from './promotions.js';

/** What a group's stores have in common on one local day. */
export class DaySheet {
  /** -1 where the sheet is at no day. */
  day = -1;
  closedBefore = 0;
  /** Smallest step of a price, hundredths. */
  step = 1;
  anyIdle = false;
  everyday: Int32Array = new Int32Array(0);
  readonly shift: Int16Array;
  readonly changed: Uint8Array;
  readonly prices: Int32Array;
  readonly idle: Uint8Array;

  constructor(products: number) {
    this.shift = new Int16Array(products);
    this.changed = new Uint8Array(products);
    this.prices = new Int32Array(products);
    this.idle = new Uint8Array(products);
  }
}

/** A promotional price, which is never above the everyday one. */
export const reduced = (cents: number, share: number, step: number): number =>
  share >= 1 ? cents : Math.min(cents, Math.max(step, Math.round((cents * share) / step) * step));

const none: StorePromotions = { products: [], shares: [] };

/** What one store alone promotes, put into its group's sheet for as long as that store is simulated. */
export class SheetPatch {
  readonly #promotions: Promotions;
  readonly #effects: PriceEffects;
  #now = none;
  #sheet: DaySheet | undefined;
  /** Products that were touched, and what was there, to be put back for the next store; of each list the first ones count. */
  #count = 0;
  readonly #touched: number[] = [];
  readonly #shifts: number[] = [];
  readonly #changes: number[] = [];
  readonly #prices: number[] = [];

  constructor(promotions: Promotions, effects: PriceEffects) {
    this.#promotions = promotions;
    this.#effects = effects;
  }

  /** Puts a store's promotions into a sheet, and marks prices that are new. */
  apply(sheet: DaySheet, s: number, day: number): void {
    const { shift, prices, everyday, step } = sheet;
    this.#sheet = sheet;
    const { products, shares } = (this.#now = this.#promotions.inStore(s, day));
    const all = products.length === 0 ? undefined : this.#promotions.everywhere(day);
    for (let n = 0; n < products.length; n++) {
      const p = products[n] ?? 0;
      const share = shares[n] ?? 1;
      const price = reduced(everyday[p] ?? 0, share, step);
      if (price >= (prices[p] ?? 0)) continue;
      this.#touch(sheet, p);
      // In place of a price of the whole group: what that one adds comes off.
      const shared = all?.[p] ?? 1;
      const added = shared < 1 ? this.#effects.rise(shared) : 0;
      prices[p] = price;
      shift[p] = (shift[p] ?? 0) + this.#effects.rise(share) - added;
    }
    if (this.#effects.dips) this.#dip(sheet, s, day);
    const dayBefore = day - 1 - sheet.closedBefore;
    // Drawn promotions go from Monday to Sunday.
    if (!this.#promotions.drawn || weekOf(day) !== weekOf(dayBefore)) this.#change(sheet, s, dayBefore);
  }

  /** Puts back what the last store changed. */
  takeBack(): void {
    const sheet = this.#sheet;
    if (sheet !== undefined) {
      // From the last to the first, so that what was there at first comes last.
      for (let n = this.#count - 1; n >= 0; n--) {
        const p = this.#touched[n] ?? 0;
        sheet.shift[p] = this.#shifts[n] ?? 0;
        sheet.changed[p] = this.#changes[n] ?? 0;
        sheet.prices[p] = this.#prices[n] ?? 0;
      }
    }
    this.#sheet = undefined;
    this.#count = 0;
  }

  #touch({ shift, changed, prices }: DaySheet, p: number): void {
    const n = this.#count++;
    this.#touched[n] = p;
    this.#shifts[n] = shift[p] ?? 0;
    this.#changes[n] = changed[p] ?? 0;
    this.#prices[n] = prices[p] ?? 0;
  }

  /** Lowers demand a week after the store's promotions, where the product is at its everyday price again. */
  #dip(sheet: DaySheet, s: number, day: number): void {
    const { shift, prices, everyday } = sheet;
    const { products, shares } = this.#promotions.inStore(s, day - 7);
    for (let n = 0; n < products.length; n++) {
      const p = products[n] ?? 0;
      if ((prices[p] ?? 0) < (everyday[p] ?? 0)) continue;
      this.#touch(sheet, p);
      shift[p] = (shift[p] ?? 0) + this.#effects.dip(shares[n] ?? 1);
    }
  }

  /** Marks the products whose price is not that of the open day before. */
  #change(sheet: DaySheet, s: number, dayBefore: number): void {
    const { changed, prices, everyday, step } = sheet;
    const { products, shares } = this.#promotions.inStore(s, dayBefore);
    if (products.length + this.#now.products.length === 0) return;
    const all = this.#promotions.everywhere(dayBefore);
    const before = new Map<number, number>();
    for (const p of this.#now.products) before.set(p, all[p] ?? 1);
    for (const [n, p] of products.entries())
      before.set(p, Math.min(before.get(p) ?? all[p] ?? 1, shares[n] ?? 1));
    for (const [p, share] of before) {
      this.#touch(sheet, p);
      changed[p] = prices[p] !== reduced(everyday[p] ?? 0, share, step) ? 1 : 0;
    }
  }
}
