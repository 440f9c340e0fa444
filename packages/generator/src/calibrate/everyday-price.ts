import { log } from '../model/exact-math.js';

/** Days that a promotion may last: a price that holds on longer is the everyday one. */
export const PROMOTION_DAYS = 56;
/** A price above this share of the everyday one is that price: M5's reductions are those of more than 3 %. */
const LEAST_REDUCTION = 0.97;

/**
 * Steps of a price ratio's logarithm: reductions are whole thousandths, and so an index. The least is a price at a
 * twentieth of the everyday one.
 */
export const STEPS = 1000;
export const LEAST_STEP = -3000;

/** Everyday prices of one series, day by day: buffers that are used again for each series. */
export class EverydayPrices {
  /** Price of each day, filled in where no row says it; 0 where none does. */
  paid: Float64Array = new Float64Array(0);
  everyday: Float64Array = new Float64Array(0);
  /** Logarithm of paid over everyday, thousandths, 0 to `LEAST_STEP`. */
  step: Int16Array = new Int16Array(0);
  #queue = new Int32Array(0);

  /** Makes room for a series of this many days, with no price known. */
  open(days: number): void {
    if (this.paid.length < days) {
      this.paid = new Float64Array(days);
      this.everyday = new Float64Array(days);
      this.step = new Int16Array(days);
      this.#queue = new Int32Array(days);
    }
    this.paid.fill(0, 0, days);
  }

  /** Finds the everyday prices behind the prices paid: the lower of the highest of eight weeks before, and after. */
  find(days: number): void {
    const { paid, everyday, step } = this;
    this.#fill(days);
    this.#highest(days, 1);
    for (let t = 0; t < days; t++) step[t] = 0;
    const before = everyday.slice(0, days);
    this.#highest(days, -1);
    for (let t = 0; t < days; t++) {
      const usual = Math.min(before[t] ?? 0, everyday[t] ?? 0);
      everyday[t] = usual;
      const ratio = usual > 0 ? (paid[t] ?? 0) / usual : 1;
      step[t] = ratio > LEAST_REDUCTION ? 0 : Math.max(LEAST_STEP, Math.round(log(ratio) * STEPS));
    }
  }

  /** Between two rows with one price it is that price; between two prices, the higher. */
  #fill(days: number): void {
    const { paid } = this;
    let before = 0;
    for (let t = 0; t < days;) {
      const price = paid[t] ?? 0;
      if (price > 0) {
        before = price;
        t++;
        continue;
      }
      let next = t;
      while (next < days && !((paid[next] ?? 0) > 0)) next++;
      const fill = Math.max(before, next < days ? (paid[next] ?? 0) : 0);
      paid.fill(fill, t, next);
      t = next;
    }
  }

  /** The highest price of the last eight weeks at each day; backwards, of the next. */
  #highest(days: number, direction: 1 | -1): void {
    const { paid, everyday } = this;
    const queue = this.#queue;
    let head = 0;
    let tail = 0;
    for (let n = 0; n < days; n++) {
      const t = direction === 1 ? n : days - 1 - n;
      const price = paid[t] ?? 0;
      while (tail > head && (paid[queue[tail - 1] ?? 0] ?? 0) <= price) tail--;
      queue[tail++] = t;
      while (Math.abs((queue[head] ?? 0) - t) >= PROMOTION_DAYS) head++;
      everyday[t] = paid[queue[head] ?? 0] ?? 0;
    }
  }
}
