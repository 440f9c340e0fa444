import type { Clock } from '@store/foundation';
import type { EventEncoder } from '../encoder.js';
import { bufferFullError, changingEventError, eventTooLargeError } from '../errors.js';
import {
  RECORD_CLOSE,
  RECORD_OPEN,
  recordTextBytes,
  type PackedRecord,
  type Receipts,
} from './packed-record.js';
import type { Slab, SlabPool } from './slab-pool.js';
import { WorkBuffer } from './work-buffer.js';

/** What bounds one record. */
export interface PackerLimits {
  readonly maxEvents: number;
  readonly maxBytes: number;
  /** Records close just below a multiple of this. */
  readonly alignBytes: number;
}

const COMMA = 44;
const LINE_FEED = 10;

/**
 * Turns events into records. Bytes are written once: encoder, base64, slab. An event is in a record as soon
 * as `add` returns, and in none if it throws.
 */
export class Packer<T> {
  readonly #encoder: EventEncoder<T>;
  readonly #limits: PackerLimits;
  readonly #pool: SlabPool;
  readonly #clock: Clock;
  readonly #targetBytes: () => number;
  readonly #epoch: () => number;
  readonly #opened: (at: number) => void;
  readonly #sealed: (record: PackedRecord) => void;
  readonly #work = new WorkBuffer();

  #slab: Slab | undefined;
  /** Where the next base64 text goes in the slab. */
  #slabOffset = 0;
  /** Where the open record's comma stands. */
  #recordOffset = 0;
  /** Raw bytes of the open record: turned to base64 or still in the work buffer. */
  #bytes = 0;
  #events = 0;
  #openedAt = 0;
  #openEpoch = 0;
  #receipts: Receipts[number][] | undefined;
  /** Bytes per event in the last record. */
  #meanBytes: number | undefined;

  /** Below both of these an event goes in unchecked. */
  #freeEvents = 0;
  #freeBytes = 0;

  /**
   * @param targetBytes - bytes that a record should have at the present rate
   * @param epoch - which flush would wait for a record that opens now
   * @param opened - a record has opened: its linger runs from then
   */
  constructor(
    encoder: EventEncoder<T>,
    limits: PackerLimits,
    pool: SlabPool,
    clock: Clock,
    targetBytes: () => number,
    epoch: () => number,
    opened: (at: number) => void,
    sealed: (record: PackedRecord) => void,
  ) {
    this.#encoder = encoder;
    this.#limits = limits;
    this.#pool = pool;
    this.#clock = clock;
    this.#targetBytes = targetBytes;
    this.#epoch = epoch;
    this.#opened = opened;
    this.#sealed = sealed;
  }

  /** Events taken since the beginning. */
  accepted = 0;

  /** Events in the open record. */
  get openEvents(): number {
    return this.#events;
  }

  get openBytes(): number {
    return this.#bytes;
  }

  /** When the open record got its first event. */
  get openedAt(): number {
    return this.#openedAt;
  }

  /** Encodes one event into the open record. */
  add(event: T, receipt?: Receipts[number]): void {
    const work = this.#work;
    let end = this.#encoder.encodeInto(event, work.view, work.length);
    if (end < 0) {
      this.#checkSize(-end + 1);
      work.reserve(-end);
      end = this.#encoder.encodeInto(event, work.view, work.length);
      if (end < 0) throw changingEventError();
    }
    this.#take(work.separate(end), receipt);
  }

  /** Copies one encoded event into the open record; a line feed at its end is its separator. */
  addEncoded(bytes: Uint8Array, receipt?: Receipts[number]): void {
    const work = this.#work;
    const length = bytes.length;
    if (work.length + length > work.view.length) {
      this.#checkSize(length);
      work.reserve(length);
    }
    work.view.set(bytes, work.length);
    const end = work.length + length;
    this.#take(bytes[length - 1] === LINE_FEED ? end : work.separate(end), receipt);
  }

  /**
   * Copies lines of `bytes` from `from` on, all contiguous, for as long as each is an event that goes in
   * unchecked; an empty line or an unfinished one ends it. Needs less CPU than one by one (bench/chain.bench.ts).
   *
   * @returns where it stopped.
   */
  addLines(bytes: Buffer, from: number): number {
    const work = this.#work;
    const limit = from + Math.min(this.#freeBytes - this.#bytes, work.room);
    let end = from;
    let events = this.#events;
    while (events < this.#freeEvents) {
      const next = bytes.indexOf(LINE_FEED, end) + 1;
      if (next <= end + 1 || next > limit) break;
      end = next;
      events++;
    }
    if (end === from) return from;
    work.append(bytes, from, end);
    this.#bytes += end - from;
    this.accepted += events - this.#events;
    this.#events = events;
    this.#drainRipe();
    return end;
  }

  /** Closes the open record, if there is one. */
  seal(): void {
    if (this.#events > 0) this.#seal();
  }

  /** Seals, and lets go of the slab: the producer is closing. */
  close(): void {
    this.seal();
    if (this.#slab !== undefined) this.#pool.release(this.#slab);
    this.#slab = undefined;
  }

  #checkSize(length: number): void {
    if (length > this.#limits.maxBytes) throw eventTooLargeError(length, this.#limits.maxBytes);
  }

  /** The event's bytes are in the work buffer from its length to `end`; makes them part of a record. */
  #take(end: number, receipt: Receipts[number] | undefined): void {
    const work = this.#work;
    const length = end - work.length;
    if (this.#events >= this.#freeEvents || this.#bytes + length > this.#freeBytes) {
      this.#checkSize(length);
      if (this.#events > 0 && this.#closesBefore(length)) this.#seal(end);
      if (this.#events === 0) this.#open(length);
    }
    work.length += length;
    this.#bytes += length;
    this.#events++;
    this.accepted++;
    if (receipt !== undefined) (this.#receipts ??= []).push(receipt);
    this.#drainRipe();
    if (this.#events >= this.#limits.maxEvents) this.#seal();
  }

  #drainRipe(): void {
    const work = this.#work;
    if (!work.ripe) return;
    const end = work.length - (work.length % 3);
    this.#slabOffset = work.drain(end, this.#openSlab().bytes, this.#slabOffset);
  }

  /** Would the open record be better, or only be legal, without an event of `length` bytes? */
  #closesBefore(length: number): boolean {
    const { alignBytes, maxBytes, maxEvents } = this.#limits;
    const bytes = this.#bytes;
    const target = Math.min(maxBytes, Math.max(this.#targetBytes(), alignBytes));
    if (bytes + length > maxBytes) return true;
    const after = Math.ceil((bytes + length) / alignBytes);
    if (after > Math.ceil(bytes / alignBytes)) {
      // The event would begin a unit that is billed whole. Close here if the next such place may be out of reach.
      const eventsPerUnit = (alignBytes * this.#events) / bytes;
      if (this.#events + eventsPerUnit + 1 > maxEvents) return true;
      if (after * alignBytes > target) return true;
    }
    return !this.#fitsSlab(length);
  }

  /** Ensures room for the open record to grow by `length`, in another slab if need be. */
  #fitsSlab(length: number): boolean {
    const slab = this.#slab;
    const room = this.#pool.slabBytes - this.#recordOffset;
    if (slab !== undefined && recordTextBytes(this.#bytes + length) <= room) return true;
    if (slab === undefined || recordTextBytes(this.#bytes + length) > this.#pool.slabBytes) return false;
    const next = this.#pool.acquire();
    if (next === undefined) return false;
    slab.bytes.copy(next.bytes, 0, this.#recordOffset, this.#slabOffset);
    this.#pool.release(slab);
    this.#slab = next;
    this.#slabOffset -= this.#recordOffset;
    this.#recordOffset = 0;
    this.#setFree();
    return true;
  }

  #open(length: number): void {
    if (this.#slab === undefined || this.#slabOffset + recordTextBytes(length) > this.#pool.slabBytes) {
      const next = this.#pool.acquire();
      if (next === undefined) throw bufferFullError(this.#pool.maxSlabs * this.#pool.slabBytes);
      if (this.#slab !== undefined) this.#pool.release(this.#slab);
      this.#slab = next;
      this.#slabOffset = 0;
    }
    const { bytes } = this.#slab;
    this.#recordOffset = this.#slabOffset;
    bytes[this.#recordOffset] = COMMA;
    this.#slabOffset += 1 + RECORD_OPEN.copy(bytes, this.#recordOffset + 1);
    this.#openedAt = this.#clock.now();
    this.#openEpoch = this.#epoch();
    this.#setFree(length);
    this.#opened(this.#openedAt);
  }

  /** How far the open record may grow before anything has to be decided. */
  #setFree(firstLength?: number): void {
    const { alignBytes, maxBytes, maxEvents } = this.#limits;
    if (this.#events > 0) this.#meanBytes = this.#bytes / this.#events;
    const eventBytes = this.#meanBytes ?? firstLength ?? alignBytes;
    const room = Math.floor((this.#pool.slabBytes - this.#recordOffset - recordTextBytes(0)) / 4) * 3 - 3;
    const target = Math.min(maxBytes, this.#targetBytes());
    this.#freeBytes = Math.min(target - 2 * alignBytes, room);
    // Where about the last two billing units begin: from there on events are checked one by one.
    this.#freeEvents = maxEvents - (2 * alignBytes) / eventBytes - 1;
  }

  /** Ends the record; bytes in the work buffer beyond its length, up to `keepEnd`, belong to the next event. */
  #seal(keepEnd?: number): void {
    const work = this.#work;
    const slab = this.#openSlab();
    const end = work.length;
    if (keepEnd !== undefined) work.length = keepEnd;
    this.#slabOffset = work.drain(end, slab.bytes, this.#slabOffset);
    work.length = 0;
    this.#slabOffset += RECORD_CLOSE.copy(slab.bytes, this.#slabOffset);
    slab.holders++;
    const record: PackedRecord = {
      slab,
      start: this.#recordOffset + 1,
      end: this.#slabOffset,
      rawBytes: this.#bytes,
      events: this.#events,
      openedAt: this.#openedAt,
      epoch: this.#openEpoch,
      receipts: this.#receipts,
      attempts: 0,
      ambiguous: false,
      notBefore: 0,
      lastError: undefined,
      spoolEntry: undefined,
    };
    this.#meanBytes = this.#bytes / this.#events;
    this.#bytes = 0;
    this.#events = 0;
    this.#freeEvents = 0;
    this.#receipts = undefined;
    this.#sealed(record);
  }

  #openSlab(): Slab {
    if (this.#slab === undefined)
      throw new Error('An open record has a slab: this is a defect of the packer.');
    return this.#slab;
  }
}
