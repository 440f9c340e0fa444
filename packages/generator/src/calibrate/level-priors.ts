import type { Panel } from './panel.js';

/** Least variance of levels around store and product, so that no fit ends in it. */
const LEAST_VARIANCE = 0.01;

/**
 * What levels are drawn to: the effects of store and product, which have their own variances. Series with many sales
 * stay where these put them.
 */
export class LevelPriors {
  readonly #panel: Panel;
  readonly #level: Float64Array;
  readonly #information: Float64Array;
  #middle = 0;
  readonly #store: { readonly effect: Float64Array; readonly of: Int32Array; variance: number };
  readonly #product: { readonly effect: Float64Array; readonly of: Int32Array; variance: number };
  #variance = 0.5;

  constructor(panel: Panel, level: Float64Array) {
    this.#panel = panel;
    this.#level = level;
    this.#information = new Float64Array(level.length);
    this.#store = { effect: new Float64Array(panel.stores.length), of: panel.store, variance: 0.1 };
    this.#product = { effect: new Float64Array(panel.products.length), of: panel.product, variance: 0.5 };
    for (let n = 0; n < 8; n++) this.update();
  }

  /** The level of a series after one step by its score and information. */
  moved(i: number, score: number, information: number, shrink: boolean): number {
    this.#information[i] = information;
    const level = this.#level[i] ?? 0;
    const precision = shrink ? 1 / this.#variance : 0;
    const step = (score - (level - this.#mean(i)) * precision) / (information + precision + 1e-9);
    return level + Math.max(-1, Math.min(1, step));
  }

  #mean(i: number): number {
    const store = this.#store.effect[this.#panel.store[i] ?? 0] ?? 0;
    return this.#middle + store + (this.#product.effect[this.#panel.product[i] ?? 0] ?? 0);
  }

  /** Finds middle, effects and variances behind the levels. */
  update(): void {
    const { length } = this.#level;
    let sum = 0;
    for (let i = 0; i < length; i++) sum += (this.#level[i] ?? 0) - this.#mean(i);
    this.#middle += sum / Math.max(1, length);
    this.#effects(this.#store);
    this.#effects(this.#product);
    let squares = 0;
    for (let i = 0; i < length; i++) {
      const off = (this.#level[i] ?? 0) - this.#mean(i);
      squares += off * off + 1 / ((this.#information[i] ?? 0) + 1 / this.#variance);
    }
    this.#variance = Math.max(LEAST_VARIANCE, squares / Math.max(1, length));
  }

  #effects(side: { readonly effect: Float64Array; readonly of: Int32Array; variance: number }): void {
    const sums = new Float64Array(side.effect.length);
    const counts = new Float64Array(side.effect.length);
    for (let i = 0; i < this.#level.length; i++) {
      const at = side.of[i] ?? 0;
      sums[at] = (sums[at] ?? 0) + (this.#level[i] ?? 0) - this.#mean(i) + (side.effect[at] ?? 0);
      counts[at] = (counts[at] ?? 0) + 1;
    }
    let squares = 0;
    let used = 0;
    for (let at = 0; at < sums.length; at++) {
      const count = counts[at] ?? 0;
      if (count === 0) continue;
      const precision = count / this.#variance + 1 / side.variance;
      const effect = (sums[at] ?? 0) / this.#variance / precision;
      side.effect[at] = effect;
      squares += effect * effect + 1 / precision;
      used++;
    }
    side.variance = Math.max(LEAST_VARIANCE, squares / Math.max(1, used));
  }
}
