/** How one byte says how a shelf stands, and how changed ones travel. */

/** The level of a shelf that stands exactly at its reorder point. */
export const thresholdLevel = 32;
/** The level at which a shelf has plenty: 1.6 times its reorder point. */
export const plentyLevel = 51;
/** The highest level: four times the reorder point and above. */
export const fullLevel = 126;
/** The bit of a shelf for which something is ordered. */
export const orderedBit = 128;
/** The byte of a shelf of which nothing is known: the store does not sell it. */
export const unknownShelf = 255;

/** How a shelf stands; colour is spent on the last three. */
export type ShelfState = 'unknown' | 'plenty' | 'enough' | 'coming' | 'short' | 'empty';

/**
 * Returns the byte of a shelf: its level in the low seven bits (0 for none, 32 at the reorder point, 126 at four times
 * that and above) and {@link orderedBit} where units are ordered. A level below 32 is below the reorder point, always.
 *
 * @example
 * ```ts
 * import { shelfByte, shelfState } from '@store/page-protocol';
 *
 * console.log(shelfState(shelfByte(4, 20, 0)), shelfState(shelfByte(4, 20, 36)), shelfState(shelfByte(90, 20, 0))); // short coming plenty
 * ```
 */
export function shelfByte(currentStock: number, minThreshold: number, onOrder: number): number {
  const ordered = onOrder > 0 ? orderedBit : 0;
  if (currentStock <= 0) return ordered;
  if (minThreshold <= 0) return fullLevel | ordered;
  const level = Math.round((currentStock / minThreshold) * thresholdLevel);
  const [least, most] = currentStock < minThreshold ? [1, thresholdLevel - 1] : [thresholdLevel, fullLevel];
  return Math.max(least, Math.min(most, level)) | ordered;
}

/** The level of a shelf's byte, 0 to 126. */
export const levelOf = (byte: number): number => byte & ~orderedBit;

/** Returns how the shelf of a byte stands. */
export function shelfState(byte: number): ShelfState {
  if (byte === unknownShelf) return 'unknown';
  const level = levelOf(byte);
  if (level === 0) return 'empty';
  if (level < thresholdLevel) return byte >= orderedBit ? 'coming' : 'short';
  return level < plentyLevel ? 'enough' : 'plenty';
}

/** Packs changed shelves, `index * 256 + byte`, as they travel in a {@link DeltaMessage}. */
export function packChanges(changes: Iterable<readonly [index: number, byte: number]>): number[] {
  return Array.from(changes, ([index, byte]) => index * 256 + byte);
}

/** Applies packed changes to the bytes of all shelves. */
export function applyChanges(cells: Uint8Array, packed: readonly number[]): void {
  for (const one of packed) cells[Math.floor(one / 256)] = one % 256;
}
