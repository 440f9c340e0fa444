import { createShelfTable, type KnownStock, type ShelfTable } from './shelf-table.js';

/** What a count is made of what was known. */
export type CountOutcome = Pick<KnownStock, 'delta' | 'sequence'> | 'OUT_OF_ORDER';

/** The shelves of one run. */
export interface Shelves {
  /** Takes a count in, and returns what changed since the last one. */
  count(storeId: string, productId: string, timeMs: number, stock: number): CountOutcome;
}

/**
 * Returns the memory of a run's counts: the change of a count is what the shelf has more than at the last count, 0 for the
 * first; its place is after that of the last, and the time in milliseconds where that is greater. A count
 * that appears twice is the same event twice. One that is older than what is known says nothing of what
 * changed, and is `OUT_OF_ORDER`, unless the table knows it: then it is the event that it was.
 *
 * @param table - what was known before; what is counted is written into it
 */
export function createShelves(table: ShelfTable = createShelfTable()): Shelves {
  return {
    count(storeId, productId, timeMs, stock) {
      const known = table.get(storeId, productId);
      if (known === undefined) {
        const first = { timeMs, stock, sequence: timeMs, delta: 0 };
        table.set(storeId, productId, first);
        return first;
      }
      if (known.timeMs === timeMs && known.stock === stock) return known;
      const again = known.timeMs < timeMs ? undefined : table.earlier?.(storeId, productId, timeMs, stock);
      if (again !== undefined) return again;
      if (known.timeMs > timeMs) return 'OUT_OF_ORDER';
      const sequence = Math.max(timeMs, known.sequence + 1);
      const next = { timeMs, stock, sequence, delta: stock - known.stock };
      table.set(storeId, productId, next);
      return next;
    },
  };
}
