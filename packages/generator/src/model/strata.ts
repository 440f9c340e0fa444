import type { Randomness } from './randomness.js';

/** Neighbours that divide a distribution among them, a power of 2. */
const STRATA = 8;

/**
 * A draw of a standard normal variable, as a place in `normalTable`, for a store. Of eight neighbours each has another eighth
 * of the distribution, in an order drawn for the eight, and of two the one is as far above the middle as the other is below:
 * a few stores are large, middling and small ones, as a chain's are, and not all large by chance. `draw` sets what is drawn
 * apart.
 */
export function placeOfStore(randomness: Randomness, index: number, draw: number): number {
  const [word] = randomness.ofStore(index - (index % 2), draw);
  return placeOf(index, word, randomness.ofStore(first(index), draw)[1]);
}

/** The same for a product, except that each is drawn by itself within its eighth: there are enough of them. */
export function placeOfProduct(randomness: Randomness, index: number, draw: number): number {
  const [word] = randomness.ofProduct(index, draw);
  return placeOf(index, word, randomness.ofProduct(first(index), draw)[1]);
}

/** The first of the eight that a number is one of. */
const first = (index: number): number => index - (index % STRATA);

function placeOf(index: number, word: number, order: number): number {
  const pair = (((index % STRATA) >> 1) * (((order >>> 31) << 1) | 1) + ((order >>> 29) & 3)) & 3;
  const place = (pair << 9) | (word >>> 23);
  const isUpper = ((index & 1) ^ ((order >>> (20 + pair)) & 1)) === 1;
  return isUpper ? 4095 - place : place;
}
