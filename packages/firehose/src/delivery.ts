import type { Clock } from '@store/foundation';
import type { Settings } from './producer-settings.js';
import { DeadLetterBox } from './dead-letter-box.js';
import { Dispatcher } from './dispatch/dispatcher.js';
import type { FlushWaiters } from './dispatch/flush-waiters.js';
import { Queues } from './dispatch/queues.js';
import { Settlement, type Flight, type FlightEnd } from './dispatch/settlement.js';
import { closedError, type FirehoseError, type Undelivered } from './errors.js';
import type { Gate } from './gate.js';
import type { ProducerOptions } from './options.js';
import { recordData, type PackedRecord } from './packing/packed-record.js';
import type { Packer } from './packing/packer.js';
import type { SlabPool } from './packing/slab-pool.js';
import type { RateControl } from './rate/rate-control.js';
import { Breaker, RetryBudget } from './retry.js';
import { Spill } from './spool/spill.js';
import { Spool } from './spool/spool.js';
import { ledgerStats, openLedger, type DeliveryStats, type Ledger } from './stats.js';
import { Telemetry } from './telemetry/telemetry.js';
import { batchRequest, bodyHead } from './transport/batch-body.js';
import { sdkTransport } from './transport/sdk-transport.js';
import type { Transport } from './transport/transport.js';

/** A spool that cannot be read is tried again this often. */
const READ_AGAIN_MS = 1000;

/** What the side that takes events shares with delivery. */
export interface DeliveryParts {
  readonly clock: Clock;
  readonly rate: RateControl;
  readonly waiters: FlushWaiters;
  readonly packer: Pick<Packer<never>, 'openEvents' | 'openedAt' | 'seal'>;
  readonly pool: SlabPool;
  /** Memory: while it is short nothing lingers. */
  readonly gate: Gate;
}

/** Everything behind the packer: sealed records come in, and end as delivered, failed or spooled. */
export class Delivery {
  readonly ledger: Ledger = openLedger();
  readonly breaker: Breaker = new Breaker();
  readonly letters: DeadLetterBox;
  readonly dispatcher: Dispatcher;
  readonly spill: Spill | undefined;
  readonly #clock: Clock;
  readonly #rate: RateControl;
  readonly #waiters: FlushWaiters;
  readonly #queues: Queues;
  readonly #transport: Transport;
  readonly #telemetry: Telemetry;
  readonly #settlement: Settlement;
  /** What held up delivery when all work ended: the reason for records that were never sent. */
  #stoppedBy: FirehoseError | undefined;

  constructor(options: ProducerOptions<never>, settings: Settings, parts: DeliveryParts) {
    const { clock, gate, pool, rate, waiters } = parts;
    const { client, deliveryStreamName } = options;
    const { connectMs, requestMs } = settings.timeouts;
    const sdk = { connectTimeoutMs: connectMs, ...(client === undefined ? {} : { client }) };
    const transport = (this.#transport = options.transport ?? sdkTransport(sdk));
    const { breaker, ledger } = this;
    this.#clock = clock;
    this.#rate = rate;
    this.#waiters = waiters;
    this.letters = new DeadLetterBox(options.deadLetter, clock);
    const telemetry = (this.#telemetry = new Telemetry(deliveryStreamName, ledger, options.meter));
    const spill = (this.spill =
      settings.spool === undefined
        ? undefined
        : new Spill(new Spool(settings.spool, deliveryStreamName, clock), pool));
    const budget = new RetryBudget(settings.retry.budget, clock.now());
    const queues = (this.#queues = new Queues(settings.batch.maxBytes, rate));
    const head = bodyHead(deliveryStreamName);
    const bounds = { ...settings.batch, requestTimeoutMs: requestMs };
    const dispatcher = (this.dispatcher = new Dispatcher(
      bounds,
      { clock, transport, rate, breaker, budget, queues, packer: parts.packer },
      {
        request: (records) => batchRequest(deliveryStreamName, head, records),
        refill: () => {
          if (spill?.refill(queues) === false) dispatcher.lookBy(clock.now() + READ_AGAIN_MS);
        },
        hurry: (record) => record.epoch < waiters.epoch || gate.full,
        // Whoever forgets to close still gets delivered; what cannot be delivered keeps no process alive.
        keepAlive: () => breaker.cause === undefined || waiters.waiting,
        started: (flight) => {
          this.#started(flight);
        },
        ended: (flight, end) => {
          this.#ended(flight, end);
        },
      },
    ));
    const random = options.random ?? Math.random;
    const retry = settings.retry;
    this.#settlement = new Settlement(retry, clock, random, ledger, rate, breaker, queues, transport, {
      settled: (record) => {
        spill?.settled(record);
        pool.release(record.slab);
        gate.open();
        waiters.settled(record.epoch);
      },
      failed: (undelivered) => {
        telemetry.failed(undelivered);
        this.letters.post(undelivered);
      },
      blocked: (cause) => {
        telemetry.blocked(cause);
        waiters.blocked(cause);
        gate.fail(cause);
      },
      refreshed: () => {
        dispatcher.pump();
      },
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
    return this.#queues.retries.peek()?.lastError ?? this.breaker.cause ?? this.spill?.spool.error;
  }

  take(record: PackedRecord): void {
    this.#waiters.sealed(record.epoch);
    if (this.spill?.sealed(record) !== true) this.#queues.fresh.push(record);
    this.dispatcher.pump();
  }

  /** Sends what is there immediately, even past an open breaker: somebody waits. */
  hurry(): void {
    this.breaker.probeNow();
    this.dispatcher.pump();
  }

  /** Ends all work immediately; what is in memory goes to the spool, if there is one. */
  stop(): void {
    const { dispatcher, spill } = this;
    this.#stoppedBy = this.lastError;
    this.ledger.ambiguous += dispatcher.stop();
    const closed = closedError();
    const waiting = spill === undefined ? [] : spill.spool.waiting();
    for (const { receipts } of [...dispatcher.left, ...waiting]) {
      for (const { reject } of receipts ?? []) reject(closed);
    }
    if (spill !== undefined) dispatcher.left = dispatcher.left.filter((record) => !spill.park(record));
    this.#waiters.blocked(closed);
  }

  /** What was left when everything ended, with the reason for each record. */
  undelivered(): Undelivered[] {
    const why = this.#stoppedBy ?? closedError();
    return this.dispatcher.left.map((record) => ({
      data: recordData(record),
      events: record.events,
      ambiguous: record.ambiguous,
      error: record.lastError ?? why,
    }));
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
      bytesPerSec: this.#rate.bytesPerSec,
      ...ledgerStats(this.ledger, this.#telemetry.latencies, this.#transport.target?.()?.region),
    };
  }

  /** Counts what earlier processes left; whether they sent it is unknown. */
  #takeOver(spool: Spool): void {
    this.ledger.ambiguous += spool.recoveredEvents;
    for (let i = 0; i < spool.records; i++) this.#waiters.sealed(0);
    const damaged = spool.damaged.map((found) => ({ ...found, events: 0, ambiguous: true }));
    if (damaged.length > 0) this.letters.post(damaged);
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
    if (target !== undefined) this.#rate.locate(target, now);
    this.#settlement.settle(flight, end);
    this.#telemetry.batch(flight, end, now - flight.startedAt);
  }
}
