import { threefry2x32 } from './threefry.js';

/** Counter words from here on address products; below are series. Words are signed, as small integers of an engine are. */
const PRODUCTS = 0x8000_0000 | 0;
/** Counter words from here on address stores. */
const STORES = 0xc000_0000 | 0;
/** A day that no world reaches: addresses of what is fixed for the whole run. */
const ALWAYS = 0xffff_ff00 | 0;

/** The random words of one world, each at its address: nothing depends on what was drawn before. */
export class Randomness {
  readonly key0: number;
  readonly key1: number;
  readonly #out = new Uint32Array(2);

  /** @param seed - 0 to 2^53 - 1, or the lower half of the key with the upper one beside it */
  constructor(seed: number, key1: number = Math.floor(seed / 0x1_0000_0000)) {
    this.key0 = seed >>> 0;
    this.key1 = key1;
  }

  /** What is fixed about a store. */
  ofStore(store: number, draw: number): readonly [number, number] {
    return this.#at(STORES + store, ALWAYS | draw);
  }

  /** What is fixed about a product. */
  ofProduct(product: number, draw: number): readonly [number, number] {
    return this.#at(PRODUCTS + product, ALWAYS | draw);
  }

  /** What a product does in a week. */
  ofProductWeek(product: number, week: number, draw: number): readonly [number, number] {
    return this.#at(PRODUCTS + product, (week << 8) | draw);
  }

  /** What is fixed about a series. */
  ofSeries(series: number, draw: number): readonly [number, number] {
    return this.#at(series, ALWAYS | draw);
  }

  /** What a whole store's day is like. */
  ofStoreDay(store: number, day: number): number {
    return this.#at(STORES + store, (day << 8) | 6)[0];
  }

  /** What a whole store's week is like. */
  ofStoreWeek(store: number, week: number): number {
    return this.#at(STORES + store, (week << 8) | 8)[0];
  }

  /** The same addresses for a group of stores by its name. */
  ofGroup(name: string): Randomness {
    let hash = 0x811c9dc5;
    for (const character of name) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
    return new Randomness(this.key0 ^ hash, this.key1 ^ 0x27d4eb2f);
  }

  /** The same addresses under other keys: those of one store. */
  ofKeys(key0: number, key1: number): Randomness {
    return new Randomness(key0, key1);
  }

  /** What happens to one event of a store, apart from everything above by a key of its own. */
  ofEvent(store: number, sequence: number, draw: number): readonly [number, number] {
    threefry2x32(this.#out, this.key0 ^ draw, this.key1 ^ 0x5bd1e995, store, sequence >>> 0);
    return [this.#out[0] ?? 0, this.#out[1] ?? 0];
  }

  #at(c0: number, c1: number): readonly [number, number] {
    threefry2x32(this.#out, this.key0, this.key1, c0, c1);
    return [this.#out[0] ?? 0, this.#out[1] ?? 0];
  }
}

/** A whole number from 0 to below `range` (at most 2^31), by a product instead of a remainder of doubles. */
export function below(word: number, range: number): number {
  return ((word * range) / 0x1_0000_0000) | 0;
}
