import { createHash } from 'node:crypto';
import type { Clock } from '@store/foundation';
import type { ShelfTable } from '@store/intake';
import type { InventoryEvent } from '@store/schema';
import type { ObjectPlace, ObjectStore } from '../aws/s3-objects.js';
import { readShelves, type StoreShelves } from './store-shelves.js';

/** The last stock of each shelf, kept beside the lake for mappings of counts. */
export interface ShelfMemory {
  /**
   * Counts by what is known of the shelves, and writes down what was counted, before anybody is told of it. Where
   * somebody else has counted a store meanwhile, all is counted again by what is known then.
   *
   * @param work - counts; it is called again for each store that it meets first, and may be called several times
   * @throws where the counts cannot be read or written; nothing is to be sent then
   */
  count<Read>(work: (shelves: ShelfTable) => Read): Promise<Counted<Read>>;
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

/** Bytes of a store's object: about a million products. */
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
      return { shelves: readShelves(storeId, bytes.toString('utf8')), etag, isChanged: false };
    } catch (error) {
      if (codeOf(error) !== 'NO_OBJECT') throw error;
      return { shelves: readShelves(storeId, undefined), etag: undefined, isChanged: false };
    }
  }

  /** Writes a store's shelves; false where they are not any more what was read. */
  async function write(storeId: string, kept: Kept): Promise<boolean> {
    const bytes = Buffer.from(kept.shelves.text(clock.wallNow()));
    // It could be read by nobody.
    if (bytes.length > MOST_OBJECT_BYTES)
      throw new Error(`Expected the shelves of store ${storeId} to have at most ${MOST_OBJECT_BYTES} bytes.`);
    const only = { replaces: kept.etag ?? 'nothing' };
    try {
      kept.etag = await objects.put(placeOf(storeId), bytes, 'application/json', only);
      kept.isChanged = false;
      return true;
    } catch (error) {
      if (codeOf(error) !== 'CONFLICT') throw error;
      return false;
    }
  }

  /** Takes note of delivered events of one store. */
  async function settle(storeId: string, events: readonly InventoryEvent[], known: Kept): Promise<void> {
    let kept = known;
    for (let left = TRIES; kept.shelves.settle(events); left--) {
      if (await write(storeId, kept)) return;
      if (left <= 1) throw busy(storeId);
      kept = await read(storeId);
    }
  }

  /** Writes what was counted, and returns the stores that others wrote meanwhile. */
  async function writeAll(stores: ReadonlyMap<string, Kept>): Promise<readonly string[]> {
    const clashes: string[] = [];
    await eachOf(stores, async ([storeId, kept]) => {
      if (kept.isChanged && !(await write(storeId, kept))) clashes.push(storeId);
    });
    return clashes;
  }

  return {
    async count(work) {
      const stores = new Map<string, Kept>();
      for (let left = TRIES; ; left--) {
        const missing = new Set<string>();
        const found = work(tableOf(stores, missing, clock.wallNow()));
        const stale = missing.size > 0 ? [...missing] : await writeAll(stores);
        const [first] = stale;
        if (first === undefined) {
          const settleAll = async (done: readonly InventoryEvent[]): Promise<void> =>
            eachOf(groupsOf(done), async ([storeId, list]) => {
              const kept = stores.get(storeId);
              if (kept !== undefined) await settle(storeId, list, kept);
            });
          return { read: found, settle: settleAll };
        }
        if (left <= 1) throw busy(first);
        await eachOf(stale, async (storeId) => {
          stores.set(storeId, await read(storeId));
        });
      }
    },
  };
}

/** What was read of a store, and its version; undefined where there is none. */
interface Kept {
  readonly shelves: StoreShelves;
  etag: string | undefined;
  /** Something was counted that is not written. */
  isChanged: boolean;
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;

const busy = (storeId: string): Error =>
  new Error(
    `Expected to write the shelves of store ${storeId}, but others wrote them ${TRIES} times meanwhile.`,
  );

/**
 * The shelves of the stores that were read, as one table, which a run may write into. Of others nothing is known, and they are
 * missing.
 */
function tableOf(stores: ReadonlyMap<string, Kept>, missing: Set<string>, nowMs: number): ShelfTable {
  const storeOf = (storeId: string): Kept | undefined => {
    const kept = stores.get(storeId);
    if (kept === undefined) missing.add(storeId);
    return kept;
  };
  return {
    get size() {
      return [...stores.values()].reduce((sum, { shelves }) => sum + shelves.size, 0);
    },
    get: (storeId, productId) => storeOf(storeId)?.shelves.last(productId),
    earlier: (storeId, productId, timeMs, stock) =>
      storeOf(storeId)?.shelves.earlier(productId, timeMs, stock),
    set(storeId, productId, known) {
      const kept = storeOf(storeId);
      if (kept === undefined) return;
      kept.shelves.claim(productId, known, nowMs);
      kept.isChanged = true;
    },
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
