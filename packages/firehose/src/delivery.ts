import type { Settings } from './check-options.js';
import type { Clock } from './clock.js';
import { DeadLetterBox } from './dead-letter-box.js';
import { Dispatcher } from './dispatch/dispatcher.js';
import type { Flight, FlightEnd } from './dispatch/flight.js';
import { FlushWaiters } from './dispatch/flush-waiters.js';
import { Settlement } from './dispatch/settlement.js';
import { ClosedError, type FirehoseError } from './errors.js';
import { openLedger, type Ledger } from './ledger.js';
import type { ProducerOptions } from './options.js';
import type { PackedRecord } from './packing/packed-record.js';
import type { Packer } from './packing/packer.js';
import type { SlabPool } from './packing/slab-pool.js';
import { RateControl } from './rate/rate-control.js';
import { Breaker } from './retry/breaker.js';
import { RetryBudget } from './retry/retry-budget.js';
import { Spill } from './spool/spill.js';
import { Spool } from './spool/spool.js';
import { ledgerStats, type DeliveryStats } from './stats.js';
import { Telemetry } from './telemetry/telemetry.js';
import { batchRequest, bodyHead } from './transport/batch-body.js';
import { sdkTransport } from './transport/sdk-transport.js';
import type { Transport } from './transport/transport.js';

/** A spool that cannot be read is tried again this often. */
const READ_AGAIN_MS = 1000;

/** What delivery needs from the side that takes events. */
export interface DeliveryHost {
  readonly packer: Pick<Packer<never>, 'openEvents' | 'openedAt' | 'seal'>;
  readonly pool: SlabPool;
  /** Memory is short: nothing lingers. */
  full(): boolean;
  /** Memory has become free. */
  freed(): void;
  /** Nothing can go out until somebody mends the cause. */
  blocked(cause: FirehoseError): void;
}

/** Everything behind the packer: sealed records come in, and end as delivered, failed or spooled. */
export class Delivery {
  readonly ledger: Ledger = openLedger();
  readonly waiters: FlushWaiters = new FlushWaiters();
  readonly breaker: Breaker = new Breaker();
  readonly letters: DeadLetterBox;
  readonly rate: RateControl;
  readonly dispatcher: Dispatcher;
  readonly spill: Spill | undefined;
  readonly #clock: Clock;
  readonly #transport: Transport;
  readonly #telemetry: Telemetry;
  readonly #settlement: Settlement;

  constructor(options: ProducerOptions<never>, settings: Settings, clock: Clock, host: DeliveryHost) {
    const { client, deliveryStreamName } = options;
    const { connectMs, requestMs } = settings.timeouts;
    const sdk = { connectTimeoutMs: connectMs, ...(client === undefined ? {} : { client }) };
    const transport = (this.#transport = options.transport ?? sdkTransport(sdk));
    const { breaker, ledger, waiters } = this;
    this.#clock = clock;
    this.letters = new DeadLetterBox(options.deadLetter);
    const telemetry = (this.#telemetry = new Telemetry(deliveryStreamName, ledger, options.meter));
    const spill = (this.spill =
      settings.spool === undefined
        ? undefined
        : new Spill(new Spool(settings.spool, deliveryStreamName, clock), host.pool));
    const rate = (this.rate = new RateControl(settings.rate, clock.now()));
    const budget = new RetryBudget(settings.retry.budget, clock.now());
    const head = bodyHead(deliveryStreamName);
    const { packer } = host;
    const bounds = { ...settings.batch, requestTimeoutMs: requestMs };
    const dispatcher = (this.dispatcher = new Dispatcher(bounds, {
      clock,
      transport,
      rate,
      breaker,
      budget,
      request: (records) => batchRequest(deliveryStreamName, head, records),
      openSince: () => (packer.openEvents > 0 ? packer.openedAt : undefined),
      seal: () => {
        packer.seal();
      },
      refill: () => {
        if (spill?.refill(dispatcher) === false) dispatcher.lookBy(clock.now() + READ_AGAIN_MS);
      },
      hurry: (record) => record.epoch < waiters.epoch || host.full(),
      // Whoever forgets to close still gets delivered; what cannot be delivered holds no process for ever.
      keepAlive: () => breaker.cause === undefined || waiters.waiting,
      started: (flight) => {
        this.#started(flight);
      },
      ended: (flight, end) => {
        this.#ended(flight, end);
      },
    }));
    this.#settlement = new Settlement(settings.retry, {
      clock,
      random: options.random ?? Math.random,
      ledger,
      rate,
      breaker,
      dispatcher,
      settled: (record) => {
        spill?.settled(record);
        host.pool.release(record.slab);
        host.freed();
        waiters.settled(record.epoch);
      },
      deadLetters: (letters) => {
        telemetry.failed(letters);
        this.letters.post(letters);
      },
      blocked: (cause) => {
        telemetry.blocked(cause);
        waiters.blocked(cause);
        host.blocked(cause);
      },
      refreshCredentials: async () => transport.refreshCredentials?.(),
    });
    if (spill !== undefined) this.#takeOver(spill.spool);
  }

  /** Counted where the events are, not as a difference: so the ledger can be wrong, and tests can see it. */
  get pendingEvents(): number {
    return this.dispatcher.events;
  }

  get spooledEvents(): number {
    return this.spill?.spool.events ?? 0;
  }

  get recoveredEvents(): number {
    return this.spill?.spool.recoveredEvents ?? 0;
  }

  /** Why something is not delivered yet. */
  get lastError(): FirehoseError | undefined {
    return this.dispatcher.retries.peek()?.lastError ?? this.breaker.cause ?? this.spill?.spool.error;
  }

  take(record: PackedRecord): void {
    this.waiters.sealed(record.epoch);
    if (this.spill?.sealed(record) !== true) this.dispatcher.fresh.push(record);
    this.dispatcher.pump();
  }

  /** Sends what is there at once, even past an open breaker: somebody waits. */
  hurry(): void {
    this.breaker.probeNow();
    this.dispatcher.pump();
  }

  /** Ends all work at once; what is in memory goes to the spool, if there is one. */
  stop(): void {
    const { dispatcher, spill } = this;
    this.ledger.ambiguous += dispatcher.stop();
    const closed = new ClosedError();
    const waiting = spill === undefined ? [] : spill.spool.waiting();
    for (const { receipts } of [...dispatcher.left, ...waiting]) {
      for (const { reject } of receipts ?? []) reject(closed);
    }
    if (spill !== undefined) dispatcher.left = dispatcher.left.filter((record) => !spill.park(record));
    this.waiters.blocked(closed);
  }

  /** Gives back the spool and the connections. */
  async shut(): Promise<void> {
    await this.spill?.close();
    this.#transport.close?.();
  }

  stats(): DeliveryStats {
    return {
      recovered: this.recoveredEvents,
      spooled: this.spooledEvents,
      inFlight: this.dispatcher.inFlight.size,
      bytesPerSec: this.rate.bytesPerSec,
      ...ledgerStats(this.ledger, this.#telemetry.latencies, this.#transport.target?.()?.region),
    };
  }

  /** Counts what earlier processes left; whether they sent it is unknown. */
  #takeOver(spool: Spool): void {
    this.ledger.ambiguous += spool.recoveredEvents;
    for (let i = 0; i < spool.records; i++) this.waiters.sealed(0);
    const letters = spool.damaged.map((found) => ({ ...found, events: 0, attempts: 0, ambiguous: true }));
    if (letters.length > 0) this.letters.post(letters);
    if (spool.records > 0) this.dispatcher.lookBy(this.#clock.now());
  }

  #started(flight: Flight): void {
    this.ledger.requests++;
    this.ledger.sentBytes += flight.rawBytes;
    for (const record of flight.records) if (record.attempts++ > 0) this.ledger.retriedRecords++;
  }

  #ended(flight: Flight, end: FlightEnd): void {
    const now = this.#clock.now();
    const target = this.#transport.target?.();
    if (target !== undefined) this.rate.locate(target, now);
    this.#settlement.settle(flight, end);
    this.#telemetry.batch(flight, end, now - flight.startedAt);
  }
}
