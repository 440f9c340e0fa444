import type { DayParts } from './day-parts.js';
import type { DayWatch } from './day-watch.js';
import { ADJUSTMENT, PRICE_CHANGE, RESTOCK, RETURN, SALE, SHRINKAGE, STOCK_COUNT } from './event-log.js';
import { BRING_BACK, COUNT, DAMAGE, DELIVERY, PRICE, SHELF_FAILURE, SPOIL, THEFT } from './local-list.js';
import { reorderPointOf } from './series-state.js';
import type { StoreDay } from './store-day.js';

/** One series within one local day: what is on its shelf, what the record has, and what happens to both. */
export class Shelf {
  /** Units on the shelf, and by the record. */
  stock = 0;
  record = 0;
  /** Whether units that are in the store cannot be had until closing. */
  bare = false;
  /** The series' random word of the day. */
  chance = 0;
  /** Is told of each truck, and of what a count finds, while the product is not on sale. */
  receiver: DayWatch['observer'];
  readonly #parts: DayParts;
  readonly #at: StoreDay;
  readonly #watch: DayWatch;
  #failed = false;
  #cell = 0;
  #price = 0;
  #threshold = 0;
  #i = 0;
  #p = 0;
  #g = 0;

  constructor(parts: DayParts, at: StoreDay, watch: DayWatch) {
    this.#parts = parts;
    this.#at = at;
    this.#watch = watch;
  }

  /** Turns to a series, by its position, product and address. */
  open(i: number, p: number, g: number): void {
    const { physical, recorded } = this.#parts.state;
    this.stock = physical[i] ?? 0;
    this.record = recorded[i] ?? 0;
    this.bare = this.#failed = false;
    this.#cell = this.#at.firstCell + p;
    this.#price = this.#at.prices[p] ?? 0;
    this.#threshold = reorderPointOf(this.#parts, i, p, this.#at.day);
    this.#i = i;
    this.#p = p;
    this.#g = g;
  }

  /** Leaves the series as it is now. */
  close(): void {
    const { physical, recorded } = this.#parts.state;
    physical[this.#i] = this.stock;
    recorded[this.#i] = this.record;
  }

  /** Sells to a buyer and returns the units that were not there; `own` of one who came for this product. */
  sell(time: number, units: number, own: boolean): number {
    const there = this.bare ? 0 : this.stock;
    const taken = this.#parts.model.backorders || units <= there ? units : there > 0 ? there : 0;
    if (taken > 0) {
      this.#cover(time, taken);
      this.stock -= taken;
      this.record -= taken;
      this.#log(time, this.record, -taken, SALE);
    }
    const { observer, tally } = this.#watch;
    if (observer !== undefined && this.#watch.counts(time)) {
      if (own) {
        tally.demand += units;
        tally.missed += units - taken;
        if (this.#failed) tally.barred += units - taken;
      } else tally.substituted += units;
      tally.sold += taken;
      tally.lost += units - taken;
    }
    return units - taken;
  }

  /**
   * Does what is not a sale. These are rare, and the last kinds come days after the first: in a function of their own, so
   * that a fresh process does not compile sales again for each kind (bench/first-event.bench.ts).
   */
  happen(time: number, kind: number, units: number): void {
    const { observer, tally } = this.#watch;
    const counts = observer !== undefined && this.#watch.counts(time);
    switch (kind) {
      case DELIVERY: {
        const paper =
          units < 0 ? this.#at.takeDue(this.#i, this.#p, this.#g) : this.#at.takeOff(this.#i, units);
        if (units < 0 && counts) tally.short += this.#at.short;
        if (paper === 0 && units < 0) break;
        const came = units < 0 ? this.#at.received(this.#g, paper) : paper;
        if (counts) tally.received += came;
        this.stock += came;
        this.record += paper;
        this.#log(time, this.record, paper, RESTOCK);
        this.receiver?.restocked?.(this.#cell, came, paper, this.#at.instant(time));
        break;
      }
      case BRING_BACK:
        if (counts) tally.returned++;
        this.stock++;
        this.record++;
        this.#log(time, this.record, 1, RETURN);
        break;
      case DAMAGE:
      case SPOIL: {
        const { stock } = this;
        const spoilt = kind === SPOIL;
        const gone = spoilt ? this.#at.spoilt(this.#g, this.#p, stock, this.chance) : Math.min(units, stock);
        if (gone <= 0) break;
        this.#cover(time, gone);
        this.stock -= gone;
        this.record -= gone;
        this.#log(time, this.record, -gone, SHRINKAGE);
        if (!counts) break;
        if (spoilt) tally.wasted += gone;
        observer.shrunk(this.#cell, this.#at.day, gone, true);
        break;
      }
      case THEFT: {
        const gone = Math.min(units, this.stock);
        if (gone <= 0) break;
        this.stock -= gone;
        if (counts) observer.shrunk(this.#cell, this.#at.day, gone, false);
        break;
      }
      case SHELF_FAILURE:
        this.bare = this.stock > 0;
        this.#failed = true;
        break;
      case COUNT: {
        const { stock, record } = this;
        observer?.counted(this.#cell, this.#at.day, stock, record);
        this.#log(time, record, 0, STOCK_COUNT);
        if (stock !== record) {
          this.#log(time + 1, stock, stock - record, ADJUSTMENT);
          this.receiver?.restocked?.(this.#cell, 0, stock - record, this.#at.instant(time + 1));
        }
        this.record = stock;
        break;
      }
      case PRICE:
        this.#log(time, this.record, 0, PRICE_CHANGE);
        break;
    }
  }

  /** A till that sells what the record does not have puts the record right first. */
  #cover(time: number, units: number): void {
    if (this.record >= units || this.#parts.model.backorders) return;
    this.#log(time, units, units - this.record, ADJUSTMENT);
    this.record = units;
  }

  #log(time: number, record: number, delta: number, type: number): void {
    const { log, state } = this.#parts;
    const i = this.#i;
    log.append(
      this.#at.base + time,
      this.#cell,
      record,
      state.onOrder[i] ?? 0,
      this.#threshold,
      (delta << 3) | type,
      this.#price,
    );
  }
}
