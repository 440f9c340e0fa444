import type { Queues } from '../dispatch/queues.js';
import { FirehoseError } from '../errors.js';
import type { PackedRecord } from '../packing/packed-record.js';
import type { SlabPool } from '../packing/slab-pool.js';
import { RecordLoader } from './record-loader.js';
import { spoolUnreadableError } from './spool-errors.js';
import type { Spool } from './spool.js';

/** Decides what goes to disk and what comes back. */
export class Spill {
  readonly spool: Spool;
  readonly #pool: SlabPool;
  readonly #loader: RecordLoader;
  /** Records of mode `always` that the disk did not take. */
  readonly #unwritten = new Set<PackedRecord>();

  constructor(spool: Spool, pool: SlabPool) {
    this.spool = spool;
    this.#pool = pool;
    this.#loader = new RecordLoader(pool);
  }

  /** Half of the memory: from there on records wait on disk. */
  get #crowded(): boolean {
    return this.#pool.used >= Math.max(2, this.#pool.maxSlabs >> 1);
  }

  /** Callers of `put` should wait. */
  get full(): boolean {
    return this.spool.settings.mode === 'always' && this.spool.full;
  }

  /** A new record: writes it if it should be on disk; true if it is there only, out of memory. */
  sealed(record: PackedRecord): boolean {
    if (this.spool.settings.mode === 'always') this.#write(record);
    // Records on disk are older: a new record goes behind it.
    return (this.#crowded || this.spool.records > 0) && this.park(record);
  }

  /** Moves a record out of memory; false if the disk takes none. */
  park(record: PackedRecord): boolean {
    if (record.spoolEntry === undefined && !this.#write(record)) return false;
    const { spoolEntry, openedAt, epoch, receipts, attempts, ambiguous, rawBytes } = record;
    if (spoolEntry === undefined) return false;
    this.spool.park({ entry: spoolEntry, openedAt, epoch, receipts, attempts, ambiguous, rawBytes });
    this.#pool.release(record.slab);
    return true;
  }

  /** Brings back what the next batches can carry; false when the disk could not be read. */
  refill({ batchBytes, fresh }: Queues): boolean {
    while (fresh.rawBytes < 2 * batchBytes) {
      if (!this.#loader.hasRoom(this.spool) && this.#crowded) return true;
      let record: PackedRecord | undefined;
      try {
        record = this.#loader.next(this.spool);
      } catch (error) {
        // It stays on disk and is read again at the next look.
        this.spool.error = spoolUnreadableError(this.spool.settings.dir, error);
        return false;
      }
      if (record === undefined) return true;
      fresh.push(record);
    }
    return true;
  }

  settled(record: PackedRecord): void {
    this.#unwritten.delete(record);
    if (record.spoolEntry !== undefined) this.spool.acknowledge(record.spoolEntry);
  }

  /** Resolves once every sealed record is on disk. */
  async persist(): Promise<void> {
    const { durability, mode } = this.spool.settings;
    if (mode !== 'always')
      throw new FirehoseError('INVALID_OPTION', "Expected `spool.mode` to be 'always', got 'overflow'.");
    for (const record of [...this.#unwritten]) {
      if (!this.#write(record) && this.spool.error !== undefined) throw this.spool.error;
    }
    if (durability === 'disk') await this.spool.sync();
    else this.spool.check();
  }

  async close(): Promise<void> {
    this.#loader.close();
    await this.spool.close();
  }

  #write(record: PackedRecord): boolean {
    record.spoolEntry = this.spool.append(record);
    if (record.spoolEntry !== undefined) this.#unwritten.delete(record);
    else if (this.spool.settings.mode === 'always') this.#unwritten.add(record);
    return record.spoolEntry !== undefined;
  }
}
