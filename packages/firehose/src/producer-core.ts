import { systemClock, type Clock } from '@store/foundation';
import { checkFlushOptions, checkPipe, producerSettings, type Settings } from './producer-settings.js';
import { Delivery } from './delivery.js';
import { FlushWaiters, waitForFlush } from './dispatch/flush-waiters.js';
import { checkOneEvent, jsonEncoder } from './encoder.js';
import { bufferFullError, closedError, optionError } from './errors.js';
import { Gate } from './gate.js';
import { firehoseLimits } from './limits.js';
import type { FlushOptions, PipeOptions, ProducerOptions } from './options.js';
import { Packer } from './packing/packer.js';
import { SlabPool } from './packing/slab-pool.js';
import { pipeEvents, pipeLines, writableInto } from './pipe.js';
import type { AbortReport, FirehoseProducer, FlushReport, Receipt } from './producer.js';
import { RateControl } from './rate/rate-control.js';
import type { ProducerStats } from './stats.js';

/**
 * Creates a producer for one delivery stream.
 *
 * @throws FirehoseError `INVALID_OPTION`; with a spool also `SPOOL_LOCKED`
 *
 * @example
 * ```ts
 * import { createFirehoseProducer } from '@store/firehose';
 *
 * interface Order {
 *   readonly id: number;
 * }
 * export async function sendAll(orders: AsyncIterable<Order>): Promise<void> {
 *   await using producer = createFirehoseProducer<Order>({ deliveryStreamName: 'orders' });
 *   await producer.pipe(orders);
 * }
 * ```
 */
export function createFirehoseProducer<T = unknown>(options: ProducerOptions<T>): FirehoseProducer<T> {
  return new FirehoseProducerCore(options);
}

/** The side that callers see: events go through the packer into delivery; memory comes back. */
class FirehoseProducerCore<T> implements FirehoseProducer<T> {
  readonly #settings: Settings;
  readonly #clock: Clock;
  readonly #pool: SlabPool;
  readonly #packer: Packer<T>;
  readonly #delivery: Delivery;
  readonly #waiters = new FlushWaiters();
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
    const settings = (this.#settings = producerSettings(options));
    const clock = (this.#clock = options.clock ?? systemClock);
    const { batch, maxSlabs, packing, slabBytes } = settings;
    const pool = (this.#pool = new SlabPool(slabBytes, maxSlabs));
    this.#highWater = maxSlabs - 1;
    const rate = new RateControl(settings.rate, clock.now());
    const waiters = this.#waiters;
    const alignBytes = packing.mode === 'single' ? 1 : firehoseLimits.billingUnitBytes;
    const packer = (this.#packer = new Packer(
      options.encoder ?? jsonEncoder,
      { ...packing, alignBytes },
      pool,
      clock,
      () => rate.recordBytes,
      () => waiters.epoch,
      (at) => {
        this.#delivery.dispatcher.lookBy(at + batch.lingerMs);
      },
      (record) => {
        this.#delivery.take(record);
      },
    ));
    const gate = this.#gate;
    this.#delivery = new Delivery(options, settings, { clock, rate, waiters, packer, pool, gate });
  }

  get maxEventBytes(): number {
    return this.#settings.packing.maxBytes;
  }

  put(event: T): boolean {
    if (this.#closed) throw closedError();
    this.#packer.add(event);
    return !this.#full;
  }

  putEncoded(bytes: Uint8Array): boolean {
    if (this.#closed) throw closedError();
    checkOneEvent(bytes);
    this.#packer.addEncoded(bytes);
    return !this.#full;
  }

  /** As `putEncoded` for each of as many whole lines as need no decision; gives how many, and where it stopped. */
  putLines(bytes: Buffer, from: number): { readonly taken: number; readonly end: number } {
    if (this.#closed) throw closedError();
    const before = this.#packer.accepted;
    const end = this.#packer.addLines(bytes, from);
    return { taken: this.#packer.accepted - before, end };
  }

  async send(event: T): Promise<Receipt> {
    if (this.#full && this.#settings.onFull === 'reject') {
      throw bufferFullError(this.#pool.maxSlabs * this.#pool.slabBytes);
    }
    while (this.#full && !this.#closed) await this.drained();
    if (this.#closed) throw closedError();
    return new Promise((resolve, reject) => {
      this.#packer.add(event, { resolve, reject });
    });
  }

  putAsync(event: T): Promise<Receipt> {
    return this.send(event);
  }

  async drained(): Promise<void> {
    if (this.#closed) return;
    this.#delivery.dispatcher.pump();
    const { cause } = this.#delivery.breaker;
    // There will be no room while nothing goes out: to wait for it silently would look like a hang.
    if (this.#full && cause !== undefined) throw cause;
    await this.#gate.wait();
  }

  async flush(options: FlushOptions = {}): Promise<FlushReport> {
    checkFlushOptions(options);
    if (this.#stopped) throw closedError();
    const { ledger, letters } = this.#delivery;
    const { delivered, failed } = ledger;
    this.#packer.seal();
    const complete = await waitForFlush(this.#waiters, this.#clock, options, () => {
      this.#delivery.hurry();
    });
    if (complete) await letters.settle();
    return { ...this.#report(ledger.delivered - delivered, ledger.failed - failed), complete };
  }

  async persist(): Promise<void> {
    const { spill } = this.#delivery;
    if (spill === undefined) {
      throw optionError({ path: 'spool', message: 'Expected option `spool` for `persist`, got none.' });
    }
    this.#packer.seal();
    await spill.persist();
  }

  async close(options?: FlushOptions): Promise<FlushReport> {
    checkFlushOptions(options);
    if (this.#stopped) return this.#report(0, 0);
    this.#closeIntake();
    const { spill } = this.#delivery;
    try {
      const { delivered, failed } = await this.flush(options);
      if (spill !== undefined) this.#stop();
      return this.#report(delivered, failed);
    } finally {
      // Handlers that are still at work end before the producer does.
      await this.#delivery.letters.ended();
      // Without a spool, what is left stays for `abort` to hand back.
      if (spill !== undefined || this.#pendingEvents === 0) {
        this.#stop();
        await this.#delivery.shut();
      }
    }
  }

  async abort(): Promise<AbortReport> {
    const delivery = this.#delivery;
    if (this.#handedBack) return { undelivered: [], spooled: delivery.spooledEvents };
    this.#handedBack = true;
    // After a close, too, there may be something left: what a spool's full disk did not take.
    if (!this.#stopped) {
      this.#closeIntake();
      this.#stop();
      await delivery.shut();
    }
    // What a handler did not take is handed back, too: nobody else will ask for it.
    const untaken = await delivery.letters.empty();
    return { undelivered: [...untaken, ...delivery.undelivered()], spooled: delivery.spooledEvents };
  }

  async pipe(source: Iterable<T> | AsyncIterable<T>, options?: PipeOptions): Promise<number> {
    checkPipe(source, options);
    return pipeEvents(this, source, options);
  }

  async pipeLines(
    chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
    options?: PipeOptions,
  ): Promise<number> {
    checkPipe(chunks, options);
    return pipeLines(this, chunks, options);
  }

  writable(): WritableStream<T> {
    return writableInto(this);
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
