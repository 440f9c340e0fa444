import type { Clock } from '@store/foundation';
import type { PackedRecord } from '../packing/packed-record.js';
import type { RateControl } from '../rate/rate-control.js';
import type { Breaker, RetryBudget } from '../retry.js';
import type { BatchRequest, Transport } from '../transport/transport.js';
import type { Queues } from './queues.js';
import { startFlight, type Flight, type FlightEnd } from './settlement.js';

/** What bounds one batch and its waiting. */
export interface DispatchSettings {
  readonly maxRecords: number;
  readonly maxBytes: number;
  readonly lingerMs: number;
  readonly requestTimeoutMs: number;
}

/** What the dispatcher chooses from and by. */
export interface DispatchParts {
  readonly clock: Clock;
  readonly transport: Transport;
  readonly rate: RateControl;
  readonly breaker: Breaker;
  readonly budget: RetryBudget;
  readonly queues: Queues;
  /** The record that is still open. */
  readonly packer: { readonly openEvents: number; readonly openedAt: number; seal(): void };
}

/** More than this above the base timeout for each MiB sent. */
const TIMEOUT_MS_PER_MIB = 1000;
/** A connection idle for longer than this is not trusted. */
const IDLE_MS = 5000;
const MIB = 1024 * 1024;

/** Whom the dispatcher asks and tells. */
interface DispatchEvents {
  readonly request: (records: readonly PackedRecord[]) => BatchRequest;
  /** Brings back records that wait elsewhere, if there is room. */
  readonly refill: () => void;
  /** Someone waits for this record, or memory is short: it need not linger. */
  readonly hurry: (record: PackedRecord) => boolean;
  /** The process must not end before the next look. */
  readonly keepAlive: () => boolean;
  readonly started: (flight: Flight) => void;
  readonly ended: (flight: Flight, end: FlightEnd) => void;
}

/** Chooses what goes out next and when: the only place that starts a call. */
export class Dispatcher {
  readonly inFlight: Set<Flight> = new Set<Flight>();
  /** What was undelivered when everything ended. */
  left: PackedRecord[] = [];
  readonly #settings: DispatchSettings;
  readonly #parts: DispatchParts;
  readonly #on: DispatchEvents;
  #pumping = false;
  #stopped = false;
  #alarm: Alarm | undefined;
  #lookAt = Infinity;
  #lastSentAt = Infinity;
  /** The same on the wall clock: after a suspended machine it alone shows how long the connections lay idle. */
  #lastSentWallAt = Infinity;

  constructor(settings: DispatchSettings, parts: DispatchParts, on: DispatchEvents) {
    this.#settings = settings;
    this.#parts = parts;
    this.#on = on;
  }

  /** Events in all the places where a record may be. */
  get events(): number {
    let { events } = this.#parts.queues;
    for (const flight of this.inFlight) events += flight.events;
    for (const record of this.left) events += record.events;
    return events;
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
    // As many as the buffer holds: more than a call takes arguments.
    this.left = [...this.left, ...this.#parts.queues.takeAll()];
    return underWay;
  }

  /** Sends one batch and returns 0, or returns when to look again; Infinity means after an answer or a put. */
  #sendNext(): number {
    const { breaker, clock, queues, rate } = this.#parts;
    const most = breaker.cause === undefined ? rate.maxInFlight : 1;
    if (queues.held || this.inFlight.size >= most) return Infinity;
    const now = clock.now();
    if (breaker.cause !== undefined && now < breaker.probeAt) return breaker.probeAt;

    const readyAt = this.#readyAt(now);
    if (readyAt > now) return readyAt;
    const suspect = queues.suspects[0];
    const bytes = suspect === undefined ? Math.min(queues.batchBytes, queues.rawBytes) : sumBytes(suspect);
    const waitMs = rate.waitMs(bytes, suspect?.length ?? 1, now);
    if (waitMs > 0) return now + waitMs;

    const batch = queues.suspects.shift() ?? this.#assemble(now);
    if (batch.length === 0) return Infinity;
    this.#launch(batch);
    return 0;
  }

  /** When the next batch is ready to go: now, later, or Infinity if nothing waits. */
  #readyAt(now: number): number {
    const { budget, packer, queues } = this.#parts;
    if (queues.suspects.length > 0) return now;
    const { maxRecords, lingerMs } = this.#settings;
    // When the open record has lingered enough.
    let ripeAt = packer.openEvents > 0 ? packer.openedAt + lingerMs : Infinity;
    if (ripeAt <= now) {
      packer.seal();
      ripeAt = Infinity;
    }
    // After the seal: where memory is short, that record went to disk, and nothing else would bring it back.
    this.#on.refill();
    const { fresh, retries } = queues;
    const oldest = fresh.at(0);
    if (
      oldest !== undefined &&
      (this.#on.hurry(oldest) || fresh.rawBytes >= queues.batchBytes || fresh.length >= maxRecords)
    ) {
      return now;
    }
    return Math.min(
      oldest === undefined ? Infinity : oldest.openedAt + lingerMs,
      ripeAt,
      Math.max(retries.peek()?.notBefore ?? Infinity, budget.readyAt(now)),
    );
  }

  /** Retries that are due first, then fresh records, as many as fit. */
  #assemble(now: number): PackedRecord[] {
    const { maxRecords, maxBytes } = this.#settings;
    const { budget, queues } = this.#parts;
    const { fresh, retries } = queues;
    const target = queues.batchBytes;
    const batch: PackedRecord[] = [];
    let bytes = 0;
    const fits = (record: PackedRecord | undefined): record is PackedRecord =>
      record !== undefined &&
      batch.length < maxRecords &&
      (batch.length === 0 || (bytes < target && bytes + record.rawBytes <= maxBytes));
    for (;;) {
      const due = retries.peek();
      if (!fits(due) || due.notBefore > now) break;
      retries.pop();
      batch.push(due);
      bytes += due.rawBytes;
    }
    const retried = batch.length;
    for (;;) {
      const next = fresh.at(0);
      if (!fits(next)) break;
      fresh.shift();
      batch.push(next);
      bytes += next.rawBytes;
    }
    if (batch.length > retried) budget.earn();
    else if (retried > 0) budget.spend();
    return batch;
  }

  #launch(records: PackedRecord[]): void {
    const { clock, rate, transport } = this.#parts;
    const now = clock.now();
    // A server has long closed a connection that lay idle while this process was frozen; writing to it fails.
    const wallNow = clock.wallNow();
    const idleMs = Math.max(now - this.#lastSentAt, wallNow - this.#lastSentWallAt);
    if (this.inFlight.size === 0 && idleMs > IDLE_MS) transport.dropIdleConnections?.();
    this.#lastSentAt = now;
    this.#lastSentWallAt = wallNow;
    const bytes = sumBytes(records);
    rate.take(bytes, records.length);
    const timeoutMs = this.#settings.requestTimeoutMs + (bytes / MIB) * TIMEOUT_MS_PER_MIB;
    const request = this.#on.request(records);
    const flight = startFlight(transport, clock, timeoutMs, records, request, (ended, end) => {
      this.inFlight.delete(ended);
      this.#on.ended(ended, end);
      this.pump();
    });
    this.inFlight.add(flight);
    this.#on.started(flight);
  }

  #wakeAt(at: number): void {
    this.#lookAt = at;
    const keepAlive = this.#on.keepAlive();
    // An alarm that rings too early only looks and sets the next one: cheaper than to set one for each record.
    const early = at === Infinity ? this.inFlight.size > 0 : (this.#alarm?.at ?? Infinity) <= at;
    if (early && this.#alarm?.keepAlive === keepAlive) return;
    this.#alarm?.cancel();
    this.#alarm = undefined;
    if (at === Infinity) return;
    const { clock } = this.#parts;
    const ring = (): void => {
      this.#alarm = undefined;
      this.#lookAt = Infinity;
      this.pump();
    };
    const cancel = clock.schedule(ring, Math.max(0, at - clock.now()), { keepAlive });
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
