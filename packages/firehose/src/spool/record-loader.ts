import type { PackedRecord } from '../packing/packed-record.js';
import type { Slab, SlabPool } from '../packing/slab-pool.js';
import type { Spool } from './spool.js';

const COMMA = 44;

/** Brings records back from disk into slabs of their own, one after another. */
export class RecordLoader {
  readonly #pool: SlabPool;
  #slab: Slab | undefined;
  #offset = 0;

  constructor(pool: SlabPool) {
    this.#pool = pool;
  }

  /** The oldest record of the spool, now in memory; undefined when there is no room or none. */
  next(spool: Spool): PackedRecord | undefined {
    const spooled = spool.peek();
    if (spooled === undefined) return undefined;
    const { entry, openedAt, epoch, receipts, attempts, ambiguous, rawBytes } = spooled;
    const slab = this.#slabFor(1 + entry.position.length);
    if (slab === undefined) return undefined;
    const start = this.#offset + 1;
    slab.bytes[this.#offset] = COMMA;
    spool.take(slab.bytes, start);
    const end = start + entry.position.length;
    this.#offset = end;
    slab.holders++;
    return {
      slab,
      start,
      end,
      rawBytes: rawBytes ?? rawBytesOf(slab.bytes, start, end),
      events: entry.events,
      openedAt,
      epoch,
      receipts,
      attempts,
      ambiguous,
      notBefore: 0,
      lastError: undefined,
      spoolEntry: entry,
    };
  }

  /** Does the oldest record fit beside those brought back last? If not, their slab is let go. */
  hasRoom(spool: Spool): boolean {
    const spooled = spool.peek();
    if (spooled === undefined || this.#slab === undefined) return false;
    if (this.#offset + 1 + spooled.entry.position.length <= this.#slab.bytes.length) return true;
    this.close();
    return false;
  }

  /** Lets go of the slab that is being filled. */
  close(): void {
    if (this.#slab !== undefined) this.#pool.release(this.#slab);
    this.#slab = undefined;
  }

  #slabFor(bytes: number): Slab | undefined {
    if (this.#slab !== undefined && this.#offset + bytes <= this.#slab.bytes.length) return this.#slab;
    this.close();
    this.#slab = this.#pool.acquire(bytes);
    this.#offset = 0;
    return this.#slab;
  }
}

const EQUALS = 61;
/** `{"Data":"` and `"}` */
const AROUND = 11;

/** How many bytes base64 text stands for. */
function rawBytesOf(bytes: Buffer, start: number, end: number): number {
  let padding = 0;
  for (let at = end - 3; bytes[at] === EQUALS; at--) padding++;
  return ((end - start - AROUND) / 4) * 3 - padding;
}
