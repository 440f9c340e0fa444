import { createHash } from 'node:crypto';
import type { Clock } from '@store/foundation';
import { createShelfTable, type ShelfTable } from '@store/intake';
import type { InventoryEvent } from '@store/schema';
import type { ObjectPlace, ObjectStore } from '../aws/s3-objects.js';
import { readShelves, type StoreShelves } from './store-shelves.js';

/** The last stock of each shelf, kept beside the lake for mappings of counts. */
export interface ShelfMemory {
  /**
   * Counts by what is known of the shelves of some stores, and writes down what was counted, before anybody is told of it. Where
   * somebody else has counted a store meanwhile, all is counted again by what is known then.
   *
   * @param work - counts, and returns the events that came of it; it may be called several times
   * @throws where the counts cannot be read or written; nothing is to be sent then
   */
  count<Read>(
    storeIds: ReadonlySet<string>,
    work: (shelves: ShelfTable) => { readonly read: Read; readonly events: readonly InventoryEvent[] },
  ): Promise<Counted<Read>>;
}

/** What was counted and written down. */
export interface Counted<Read> {
  readonly read: Read;
  /** Takes note of events that were delivered. Others are known until they are, so that they are the same when they come again. */
  readonly settle: (events: readonly InventoryEvent[]) => Promise<void>;
}

/** Where the memory is. */
export interface ShelfMemoryOptions {
  readonly objects: ObjectStore;
  readonly bucket: string;
  readonly prefix: string;
  readonly clock: Pick<Clock, 'wallNow'>;
}

/** Bytes of a store's object that are read: about a million products. */
const MOST_OBJECT_BYTES = 64 * 1024 * 1024;
/** Objects that are read or written together. */
const STORES_AT_ONCE = 16;
/** Attempts to write objects that others write, too: of those that try at the same time, each time one succeeds. */
const TRIES = 32;

/**
 * Opens the memory: one object of JSON for each store, which is replaced only as it was read. The write decides what a
 * count changed, and it comes before the event: of two functions that count one shelf at the same time, one is refused, and
 * counts again from what the other has counted.
 */
export function shelfMemory({ objects, bucket, prefix, clock }: ShelfMemoryOptions): ShelfMemory {
  const placeOf = (storeId: string): ObjectPlace => ({
    bucket,
    key: `${prefix}${createHash('sha256').update(storeId).digest('hex').slice(0, 32)}.json`,
  });

  async function read(storeId: string): Promise<Kept> {
    try {
      const { bytes, etag } = await objects.get(placeOf(storeId), MOST_OBJECT_BYTES);
      return { shelves: readShelves(storeId, bytes.toString('utf8')), etag };
    } catch (error) {
      if (codeOf(error) !== 'NO_OBJECT') throw error;
      return { shelves: readShelves(storeId, undefined), etag: undefined };
    }
  }

  /** Writes a store's shelves; false where they are not any more what was read. */
  async function write(storeId: string, kept: Kept): Promise<boolean> {
    const bytes = Buffer.from(kept.shelves.text());
    const only = { replaces: kept.etag ?? 'nothing' };
    try {
      kept.etag = await objects.put(placeOf(storeId), bytes, 'application/json', only);
      return true;
    } catch (error) {
      if (codeOf(error) !== 'CONFLICT') throw error;
      return false;
    }
  }

  /** Takes note of delivered events of one store. */
  async function settle(
    storeId: string,
    events: readonly InventoryEvent[],
    known: Kept | undefined,
  ): Promise<void> {
    let kept = known ?? (await read(storeId));
    for (let left = TRIES; kept.shelves.settle(events); left--) {
      if (await write(storeId, kept)) return;
      if (left <= 1) throw busy(storeId);
      kept = await read(storeId);
    }
  }

  return {
    async count(storeIds, work) {
      for (let left = TRIES; ; left--) {
        const stores = new Map<string, Kept>();
        await eachOf(storeIds, async (storeId) => {
          stores.set(storeId, await read(storeId));
        });
        const { read: found, events } = work(tableOf(stores));
        const byStore = groupsOf(events);
        const clashes: string[] = [];
        await eachOf(byStore, async ([storeId, list]) => {
          const kept = stores.get(storeId) ?? (await read(storeId));
          stores.set(storeId, kept);
          const isNew = kept.shelves.claim(list, clock.wallNow());
          if (isNew && !(await write(storeId, kept))) clashes.push(storeId);
        });
        const [clash] = clashes;
        if (clash === undefined) {
          const settleAll = async (done: readonly InventoryEvent[]): Promise<void> =>
            eachOf(groupsOf(done), async ([storeId, list]) => settle(storeId, list, stores.get(storeId)));
          return { read: found, settle: settleAll };
        }
        if (left <= 1) throw busy(clash);
      }
    },
  };
}

/** What was read of a store, and its version; undefined where there is none. */
interface Kept {
  readonly shelves: StoreShelves;
  etag: string | undefined;
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;

const busy = (storeId: string): Error =>
  new Error(
    `Expected to write the shelves of store ${storeId}, but others wrote them ${TRIES} times meanwhile.`,
  );

/** The shelves of all stores as one table, which a run may write into. */
function tableOf(stores: ReadonlyMap<string, Kept>): ShelfTable {
  const table = createShelfTable();
  for (const { shelves } of stores.values()) shelves.fill(table);
  return {
    get size() {
      return table.size;
    },
    get: (storeId, productId) => table.get(storeId, productId),
    set: (storeId, productId, known) => {
      table.set(storeId, productId, known);
    },
    earlier: (storeId, productId, timeMs, stock) =>
      stores.get(storeId)?.shelves.earlier(productId, timeMs, stock),
  };
}

function groupsOf(events: readonly InventoryEvent[]): ReadonlyMap<string, readonly InventoryEvent[]> {
  const byStore = new Map<string, InventoryEvent[]>();
  for (const event of events) {
    const list = byStore.get(event.store_id) ?? [];
    byStore.set(event.store_id, list);
    list.push(event);
  }
  return byStore;
}

/** Does a work for each, some at the same time. */
async function eachOf<T>(all: Iterable<T>, work: (one: T) => Promise<void>): Promise<void> {
  const rest = [...all];
  while (rest.length > 0) await Promise.all(rest.splice(0, STORES_AT_ONCE).map(work));
}
