import { checkOptions } from './check-options.js';
import { systemClock, type Clock } from './clock.js';
import type { DeadLetter } from './dead-letter.js';
import { DeliveryFailedError, MAX_KEPT_LETTERS } from './delivery-error.js';
import { Dispatcher } from './dispatch/dispatcher.js';
import { FlushWaiters } from './dispatch/flush-waiters.js';
import { Settlement } from './dispatch/settlement.js';
import { jsonEncoder, type EventEncoder } from './encoder.js';
import { ClosedError, type FirehoseError } from './errors.js';
import { openLedger } from './ledger.js';
import type { ProducerOptions } from './options.js';
import { recordData, type PackedRecord } from './packing/packed-record.js';
import { Packer } from './packing/packer.js';
import { SlabPool } from './packing/slab-pool.js';
import type { AbortReport, FirehoseProducer, FlushOptions, FlushReport } from './producer.js';
import { RateControl } from './rate/rate-control.js';
import type { Receipt, Receipts } from './receipts.js';
import { Breaker } from './retry/breaker.js';
import type { ProducerStats } from './stats.js';
import { batchRequest, bodyHead } from './transport/batch-body.js';
import { sdkTransport } from './transport/sdk-transport.js';
import type { Transport } from './transport/transport.js';
import { producerWritable } from './writable.js';

/** The parts put together. Events flow packer -> dispatcher -> settlement; memory flows back. */
export class FirehoseProducerCore<T> implements FirehoseProducer<T> {
  readonly #clock: Clock;
  readonly #transport: Transport;
  readonly #pool: SlabPool;
  readonly #packer: Packer<T>;
  readonly #dispatcher: Dispatcher;
  readonly #rate: RateControl;
  readonly #breaker = new Breaker();
  readonly #waiters = new FlushWaiters();
  readonly #ledger = openLedger();
  readonly #deadLetter: ProducerOptions<T>['deadLetter'];
  /** Slabs in use from which on `put` asks to wait. */
  readonly #highWater: number;
  #drain: { promise: Promise<void>; resolve: () => void } | undefined;
  /** Failed events that nobody was told of. */
  #untold = 0;
  #keptLetters: DeadLetter[] = [];
  #letterError: unknown;
  /** Dead-letter handlers still at work. */
  readonly #lettersUnderWay = new Set<Promise<void>>();
  #closed = false;
  #aborted = false;

  constructor(options: ProducerOptions<T>) {
    const settings = checkOptions(options);
    const clock = (this.#clock = options.clock ?? systemClock);
    const encoder: EventEncoder<T> = options.encoder ?? jsonEncoder;
    const { deliveryStreamName } = options;
    const head = bodyHead(deliveryStreamName);
    this.#deadLetter = options.deadLetter;
    this.#transport =
      options.transport ??
      sdkTransport({
        connectTimeoutMs: settings.timeouts.connectMs,
        ...(options.client === undefined ? {} : { client: options.client }),
      });
    this.#pool = new SlabPool(settings.slabBytes, settings.maxSlabs);
    this.#highWater = settings.maxSlabs - 1;
    const rate = (this.#rate = new RateControl(settings.rate, clock.now()));
    this.#packer = new Packer(
      encoder,
      { ...settings.packing, alignBytes: settings.packing.mode === 'single' ? 1 : 5120 },
      this.#pool,
      {
        clock,
        targetBytes: () => rate.recordBytes,
        epoch: () => this.#waiters.epoch,
        opened: () => {
          this.#dispatcher.lookBy(clock.now() + settings.batch.lingerMs);
        },
        sealed: (record) => {
          this.#sealed(record);
        },
      },
    );
    this.#dispatcher = new Dispatcher(
      { ...settings.batch, requestTimeoutMs: settings.timeouts.requestMs },
      {
        clock,
        transport: this.#transport,
        rate,
        breaker: this.#breaker,
        request: (records) => batchRequest(deliveryStreamName, head, records),
        openSince: () => (this.#packer.openEvents > 0 ? this.#packer.openedAt : undefined),
        seal: () => {
          this.#packer.seal();
        },
        hurry: (record) => record.epoch < this.#waiters.epoch || this.#full,
        keepAlive: () => this.#waiters.waiting,
        started: (flight) => {
          this.#ledger.requests++;
          this.#ledger.sentBytes += flight.rawBytes;
          for (const record of flight.records) if (record.attempts++ > 0) this.#ledger.retriedRecords++;
        },
        ended: (flight, end) => {
          const target = this.#transport.target?.();
          if (target !== undefined) rate.locate(target, clock.now());
          settlement.settle(flight, end);
        },
      },
    );
    const settlement = new Settlement(settings.retry, {
      clock,
      random: options.random ?? Math.random,
      ledger: this.#ledger,
      rate,
      breaker: this.#breaker,
      dispatcher: this.#dispatcher,
      settled: (record) => {
        this.#release(record);
        this.#waiters.settled(record.epoch);
      },
      deadLetters: (letters) => {
        this.#bury(letters);
      },
      blocked: (cause) => {
        this.#waiters.blocked(cause);
      },
      refreshCredentials: async () => this.#transport.refreshCredentials?.(),
    });
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

  async putAsync(event: T): Promise<Receipt> {
    while (this.#full && !this.#closed) await this.drained();
    if (this.#closed) throw new ClosedError();
    return new Promise((resolve, reject) => {
      const receipt: Receipts[number] = { resolve, reject };
      this.#packer.add(event, receipt);
    });
  }

  async drained(): Promise<void> {
    if (!this.#full || this.#closed) return;
    this.#dispatcher.pump();
    if (this.#drain === undefined) {
      let resolve = (): void => undefined;
      const promise = new Promise<void>((fulfil) => {
        resolve = fulfil;
      });
      this.#drain = { promise, resolve };
    }
    return this.#drain.promise;
  }

  async flush({ deadlineMs, signal }: FlushOptions = {}): Promise<FlushReport> {
    if (this.#aborted) throw new ClosedError();
    const { delivered, failed } = this.#ledger;
    this.#packer.seal();
    const state = { complete: true };
    await new Promise<void>((resolve, reject) => {
      const stop = (): void => {
        state.complete = false;
        end();
      };
      const end = (error?: FirehoseError): void => {
        callOff();
        stopTimer?.();
        signal?.removeEventListener('abort', stop);
        if (error === undefined) resolve();
        else reject(error);
      };
      const stopTimer =
        deadlineMs === undefined ? undefined : this.#clock.schedule(stop, Math.max(0, deadlineMs), true);
      let callOff = (): void => undefined;
      callOff = this.#waiters.wait(end, end);
      if (signal?.aborted === true) stop();
      signal?.addEventListener('abort', stop);
      this.#breaker.probeNow();
      this.#dispatcher.pump();
    });
    if (state.complete) await Promise.all(this.#lettersUnderWay);
    this.#tellFailures();
    return this.#report(state.complete, this.#ledger.delivered - delivered, this.#ledger.failed - failed);
  }

  #report(complete: boolean, delivered: number, failed: number): FlushReport {
    return {
      complete,
      delivered,
      failed,
      pending: this.#pendingEvents,
      lastError: this.#dispatcher.retries.peek()?.lastError ?? this.#breaker.cause,
    };
  }

  async close(options?: FlushOptions): Promise<FlushReport> {
    if (this.#aborted) return this.#report(this.#pendingEvents === 0, 0, 0);
    this.#closed = true;
    this.#packer.close();
    this.#wakeDrained();
    const report = await this.flush(options);
    if (report.complete) this.#transport.close?.();
    return report;
  }

  async abort(): Promise<AbortReport> {
    this.#closed = true;
    this.#aborted = true;
    this.#packer.close();
    const dispatcher = this.#dispatcher;
    dispatcher.stop();
    this.#wakeDrained();
    const flying = [...dispatcher.inFlight].flatMap((flight) => flight.records);
    for (const record of flying) {
      record.ambiguous = true;
      this.#ledger.ambiguous += record.events;
    }
    const records = [...flying, ...dispatcher.suspects.flat(), ...dispatcher.retries, ...dispatcher.fresh];
    const closed = new ClosedError();
    for (const { receipts } of records) for (const { reject } of receipts ?? []) reject(closed);
    this.#waiters.blocked(closed);
    this.#transport.close?.();
    return {
      records: records.map((record) => ({
        data: recordData(record),
        events: record.events,
        ambiguous: record.ambiguous,
      })),
      events: records.reduce((sum, record) => sum + record.events, 0),
    };
  }

  writable(): WritableStream<T> {
    return producerWritable(this);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  stats(): ProducerStats {
    const ledger = this.#ledger;
    return {
      accepted: this.#packer.accepted,
      delivered: ledger.delivered,
      failed: ledger.failed,
      spooled: 0,
      pending: this.#pendingEvents,
      ambiguous: ledger.ambiguous,
      requests: ledger.requests,
      deliveredRecords: ledger.deliveredRecords,
      retriedRecords: ledger.retriedRecords,
      throttledRecords: ledger.throttledRecords,
      eventBytes: ledger.deliveredBytes,
      billedBytes: ledger.billedBytes,
      sentBytes: ledger.sentBytes,
      throttledBytes: ledger.refusedBytes,
      inFlight: this.#dispatcher.inFlight.size,
      bytesPerSec: this.#rate.bytesPerSec,
      memoryBytes: this.#pool.used * this.#pool.slabBytes,
    };
  }

  get #full(): boolean {
    return this.#pool.used >= this.#highWater;
  }

  /** Counted where the events are, not as a difference: so the ledger can be wrong, and tests can see it. */
  get #pendingEvents(): number {
    const { fresh, retries, suspects, inFlight } = this.#dispatcher;
    let events = this.#packer.openEvents + fresh.events + retries.events;
    for (const batch of suspects) for (const record of batch) events += record.events;
    for (const flight of inFlight) events += flight.events;
    return events;
  }

  #sealed(record: PackedRecord): void {
    this.#waiters.sealed(record.epoch);
    this.#dispatcher.fresh.push(record);
    this.#dispatcher.pump();
  }

  #release(record: PackedRecord): void {
    if (this.#pool.release(record.slab) && !this.#full) this.#wakeDrained();
  }

  #wakeDrained(): void {
    const drain = this.#drain;
    this.#drain = undefined;
    drain?.resolve();
  }

  #bury(letters: DeadLetter[]): void {
    const handler = this.#deadLetter;
    if (handler === undefined) {
      this.#keepLetters(letters, letters[0]?.error);
      return;
    }
    const work = (async () => handler(letters))().catch((error: unknown) => {
      this.#keepLetters(letters, error);
    });
    this.#lettersUnderWay.add(work);
    void work.then(() => this.#lettersUnderWay.delete(work));
  }

  #keepLetters(letters: readonly DeadLetter[], error: unknown): void {
    this.#untold += letters.reduce((sum, letter) => sum + letter.events, 0);
    this.#letterError = error;
    this.#keptLetters.push(...letters.slice(0, MAX_KEPT_LETTERS - this.#keptLetters.length));
  }

  #tellFailures(): void {
    if (this.#untold === 0) return;
    const error = new DeliveryFailedError(this.#untold, this.#keptLetters, this.#letterError);
    this.#untold = 0;
    this.#keptLetters = [];
    throw error;
  }
}
