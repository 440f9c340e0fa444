import type { Clock } from '../clock.js';
import type { DeadLetter } from '../dead-letter.js';
import { CredentialsError, DeadlineExceededError, type FirehoseError } from '../errors.js';
import type { Ledger } from '../ledger.js';
import { FIREHOSE_LIMITS } from '../limits.js';
import { recordData, type PackedRecord } from '../packing/packed-record.js';
import { backOffMs } from '../retry/back-off.js';
import type { Breaker } from '../retry/breaker.js';
import type { RateControl } from '../rate/rate-control.js';
import type { Dispatcher } from './dispatcher.js';
import type { Flight, FlightEnd } from './flight.js';
import type { RecordOutcome } from '../outcome/read-answer.js';
import type { Verdict } from '../outcome/verdict.js';

/** How long and how often records are tried. */
export interface SettlementSettings {
  readonly baseMs: number;
  readonly capMs: number;
  readonly maxAttempts: number;
  readonly maxAgeMs: number;
}

/** What settling needs from the producer around it. */
export interface SettlementHost {
  readonly clock: Clock;
  readonly random: () => number;
  readonly ledger: Ledger;
  readonly rate: RateControl;
  readonly breaker: Breaker;
  readonly dispatcher: Dispatcher;
  /** The record is delivered or has failed: its memory may go. */
  settled(record: PackedRecord): void;
  deadLetters(letters: DeadLetter[]): void;
  blocked(cause: FirehoseError): void;
  refreshCredentials(): Promise<void>;
}

/** Decides what becomes of each record after a call. */
export class Settlement {
  readonly #settings: SettlementSettings;
  readonly #host: SettlementHost;
  /** New credentials were fetched and nothing has succeeded since. */
  #refreshed = false;

  constructor(settings: SettlementSettings, host: SettlementHost) {
    this.#settings = settings;
    this.#host = host;
  }

  settle(flight: Flight, end: FlightEnd): void {
    const letters: DeadLetter[] = [];
    if (end.outcomes === undefined) this.#wholeCall(flight, end.verdict, letters);
    else this.#eachRecord(flight, end.outcomes, letters);
    if (letters.length > 0) this.#host.deadLetters(letters);
  }

  #eachRecord(flight: Flight, outcomes: readonly RecordOutcome[], letters: DeadLetter[]): void {
    this.#host.breaker.reset();
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
        this.#retry(record, outcome.error, letters);
      }
    });
    this.#answered(flight, acceptedBytes, throttledBytes);
    if (throttledBytes > 0) {
      this.#host.ledger.throttledRecords += outcomes.filter((outcome) => outcome.throttled === true).length;
    }
  }

  #wholeCall(flight: Flight, { kind, error }: Verdict, letters: DeadLetter[]): void {
    const { breaker, clock, ledger } = this.#host;
    const { records } = flight;
    if (kind === 'throttled') {
      ledger.throttledRecords += records.length;
      this.#answered(flight, 0, flight.rawBytes);
    }
    if (kind === 'poison') {
      this.#bisect(records, error, letters);
      return;
    }
    if (kind === 'blocked' || (kind === 'credentials' && this.#refreshed)) {
      this.#keep(records, error);
      breaker.trip(error, clock.now());
      this.#host.blocked(error);
      return;
    }
    if (kind === 'credentials') {
      this.#keep(records, error);
      this.#refresh();
      return;
    }
    for (const record of records) this.#retry(record, error, letters);
  }

  #answered(flight: Flight, acceptedBytes: number, throttledBytes: number): void {
    const { clock, dispatcher, ledger, rate } = this.#host;
    ledger.refusedBytes += throttledBytes;
    rate.answered(flight.startedAt, clock.now(), acceptedBytes, throttledBytes, dispatcher.backlog);
  }

  #delivered(record: PackedRecord, recordId: string): void {
    const { ledger } = this.#host;
    const unit = FIREHOSE_LIMITS.billingUnitBytes;
    ledger.delivered += record.events;
    ledger.deliveredRecords++;
    ledger.deliveredBytes += record.rawBytes;
    ledger.billedBytes += Math.ceil(record.rawBytes / unit) * unit;
    const { attempts, ambiguous, receipts } = record;
    if (receipts !== undefined) {
      const receipt = { recordId, attempts, possibleDuplicate: ambiguous };
      for (const { resolve } of receipts) resolve(receipt);
    }
    this.#host.settled(record);
  }

  /** Back in the queue, or out as a failure when it is too old or was tried too often. */
  #retry(record: PackedRecord, error: FirehoseError, letters: DeadLetter[]): void {
    const { clock, dispatcher, random } = this.#host;
    const { maxAgeMs, maxAttempts } = this.#settings;
    this.#note(record, error);
    const now = clock.now();
    const notBefore = now + backOffMs(this.#settings, record.attempts - 1, random);
    if (record.attempts >= maxAttempts || notBefore - record.openedAt > maxAgeMs) {
      const text =
        record.attempts >= maxAttempts
          ? `The record was refused ${record.attempts} times, as often as \`retry.maxAttempts\` allows.`
          : `The record is older than the ${maxAgeMs} ms of \`retry.maxAgeMs\`.`;
      this.#fail(record, new DeadlineExceededError(text, record.ambiguous, error), letters);
      return;
    }
    record.notBefore = notBefore;
    dispatcher.retries.push(record);
  }

  /** The records are not at fault: they wait without a count. */
  #keep(records: readonly PackedRecord[], error: FirehoseError): void {
    for (const record of records) {
      this.#note(record, error);
      record.notBefore = this.#host.clock.now();
      this.#host.dispatcher.retries.push(record);
    }
  }

  #note(record: PackedRecord, error: FirehoseError): void {
    record.lastError = error;
    if (!error.ambiguous) return;
    record.ambiguous = true;
    this.#host.ledger.ambiguous += record.events;
  }

  /** One of them is refused for ever: halves go alone until it is by itself. */
  #bisect(records: readonly PackedRecord[], error: FirehoseError, letters: DeadLetter[]): void {
    const [only] = records;
    if (records.length === 1 && only !== undefined) {
      this.#fail(only, error, letters);
      return;
    }
    const middle = records.length >> 1;
    this.#host.dispatcher.suspects.push(records.slice(0, middle), records.slice(middle));
  }

  #fail(record: PackedRecord, error: FirehoseError, letters: DeadLetter[]): void {
    const { events, attempts, ambiguous, receipts } = record;
    this.#host.ledger.failed += events;
    letters.push({ data: recordData(record), events, attempts, ambiguous, error });
    if (receipts !== undefined) for (const { reject } of receipts) reject(error);
    this.#host.settled(record);
  }

  #refresh(): void {
    const { breaker, clock, dispatcher } = this.#host;
    if (dispatcher.held) return;
    dispatcher.held = true;
    this.#refreshed = true;
    this.#host
      .refreshCredentials()
      .catch((cause: unknown) => {
        const error = new CredentialsError('New credentials could not be had.', cause);
        breaker.trip(error, clock.now());
        this.#host.blocked(error);
      })
      .finally(() => {
        dispatcher.held = false;
        dispatcher.pump();
      })
      .catch(() => undefined);
  }
}
