import { createHash } from 'node:crypto';
import { createShelfTable, type ShelfTable } from '@store/intake';
import type { InventoryEvent } from '@store/schema';
import type { ObjectPlace, ObjectStore } from '../aws/s3-objects.js';

/** The last stock of each shelf, kept beside the lake for mappings of counts. */
export interface ShelfMemory {
  /** Returns what is known of the shelves of some stores. */
  load(storeIds: ReadonlySet<string>): Promise<ShelfTable>;
  /** Takes in counts that were delivered; of two of one shelf the later one stays. */
  save(events: readonly InventoryEvent[]): Promise<void>;
}

/** Bytes of a store's object that are read: about a million products. */
const MOST_OBJECT_BYTES = 64 * 1024 * 1024;
/** Objects that are read or written together. */
const STORES_AT_ONCE = 16;
/** Attempts to write an object that others write, too. */
const TRIES = 8;

/** A shelf as it is kept: product, time in milliseconds since 1970, stock, place in the order of the store, change. */
type Line = readonly [productId: string, timeMs: number, stock: number, sequence: number, delta: number];

interface Kept {
  readonly lines: ReadonlyMap<string, Line>;
  /** Version of the object; undefined where there is none. */
  readonly etag: string | undefined;
}

/**
 * Opens the memory: one object of JSON for each store. It is replaced only as it was read, so that of two functions that count
 * one store at the same time neither forgets what the other has counted.
 */
export function shelfMemory(objects: ObjectStore, bucket: string, prefix: string): ShelfMemory {
  const placeOf = (storeId: string): ObjectPlace => ({
    bucket,
    key: `${prefix}${createHash('sha256').update(storeId).digest('hex').slice(0, 32)}.json`,
  });

  async function read(storeId: string): Promise<Kept> {
    try {
      const { bytes, etag } = await objects.get(placeOf(storeId), MOST_OBJECT_BYTES);
      // A parse boundary: nobody else may write below the prefix.
      const { shelves } = JSON.parse(bytes.toString('utf8')) as { readonly shelves: readonly Line[] };
      return { lines: new Map(shelves.map((line) => [line[0], line])), etag };
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'NO_OBJECT')
        return { lines: new Map(), etag: undefined };
      throw error;
    }
  }

  async function saveStore(storeId: string, events: readonly InventoryEvent[]): Promise<void> {
    for (let left = TRIES; ; left--) {
      const { lines, etag } = await read(storeId);
      const next = new Map(lines);
      for (const event of events) {
        const known = next.get(event.product_id);
        const line = lineOf(event);
        if (known === undefined || known[1] < line[1] || (known[1] === line[1] && known[3] < line[3]))
          next.set(event.product_id, line);
      }
      const bytes = Buffer.from(JSON.stringify({ store_id: storeId, shelves: [...next.values()] }));
      try {
        await objects.put(placeOf(storeId), bytes, 'application/json', { replaces: etag ?? 'nothing' });
        return;
      } catch (error) {
        const isConflict = error instanceof Error && 'code' in error && error.code === 'CONFLICT';
        if (!isConflict || left <= 1) throw error;
      }
    }
  }

  return {
    async load(storeIds) {
      const table = createShelfTable();
      await eachOf(storeIds, async (storeId) => {
        const { lines } = await read(storeId);
        for (const [productId, timeMs, stock, sequence, delta] of lines.values())
          table.set(storeId, productId, { timeMs, stock, sequence, delta });
      });
      return table;
    },
    async save(events) {
      const byStore = new Map<string, InventoryEvent[]>();
      for (const event of events) {
        const list = byStore.get(event.store_id) ?? [];
        byStore.set(event.store_id, list);
        list.push(event);
      }
      await eachOf(byStore, async ([storeId, list]) => saveStore(storeId, list));
    },
  };
}

const lineOf = ({
  product_id,
  event_time,
  current_stock,
  sequence,
  quantity_delta,
}: InventoryEvent): Line => [product_id, Date.parse(event_time), current_stock, sequence, quantity_delta];

/** Does a work for each, some at the same time. */
async function eachOf<T>(all: Iterable<T>, work: (one: T) => Promise<void>): Promise<void> {
  const rest = [...all];
  while (rest.length > 0) await Promise.all(rest.splice(0, STORES_AT_ONCE).map(work));
}
