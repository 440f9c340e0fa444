import { channel, type Channel } from 'node:diagnostics_channel';
import type { Flight, FlightEnd } from '../dispatch/settlement.js';
import type { FirehoseError, FirehoseErrorCode, Undelivered } from '../errors.js';
import { Latencies, type Ledger } from '../stats.js';
import { meterLedger, type MeterLike } from './meter.js';

/** Names of the `node:diagnostics_channel` channels that producers publish to. No message holds event data. */
export const firehoseChannels: {
  /** {@link BatchMessage}: a call has ended. */
  readonly batch: '@store/firehose:batch';
  /** {@link FailedMessage}: records failed. */
  readonly failed: '@store/firehose:failed';
  /** {@link BlockedMessage}: nothing can be delivered until the cause is fixed. */
  readonly blocked: '@store/firehose:blocked';
} = Object.freeze({
  batch: '@store/firehose:batch',
  failed: '@store/firehose:failed',
  blocked: '@store/firehose:blocked',
});

/** One call, ended. */
export interface BatchMessage {
  /** Delivery stream that the call went to. */
  readonly deliveryStreamName: string;
  /** Records in the call. */
  readonly records: number;
  /** Events in those records. */
  readonly events: number;
  /** Before base64. */
  readonly bytes: number;
  /** Milliseconds from the call to its answer or error. */
  readonly durationMs: number;
  /** Records that the service took. */
  readonly deliveredRecords: number;
  /** The error's code if the call failed as a whole. */
  readonly errorCode: FirehoseErrorCode | undefined;
}

/** Records that failed. */
export interface FailedMessage {
  /** Delivery stream that the events were for. */
  readonly deliveryStreamName: string;
  /** Events that failed. */
  readonly events: number;
  /** Why they failed. */
  readonly errorCode: FirehoseErrorCode;
}

/** The breaker has opened. */
export interface BlockedMessage {
  /** Delivery stream that refuses every call. */
  readonly deliveryStreamName: string;
  /** Why it refuses them: `ACCESS_DENIED`, `STREAM_NOT_FOUND`, … */
  readonly errorCode: FirehoseErrorCode;
  /** The same as a sentence, with what to do. */
  readonly message: string;
}

/** The channels themselves, looked up once; each carries the message type named above. */
const channels: Readonly<Record<keyof typeof firehoseChannels, Channel>> = {
  batch: channel(firehoseChannels.batch),
  failed: channel(firehoseChannels.failed),
  blocked: channel(firehoseChannels.blocked),
};

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

  failed(undelivered: readonly Undelivered[]): void {
    if (!channels.failed.hasSubscribers) return;
    const deliveryStreamName = this.#deliveryStreamName;
    for (const { events, error } of undelivered) {
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
