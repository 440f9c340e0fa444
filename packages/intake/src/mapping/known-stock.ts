import { createShelfTable, type KnownStock, type ShelfTable } from './shelf-table.js';

/** What a count is made of what was known. */
export interface Count {
  readonly known: KnownStock;
  /** False for a count that was taken before. */
  readonly isNew: boolean;
}

/** The shelves of one run. */
export interface Shelves {
  /** Returns what changed since the last count. It changes nothing: a row that is no event in the end has counted nothing. */
  count(storeId: string, productId: string, timeMs: number, stock: number): Count | 'OUT_OF_ORDER';
  /** Takes a count as the last one of its shelf. */
  take(storeId: string, productId: string, known: KnownStock): void;
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
      const last = table.get(storeId, productId);
      if (last === undefined) return { known: { timeMs, stock, sequence: timeMs, delta: 0 }, isNew: true };
      if (last.timeMs === timeMs && last.stock === stock) return { known: last, isNew: false };
      const again = last.timeMs < timeMs ? undefined : table.earlier?.(storeId, productId, timeMs, stock);
      if (again !== undefined) return { known: again, isNew: false };
      if (last.timeMs > timeMs) return 'OUT_OF_ORDER';
      const sequence = Math.max(timeMs, last.sequence + 1);
      return { known: { timeMs, stock, sequence, delta: stock - last.stock }, isNew: true };
    },
    take: (storeId, productId, known) => {
      table.set(storeId, productId, known);
    },
  };
}
