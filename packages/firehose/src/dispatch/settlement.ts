import type { Clock } from '@store/foundation';
import { FirehoseError, type Undelivered } from '../errors.js';
import { firehoseLimits } from '../limits.js';
import { classify, credentialsError, readAnswer, type RecordOutcome, type Verdict } from '../outcome.js';
import { recordData, type PackedRecord } from '../packing/packed-record.js';
import type { RateControl } from '../rate/rate-control.js';
import { backOffMs, type Breaker, type RetryBounds } from '../retry.js';
import type { Ledger } from '../stats.js';
import type { BatchRequest, Transport } from '../transport/transport.js';
import type { Queues } from './queues.js';

/** How one call ended: record by record, or as a whole. */
export type FlightEnd =
  | { readonly outcomes: readonly RecordOutcome[]; readonly verdict?: undefined }
  | { readonly outcomes?: undefined; readonly verdict: Verdict };

/** One batch under way. */
export interface Flight {
  readonly records: readonly PackedRecord[];
  readonly startedAt: number;
  readonly rawBytes: number;
  readonly events: number;
  /** Cuts it off; its outcome is not reported. */
  cancel(): void;
}

/** A timer that rings later than this was held up by a process that stood still. */
const FROZEN_MS = 1000;
/** What the sockets then get to hand over the answers that have come. */
const THAW_MS = 250;

/** Sends one batch; `ended` is called exactly once, unless the flight is cancelled. */
export function startFlight(
  transport: Transport,
  clock: Clock,
  timeoutMs: number,
  records: readonly PackedRecord[],
  request: BatchRequest,
  ended: (flight: Flight, end: FlightEnd) => void,
): Flight {
  const controller = new AbortController();
  let open = true;
  const close = (): boolean => {
    if (!open) return false;
    open = false;
    stopTimer();
    return true;
  };
  const flight: Flight = {
    records,
    startedAt: clock.now(),
    rawBytes: records.reduce((sum, record) => sum + record.rawBytes, 0),
    events: records.reduce((sum, record) => sum + record.events, 0),
    cancel() {
      if (close()) controller.abort();
    },
  };
  const fail = (thrown: unknown, timedOut: boolean): void => {
    if (close()) ended(flight, { verdict: classify(thrown, timedOut) });
  };
  // A transport that ignores the signal must not hold the batch forever: the deadline decides alone.
  const timeOut = (): void => {
    fail(new Error(`No answer within ${timeoutMs} ms.`), true);
    controller.abort();
  };
  let stopTimer = clock.schedule(
    () => {
      // Timers ring before sockets are read: after a freeze the answer may be there unread.
      const lateMs = clock.now() - flight.startedAt - timeoutMs;
      if (lateMs < FROZEN_MS) timeOut();
      else stopTimer = clock.schedule(timeOut, THAW_MS, { keepAlive: true });
    },
    timeoutMs,
    { keepAlive: true },
  );
  const answered = (async () => {
    // In a turn of its own: a transport that puts an event of its own must not meet a record that is being packed.
    await Promise.resolve();
    controller.signal.throwIfAborted();
    return readAnswer(await transport.send(request, controller.signal), records.length);
  })();
  answered.then(
    (outcomes) => {
      if (close()) ended(flight, { outcomes });
    },
    (thrown: unknown) => {
      fail(thrown, false);
    },
  );
  return flight;
}

/** Whom settling tells. */
interface SettlementEvents {
  /** The record is delivered or has failed: its memory may go. */
  readonly settled: (record: PackedRecord) => void;
  readonly failed: (undelivered: readonly Undelivered[]) => void;
  readonly blocked: (cause: FirehoseError) => void;
  /** New credentials have come, or will not: look again what may go. */
  readonly refreshed: () => void;
}

/** Decides what becomes of each record after a call. */
export class Settlement {
  readonly #settings: RetryBounds;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #ledger: Ledger;
  readonly #rate: RateControl;
  readonly #breaker: Breaker;
  readonly #queues: Queues;
  readonly #transport: Transport;
  readonly #on: SettlementEvents;
  /** New credentials were fetched and nothing has succeeded since. */
  #refreshed = false;
  /** When that was; a call that began before had the old ones. */
  #refreshedAt = -Infinity;

  constructor(
    settings: RetryBounds,
    clock: Clock,
    random: () => number,
    ledger: Ledger,
    rate: RateControl,
    breaker: Breaker,
    queues: Queues,
    transport: Transport,
    on: SettlementEvents,
  ) {
    this.#settings = settings;
    this.#clock = clock;
    this.#random = random;
    this.#ledger = ledger;
    this.#rate = rate;
    this.#breaker = breaker;
    this.#queues = queues;
    this.#transport = transport;
    this.#on = on;
  }

  settle(flight: Flight, end: FlightEnd): void {
    const lost: Undelivered[] = [];
    if (end.outcomes === undefined) this.#wholeCall(flight, end.verdict, lost);
    else this.#eachRecord(flight, end.outcomes, lost);
    if (lost.length > 0) this.#on.failed(lost);
  }

  #eachRecord(flight: Flight, outcomes: readonly RecordOutcome[], lost: Undelivered[]): void {
    this.#breaker.reset();
    this.#refreshed = false;
    let acceptedBytes = 0;
    let throttledBytes = 0;
    flight.records.forEach((record, index) => {
      const outcome = outcomes[index];
      if (outcome?.recordId !== undefined) {
        acceptedBytes += record.rawBytes;
        this.#delivered(record, outcome.recordId);
      } else if (outcome !== undefined) {
        if (outcome.throttled) throttledBytes += record.rawBytes;
        this.#retry(record, outcome.error, lost);
      }
    });
    this.#answered(flight, acceptedBytes, throttledBytes);
    if (throttledBytes > 0) {
      this.#ledger.throttledRecords += outcomes.filter((outcome) => outcome.throttled === true).length;
    }
  }

  #wholeCall(flight: Flight, { kind, error }: Verdict, lost: Undelivered[]): void {
    const { records } = flight;
    if (kind === 'throttled') {
      this.#ledger.throttledRecords += records.length;
      this.#answered(flight, 0, flight.rawBytes);
    }
    if (kind === 'poison') {
      this.#bisect(records, error, lost);
      return;
    }
    if (kind === 'blocked' || kind === 'credentials') {
      this.#keep(records, error);
      if (kind === 'blocked') this.#block(error);
      // Several calls may be under way when credentials expire: all of them fail, and one renewal is for all.
      else if (this.#queues.held || flight.startedAt < this.#refreshedAt) return;
      else if (this.#refreshed) this.#block(error);
      else this.#refresh();
      return;
    }
    for (const record of records) this.#retry(record, error, lost);
  }

  #answered(flight: Flight, acceptedBytes: number, throttledBytes: number): void {
    const { backlog } = this.#queues;
    this.#ledger.refusedBytes += throttledBytes;
    this.#rate.answered(flight.startedAt, this.#clock.now(), acceptedBytes, throttledBytes, backlog);
  }

  #delivered(record: PackedRecord, recordId: string): void {
    const ledger = this.#ledger;
    const unit = firehoseLimits.billingUnitBytes;
    ledger.delivered += record.events;
    ledger.deliveredRecords++;
    ledger.deliveredBytes += record.rawBytes;
    ledger.billedBytes += Math.ceil(record.rawBytes / unit) * unit;
    const { attempts, ambiguous, receipts } = record;
    if (receipts !== undefined) {
      const receipt = { recordId, attempts, possibleDuplicate: ambiguous };
      for (const { resolve } of receipts) resolve(receipt);
    }
    this.#on.settled(record);
  }

  /** Back in the queue, or out as a failure when it is too old or was tried too often. */
  #retry(record: PackedRecord, error: FirehoseError, lost: Undelivered[]): void {
    const { maxAgeMs, maxAttempts } = this.#settings;
    this.#note(record, error);
    const { attempts } = record;
    const notBefore = this.#clock.now() + backOffMs(this.#settings, attempts - 1, this.#random);
    if (attempts >= maxAttempts || notBefore - record.openedAt > maxAgeMs) {
      const text =
        attempts >= maxAttempts
          ? `The record was refused ${attempts} times, as often as \`retry.maxAttempts\` allows.`
          : `The record is older than the ${maxAgeMs} ms of \`retry.maxAgeMs\`.`;
      const facts = { cause: error, ambiguous: record.ambiguous, details: { attempts } };
      this.#fail(record, new FirehoseError('DEADLINE_EXCEEDED', text, facts), lost);
      return;
    }
    record.notBefore = notBefore;
    this.#queues.retries.push(record);
  }

  /** The records are not at fault: they wait without a count. */
  #keep(records: readonly PackedRecord[], error: FirehoseError): void {
    for (const record of records) {
      this.#note(record, error);
      record.notBefore = this.#clock.now();
      this.#queues.retries.push(record);
    }
  }

  #note(record: PackedRecord, error: FirehoseError): void {
    record.lastError = error;
    if (!error.ambiguous) return;
    record.ambiguous = true;
    this.#ledger.ambiguous += record.events;
  }

  /** One of them is always refused: halves go alone until it is by itself. */
  #bisect(records: readonly PackedRecord[], error: FirehoseError, lost: Undelivered[]): void {
    const [only] = records;
    if (records.length === 1 && only !== undefined) {
      this.#fail(only, error, lost);
      return;
    }
    const middle = records.length >> 1;
    this.#queues.suspects.push(records.slice(0, middle), records.slice(middle));
  }

  #fail(record: PackedRecord, error: FirehoseError, lost: Undelivered[]): void {
    const { events, ambiguous, receipts } = record;
    this.#ledger.failed += events;
    lost.push({ data: recordData(record), events, ambiguous, error });
    if (receipts !== undefined) for (const { reject } of receipts) reject(error);
    this.#on.settled(record);
  }

  #block(error: FirehoseError): void {
    this.#breaker.trip(error, this.#clock.now());
    this.#on.blocked(error);
  }

  #refresh(): void {
    this.#queues.held = true;
    this.#refreshed = true;
    const refreshing = (async () => this.#transport.refreshCredentials?.())();
    void refreshing
      .catch((cause: unknown) => {
        this.#block(credentialsError('New credentials could not be got.', cause));
      })
      .then(() => {
        this.#queues.held = false;
        this.#refreshedAt = this.#clock.now();
        this.#on.refreshed();
      });
  }
}
