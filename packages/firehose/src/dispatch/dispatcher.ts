import type { Clock } from '../clock.js';
import type { PackedRecord } from '../packing/packed-record.js';
import type { RateControl } from '../rate/rate-control.js';
import type { Breaker } from '../retry/breaker.js';
import type { RetryBudget } from '../retry/retry-budget.js';
import type { BatchRequest, Transport } from '../transport/transport.js';
import { startFlight, type Flight, type FlightEnd } from './flight.js';
import { RecordQueue } from './record-queue.js';
import { RetryQueue } from './retry-queue.js';

/** What bounds one batch and its waiting. */
export interface DispatchSettings {
  readonly maxRecords: number;
  readonly maxBytes: number;
  readonly lingerMs: number;
  readonly requestTimeoutMs: number;
}

/** What the dispatcher needs from the producer around it. */
export interface DispatchHost {
  readonly clock: Clock;
  readonly transport: Transport;
  readonly rate: RateControl;
  readonly breaker: Breaker;
  readonly budget: RetryBudget;
  request(records: readonly PackedRecord[]): BatchRequest;
  /** When the open record got its first event; undefined when there is none. */
  openSince(): number | undefined;
  seal(): void;
  /** Brings back records that wait elsewhere, if there is room. */
  refill(): void;
  /** Someone waits for this record, or memory is short: it need not linger. */
  hurry(record: PackedRecord): boolean;
  /** The process must not end before the next look. */
  keepAlive(): boolean;
  started(flight: Flight): void;
  ended(flight: Flight, end: FlightEnd): void;
}

/** More than this above the base timeout for each MiB sent. */
const TIMEOUT_MS_PER_MIB = 1000;
/** A connection idle for longer than this is not trusted. */
const IDLE_MS = 5000;
const MIB = 1024 * 1024;

/** Chooses what goes out next and when: the only place that starts a call. */
export class Dispatcher {
  readonly fresh: RecordQueue = new RecordQueue();
  readonly retries: RetryQueue = new RetryQueue();
  /** Batches that must go alone, to find the record that the service refuses. */
  readonly suspects: PackedRecord[][] = [];
  readonly inFlight: Set<Flight> = new Set<Flight>();
  /** What was undelivered when everything ended. */
  left: PackedRecord[] = [];
  readonly #settings: DispatchSettings;
  readonly #host: DispatchHost;
  #pumping = false;
  #stopped = false;
  /** Nothing goes out while new credentials are on their way. */
  held = false;
  #alarm: Alarm | undefined;
  #lookAt = Infinity;
  #lastSentAt = Infinity;
  /** The same on the wall clock: after a suspended machine it alone shows how long the connections lay idle. */
  #lastSentWallAt = Infinity;

  constructor(settings: DispatchSettings, host: DispatchHost) {
    this.#settings = settings;
    this.#host = host;
  }

  /** Raw bytes a batch should have now. */
  get batchBytes(): number {
    return Math.min(this.#settings.maxBytes, this.#host.rate.batchBytes);
  }

  /** Events in all the places where a record may be. */
  get events(): number {
    let events = this.fresh.events + this.retries.events;
    for (const batch of this.suspects) for (const record of batch) events += record.events;
    for (const flight of this.inFlight) events += flight.events;
    for (const record of this.left) events += record.events;
    return events;
  }

  /** More waits than one batch takes: the rate is what holds it back. */
  get backlog(): boolean {
    return this.fresh.rawBytes + this.retries.rawBytes >= this.batchBytes;
  }

  /** Sends what may go, and arranges to look again when more may. */
  pump(): void {
    if (this.#pumping || this.#stopped) return;
    this.#pumping = true;
    let lookAt: number;
    do lookAt = this.#sendNext();
    while (lookAt === 0);
    this.#pumping = false;
    this.#wakeAt(lookAt);
  }

  /** Looks again at `at`, if it would not have done so before. */
  lookBy(at: number): void {
    if (at < this.#lookAt && !this.#stopped && !this.#pumping) this.#wakeAt(at);
  }

  /** Ends everything; all records are then in `left`. Returns the events that were under way. */
  stop(): number {
    this.#stopped = true;
    this.#alarm?.cancel();
    let underWay = 0;
    for (const flight of this.inFlight) {
      flight.cancel();
      underWay += flight.events;
      for (const record of flight.records) record.ambiguous = true;
      this.left.push(...flight.records);
    }
    this.inFlight.clear();
    this.left.push(...this.suspects.splice(0).flat(), ...this.retries.takeAll(), ...this.fresh.takeAll());
    return underWay;
  }

  /** Sends one batch and returns 0, or returns when to look again; Infinity means after an answer or a put. */
  #sendNext(): number {
    const { breaker, clock, rate } = this.#host;
    const most = breaker.cause === undefined ? rate.maxInFlight : 1;
    if (this.held || this.inFlight.size >= most) return Infinity;
    const now = clock.now();
    if (breaker.cause !== undefined && now < breaker.probeAt) return breaker.probeAt;

    const readyAt = this.#readyAt(now);
    if (readyAt > now) return readyAt;
    const suspect = this.suspects[0];
    const bytes =
      suspect === undefined
        ? Math.min(this.batchBytes, this.fresh.rawBytes + this.retries.rawBytes)
        : sumBytes(suspect);
    const waitMs = rate.waitMs(bytes, suspect?.length ?? 1, now);
    if (waitMs > 0) return now + waitMs;

    const batch = this.suspects.shift() ?? this.#assemble(now);
    if (batch.length === 0) return Infinity;
    this.#launch(batch);
    return 0;
  }

  /** When the next batch is ready to go: now, later, or Infinity if nothing waits. */
  #readyAt(now: number): number {
    if (this.suspects.length > 0) return now;
    this.#host.refill();
    const { maxRecords, lingerMs } = this.#settings;
    const openSince = this.#host.openSince();
    if (openSince !== undefined && openSince + lingerMs <= now) this.#host.seal();
    const oldest = this.fresh.at(0);
    if (oldest !== undefined) {
      if (
        this.#host.hurry(oldest) ||
        this.fresh.rawBytes >= this.batchBytes ||
        this.fresh.length >= maxRecords
      )
        return now;
    }
    return Math.min(
      oldest === undefined ? Infinity : oldest.openedAt + lingerMs,
      openSince === undefined || openSince + lingerMs <= now ? Infinity : openSince + lingerMs,
      Math.max(this.retries.peek()?.notBefore ?? Infinity, this.#host.budget.readyAt(now)),
    );
  }

  /** Retries that are due first, then fresh records, as many as fit. */
  #assemble(now: number): PackedRecord[] {
    const { maxRecords, maxBytes } = this.#settings;
    const target = this.batchBytes;
    const batch: PackedRecord[] = [];
    let bytes = 0;
    const fits = (record: PackedRecord | undefined): record is PackedRecord =>
      record !== undefined &&
      batch.length < maxRecords &&
      (batch.length === 0 || (bytes < target && bytes + record.rawBytes <= maxBytes));
    for (;;) {
      const due = this.retries.peek();
      if (!fits(due) || due.notBefore > now) break;
      this.retries.pop();
      batch.push(due);
      bytes += due.rawBytes;
    }
    const retried = batch.length;
    for (;;) {
      const next = this.fresh.at(0);
      if (!fits(next)) break;
      this.fresh.shift();
      batch.push(next);
      bytes += next.rawBytes;
    }
    if (batch.length > retried) this.#host.budget.earn();
    else if (retried > 0) this.#host.budget.spend();
    return batch;
  }

  #launch(records: PackedRecord[]): void {
    const host = this.#host;
    const now = host.clock.now();
    // A server has long closed a connection that lay idle while this process was frozen; writing to it fails.
    const wallNow = host.clock.wallNow?.() ?? now;
    const idleMs = Math.max(now - this.#lastSentAt, wallNow - this.#lastSentWallAt);
    if (this.inFlight.size === 0 && idleMs > IDLE_MS) host.transport.dropIdleConnections?.();
    this.#lastSentAt = now;
    this.#lastSentWallAt = wallNow;
    const bytes = sumBytes(records);
    host.rate.take(bytes, records.length);
    const timeoutMs = this.#settings.requestTimeoutMs + (bytes / MIB) * TIMEOUT_MS_PER_MIB;
    const request = host.request(records);
    const flight = startFlight(host.transport, host.clock, timeoutMs, records, request, (ended, end) => {
      this.inFlight.delete(ended);
      host.ended(ended, end);
      this.pump();
    });
    this.inFlight.add(flight);
    host.started(flight);
  }

  #wakeAt(at: number): void {
    this.#lookAt = at;
    const keepAlive = this.#host.keepAlive();
    // An alarm that rings too early only looks and sets the next one: cheaper than to set one for each record.
    const early = at === Infinity ? this.inFlight.size > 0 : (this.#alarm?.at ?? Infinity) <= at;
    if (early && this.#alarm?.keepAlive === keepAlive) return;
    this.#alarm?.cancel();
    this.#alarm = undefined;
    if (at === Infinity) return;
    const { clock } = this.#host;
    const ring = (): void => {
      this.#alarm = undefined;
      this.#lookAt = Infinity;
      this.pump();
    };
    const cancel = clock.schedule(ring, Math.max(0, at - clock.now()), keepAlive);
    this.#alarm = { at, keepAlive, cancel };
  }
}

/** A timer that runs. */
interface Alarm {
  readonly at: number;
  readonly keepAlive: boolean;
  readonly cancel: () => void;
}

function sumBytes(records: readonly PackedRecord[]): number {
  return records.reduce((sum, record) => sum + record.rawBytes, 0);
}
