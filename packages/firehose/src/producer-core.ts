import type { Writable } from 'node:stream';
import { checkOptions, type Settings } from './check-options.js';
import { systemClock, type Clock } from './clock.js';
import { Delivery } from './delivery.js';
import { waitForFlush } from './dispatch/flush-waiters.js';
import { jsonEncoder } from './encoder.js';
import { BufferFullError, ClosedError, OptionError } from './errors.js';
import { Gate } from './gate.js';
import { FIREHOSE_LIMITS } from './limits.js';
import type { ProducerOptions } from './options.js';
import { recordData } from './packing/packed-record.js';
import { Packer } from './packing/packer.js';
import { SlabPool } from './packing/slab-pool.js';
import { pipeEvents, pipeLines, type PipeOptions } from './pipe.js';
import type { AbortReport, FirehoseProducer, FlushOptions, FlushReport } from './producer.js';
import type { Receipt } from './receipts.js';
import type { ProducerStats } from './stats.js';
import { nodeWritable, webWritable } from './writable.js';

/** The side that callers see: events go through the packer into delivery; memory comes back. */
export class FirehoseProducerCore<T> implements FirehoseProducer<T> {
  readonly #settings: Settings;
  readonly #clock: Clock;
  readonly #pool: SlabPool;
  readonly #packer: Packer<T>;
  readonly #delivery: Delivery;
  readonly #gate = new Gate(() => this.#full);
  /** Slabs in use from which on `put` asks to wait. */
  readonly #highWater: number;
  /** Takes no more events. */
  #closed = false;
  /** Sends no more records. */
  #stopped = false;
  /** What was left has been given to the caller. */
  #handedBack = false;

  constructor(options: ProducerOptions<T>) {
    const settings = (this.#settings = checkOptions(options));
    const clock = (this.#clock = options.clock ?? systemClock);
    const { maxSlabs, packing, slabBytes } = settings;
    this.#pool = new SlabPool(slabBytes, maxSlabs);
    this.#highWater = maxSlabs - 1;
    const alignBytes = packing.mode === 'single' ? 1 : FIREHOSE_LIMITS.billingUnitBytes;
    this.#packer = new Packer(options.encoder ?? jsonEncoder, { ...packing, alignBytes }, this.#pool, {
      clock,
      targetBytes: () => this.#delivery.rate.recordBytes,
      epoch: () => this.#delivery.waiters.epoch,
      opened: (at) => {
        this.#delivery.dispatcher.lookBy(at + settings.batch.lingerMs);
      },
      sealed: (record) => {
        this.#delivery.take(record);
      },
    });
    this.#delivery = new Delivery(options, settings, clock, {
      packer: this.#packer,
      pool: this.#pool,
      full: () => this.#full,
      freed: () => {
        this.#gate.open();
      },
      blocked: (cause) => {
        this.#gate.fail(cause);
      },
    });
  }

  get maxEventBytes(): number {
    return this.#settings.packing.maxBytes;
  }

  put(event: T): boolean {
    if (this.#closed) throw new ClosedError();
    this.#packer.add(event);
    return !this.#full;
  }

  putEncoded(bytes: Uint8Array): boolean {
    if (this.#closed) throw new ClosedError();
    this.#packer.addEncoded(bytes);
    return !this.#full;
  }

  /** As `putEncoded` for each of as many whole lines as need no decision; gives how many, and where it stopped. */
  putLines(bytes: Buffer, from: number): { readonly taken: number; readonly end: number } {
    if (this.#closed) throw new ClosedError();
    const before = this.#packer.accepted;
    const end = this.#packer.addLines(bytes, from);
    return { taken: this.#packer.accepted - before, end };
  }

  async putAsync(event: T): Promise<Receipt> {
    if (this.#full && this.#settings.onFull === 'reject') {
      throw new BufferFullError(this.#pool.maxSlabs * this.#pool.slabBytes);
    }
    while (this.#full && !this.#closed) await this.drained();
    if (this.#closed) throw new ClosedError();
    return new Promise((resolve, reject) => {
      this.#packer.add(event, { resolve, reject });
    });
  }

  async drained(): Promise<void> {
    if (this.#closed) return;
    this.#delivery.dispatcher.pump();
    const { cause } = this.#delivery.breaker;
    // There will be no room while nothing goes out: to wait for it without a word would look like a hang.
    if (this.#full && cause !== undefined) throw cause;
    await this.#gate.wait();
  }

  async flush(options: FlushOptions = {}): Promise<FlushReport> {
    if (this.#stopped) throw new ClosedError();
    const { ledger, letters, waiters } = this.#delivery;
    const { delivered, failed } = ledger;
    this.#packer.seal();
    const complete = await waitForFlush(waiters, this.#clock, options, () => {
      this.#delivery.hurry();
    });
    if (complete) await letters.settle();
    return { ...this.#report(ledger.delivered - delivered, ledger.failed - failed), complete };
  }

  async persist(): Promise<void> {
    const { spill } = this.#delivery;
    if (spill === undefined) throw new OptionError('Expected option `spool` for `persist`, got none.');
    this.#packer.seal();
    await spill.persist();
  }

  async close(options?: FlushOptions): Promise<FlushReport> {
    if (this.#stopped) return this.#report(0, 0);
    this.#closeIntake();
    const { spill } = this.#delivery;
    try {
      const { delivered, failed } = await this.flush(options);
      if (spill !== undefined) this.#stop();
      return this.#report(delivered, failed);
    } finally {
      // Without a spool, what is left stays for `abort` to hand back.
      if (spill !== undefined || this.#pendingEvents === 0) {
        this.#stop();
        await this.#delivery.shut();
      }
    }
  }

  async abort(): Promise<AbortReport> {
    const { dispatcher, spooledEvents } = this.#delivery;
    if (this.#handedBack) return { records: [], events: 0, spooled: spooledEvents };
    this.#handedBack = true;
    // After a close, too, there may be something left: what a spool's full disk did not take.
    if (!this.#stopped) {
      this.#closeIntake();
      this.#stop();
      await this.#delivery.shut();
    }
    const records = dispatcher.left.map((record) => ({
      data: recordData(record),
      events: record.events,
      ambiguous: record.ambiguous,
    }));
    return { records, events: this.#pendingEvents, spooled: this.#delivery.spooledEvents };
  }

  pipeFrom(source: AsyncIterable<T> | Iterable<T>, options?: PipeOptions): Promise<number> {
    return pipeEvents(this, source, options);
  }

  pipeLinesFrom(
    chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    options?: PipeOptions,
  ): Promise<number> {
    return pipeLines(this, chunks, options);
  }

  writable(): WritableStream<T> {
    return webWritable(this);
  }

  nodeWritable(): Writable {
    return nodeWritable(this);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  stats(): ProducerStats {
    return {
      accepted: this.#packer.accepted + this.#delivery.recoveredEvents,
      pending: this.#pendingEvents,
      memoryBytes: this.#pool.used * this.#pool.slabBytes,
      ...this.#delivery.stats(),
    };
  }

  get #full(): boolean {
    return this.#pool.used >= this.#highWater || this.#delivery.spill?.full === true;
  }

  get #pendingEvents(): number {
    return this.#packer.openEvents + this.#delivery.pendingEvents;
  }

  #report(delivered: number, failed: number): FlushReport {
    const pending = this.#pendingEvents;
    const { lastError, spooledEvents: spooled } = this.#delivery;
    return { complete: pending + spooled === 0, delivered, failed, pending, spooled, lastError };
  }

  #closeIntake(): void {
    this.#closed = true;
    this.#packer.close();
    this.#gate.open(true);
  }

  #stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#delivery.stop();
  }
}
