import type { DeadLetter } from '../dead-letter.js';
import type { Flight, FlightEnd } from '../dispatch/flight.js';
import type { FirehoseError } from '../errors.js';
import type { Ledger } from '../ledger.js';
import { channels, type BatchMessage, type BlockedMessage, type FailedMessage } from './channels.js';
import { Latencies } from './latencies.js';
import { meterLedger, type MeterLike } from './meter.js';

/** Tells whoever listens what happens. Numbers, names and codes only: never a byte of an event. */
export class Telemetry {
  readonly latencies: Latencies = new Latencies();
  readonly #deliveryStreamName: string;
  readonly #meter: (durationMs: number) => void;

  constructor(deliveryStreamName: string, ledger: Ledger, meter: MeterLike | undefined) {
    this.#deliveryStreamName = deliveryStreamName;
    this.#meter = meterLedger(meter, deliveryStreamName, ledger);
  }

  batch(flight: Flight, end: FlightEnd, durationMs: number): void {
    this.latencies.add(durationMs);
    this.#meter(durationMs);
    if (!channels.batch.hasSubscribers) return;
    const message: BatchMessage = {
      deliveryStreamName: this.#deliveryStreamName,
      records: flight.records.length,
      events: flight.events,
      bytes: flight.rawBytes,
      durationMs,
      deliveredRecords: end.outcomes?.filter(({ recordId }) => recordId !== undefined).length ?? 0,
      errorCode: end.verdict?.error.code,
    };
    channels.batch.publish(message);
  }

  failed(letters: readonly DeadLetter[]): void {
    if (!channels.failed.hasSubscribers) return;
    const deliveryStreamName = this.#deliveryStreamName;
    for (const { events, error } of letters) {
      const message: FailedMessage = { deliveryStreamName, events, errorCode: error.code };
      channels.failed.publish(message);
    }
  }

  blocked({ code, message }: FirehoseError): void {
    if (!channels.blocked.hasSubscribers) return;
    const blocked: BlockedMessage = {
      deliveryStreamName: this.#deliveryStreamName,
      errorCode: code,
      message,
    };
    channels.blocked.publish(blocked);
  }
}
