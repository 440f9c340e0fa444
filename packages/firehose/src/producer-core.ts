import { checkOptions, type Settings } from './check-options.js';
import { systemClock, type Clock } from './clock.js';
import { DeadLetterBox } from './dead-letter-box.js';
import { Dispatcher } from './dispatch/dispatcher.js';
import type { Flight, FlightEnd } from './dispatch/flight.js';
import { FlushWaiters, waitForFlush } from './dispatch/flush-waiters.js';
import { Settlement } from './dispatch/settlement.js';
import { jsonEncoder } from './encoder.js';
import { BufferFullError, ClosedError, type FirehoseError } from './errors.js';
import { openLedger } from './ledger.js';
import { FIREHOSE_LIMITS } from './limits.js';
import type { ProducerOptions } from './options.js';
import { recordData, type PackedRecord } from './packing/packed-record.js';
import { Packer } from './packing/packer.js';
import { SlabPool } from './packing/slab-pool.js';
import { pipeEvents, pipeLines, type PipeOptions } from './pipe.js';
import type { AbortReport, FirehoseProducer, FlushOptions, FlushReport } from './producer.js';
import { RateControl } from './rate/rate-control.js';
import type { Receipt } from './receipts.js';
import { Breaker } from './retry/breaker.js';
import { RetryBudget } from './retry/retry-budget.js';
import { ledgerStats, type ProducerStats } from './stats.js';
import { Telemetry } from './telemetry/telemetry.js';
import { batchRequest, bodyHead } from './transport/batch-body.js';
import { sdkTransport } from './transport/sdk-transport.js';
import type { Transport } from './transport/transport.js';
import { nodeWritable, webWritable } from './writable.js';
import type { Writable } from 'node:stream';

/** The parts put together. Events flow packer -> dispatcher -> settlement; memory flows back. */
export class FirehoseProducerCore<T> implements FirehoseProducer<T> {
  readonly #settings: Settings;
  readonly #clock: Clock;
  readonly #transport: Transport;
  readonly #pool: SlabPool;
  readonly #packer: Packer<T>;
  readonly #dispatcher: Dispatcher;
  readonly #settlement: Settlement;
  readonly #rate: RateControl;
  readonly #telemetry: Telemetry;
  readonly #letters: DeadLetterBox;
  readonly #breaker = new Breaker();
  readonly #waiters = new FlushWaiters();
  readonly #ledger = openLedger();
  /** Slabs in use from which on `put` asks to wait. */
  readonly #highWater: number;
  #drain: { promise: Promise<void>; resolve: () => void } | undefined;
  #closed = false;
  #aborted = false;

  constructor(options: ProducerOptions<T>) {
    const settings = (this.#settings = checkOptions(options));
    const clock = (this.#clock = options.clock ?? systemClock);
    const { client, deliveryStreamName } = options;
    const { connectMs, requestMs } = settings.timeouts;
    const sdk = { connectTimeoutMs: connectMs, ...(client === undefined ? {} : { client }) };
    this.#transport = options.transport ?? sdkTransport(sdk);
    this.#letters = new DeadLetterBox(options.deadLetter);
    this.#telemetry = new Telemetry(deliveryStreamName, this.#ledger, options.meter);
    this.#pool = new SlabPool(settings.slabBytes, settings.maxSlabs);
    this.#highWater = settings.maxSlabs - 1;
    const rate = (this.#rate = new RateControl(settings.rate, clock.now()));
    const { mode } = settings.packing;
    const alignBytes = mode === 'single' ? 1 : FIREHOSE_LIMITS.billingUnitBytes;
    this.#packer = new Packer(
      options.encoder ?? jsonEncoder,
      { ...settings.packing, alignBytes },
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
    const head = bodyHead(deliveryStreamName);
    this.#dispatcher = new Dispatcher(
      { ...settings.batch, requestTimeoutMs: requestMs },
      {
        clock,
        transport: this.#transport,
        rate,
        breaker: this.#breaker,
        budget: new RetryBudget(settings.retry.budget, clock.now()),
        request: (records) => batchRequest(deliveryStreamName, head, records),
        openSince: () => (this.#packer.openEvents > 0 ? this.#packer.openedAt : undefined),
        seal: () => {
          this.#packer.seal();
        },
        hurry: (record) => record.epoch < this.#waiters.epoch || this.#full,
        keepAlive: () => this.#waiters.waiting,
        started: (flight) => {
          this.#started(flight);
        },
        ended: (flight, end) => {
          this.#ended(flight, end);
        },
      },
    );
    this.#settlement = new Settlement(settings.retry, {
      clock,
      random: options.random ?? Math.random,
      ledger: this.#ledger,
      rate,
      breaker: this.#breaker,
      dispatcher: this.#dispatcher,
      settled: (record) => {
        if (this.#pool.release(record.slab) && !this.#full) this.#wakeDrained();
        this.#waiters.settled(record.epoch);
      },
      deadLetters: (letters) => {
        this.#telemetry.failed(letters);
        this.#letters.post(letters);
      },
      blocked: (cause) => {
        this.#telemetry.blocked(cause);
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
    if (this.#full && this.#settings.onFull === 'reject') {
      throw new BufferFullError(this.#settings.maxSlabs * this.#settings.slabBytes);
    }
    while (this.#full && !this.#closed) await this.drained();
    if (this.#closed) throw new ClosedError();
    return new Promise((resolve, reject) => {
      this.#packer.add(event, { resolve, reject });
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

  async flush(options: FlushOptions = {}): Promise<FlushReport> {
    if (this.#aborted) throw new ClosedError();
    const { delivered, failed } = this.#ledger;
    this.#packer.seal();
    const complete = await waitForFlush(this.#waiters, this.#clock, options, () => {
      this.#breaker.probeNow();
      this.#dispatcher.pump();
    });
    if (complete) await this.#letters.settle();
    return this.#report(complete, this.#ledger.delivered - delivered, this.#ledger.failed - failed);
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
    this.#dispatcher.stop();
    this.#wakeDrained();
    const flying = [...this.#dispatcher.inFlight].flatMap((flight) => flight.records);
    for (const record of flying) {
      record.ambiguous = true;
      this.#ledger.ambiguous += record.events;
    }
    const { suspects, retries, fresh } = this.#dispatcher;
    const records = [...flying, ...suspects.flat(), ...retries, ...fresh];
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
      accepted: this.#packer.accepted,
      spooled: 0,
      pending: this.#pendingEvents,
      inFlight: this.#dispatcher.inFlight.size,
      bytesPerSec: this.#rate.bytesPerSec,
      memoryBytes: this.#pool.used * this.#pool.slabBytes,
      ...ledgerStats(this.#ledger, this.#telemetry.latencies, this.#transport.target?.()?.region),
    };
  }

  get #full(): boolean {
    return this.#pool.used >= this.#highWater;
  }

  /** Counted where the events are, not as a difference: so the ledger can be wrong, and tests can see it. */
  get #pendingEvents(): number {
    return this.#packer.openEvents + this.#dispatcher.events;
  }

  #report(complete: boolean, delivered: number, failed: number): FlushReport {
    const lastError: FirehoseError | undefined =
      this.#dispatcher.retries.peek()?.lastError ?? this.#breaker.cause;
    return { complete, delivered, failed, pending: this.#pendingEvents, lastError };
  }

  #sealed(record: PackedRecord): void {
    this.#waiters.sealed(record.epoch);
    this.#dispatcher.fresh.push(record);
    this.#dispatcher.pump();
  }

  #started(flight: Flight): void {
    this.#ledger.requests++;
    this.#ledger.sentBytes += flight.rawBytes;
    for (const record of flight.records) if (record.attempts++ > 0) this.#ledger.retriedRecords++;
  }

  #ended(flight: Flight, end: FlightEnd): void {
    const now = this.#clock.now();
    const target = this.#transport.target?.();
    if (target !== undefined) this.#rate.locate(target, now);
    this.#settlement.settle(flight, end);
    this.#telemetry.batch(flight, end, now - flight.startedAt);
  }

  #wakeDrained(): void {
    const drain = this.#drain;
    this.#drain = undefined;
    drain?.resolve();
  }
}
