import type { FirehoseClient } from '@aws-sdk/client-firehose';
import type { Clock } from '@store/foundation';
import type { EventEncoder } from './encoder.js';
import type { Undelivered } from './errors.js';
import { firehoseLimits } from './limits.js';
import type { MeterLike } from './telemetry/meter.js';
import type { Transport } from './transport/transport.js';

/** How events share records. */
export interface PackingOptions {
  /**
   * `packed`: many events a record, each followed by a line feed. `single`: one event a record, for streams
   * whose consumers expect that; it is billed about 13 times as much.
   *
   * @defaultValue 'packed'
   */
  readonly mode?: 'packed' | 'single';
  /** Events in one record, 1 to 500, since de-aggregation splits no more. @defaultValue 500 */
  readonly maxEvents?: number;
  /** Bytes of one record, 1 to 1,024,000. Smaller if a consumer cannot take that. @defaultValue 1024000 */
  readonly maxBytes?: number;
}

/** How records share calls. */
export interface ProducerBatchOptions {
  /** Records in one call, 1 to 500. @defaultValue 500 */
  readonly maxRecords?: number;
  /** Bytes of records in one call, up to 4 MiB; also bounded to a quarter second of the rate. @defaultValue 4194304 */
  readonly maxBytes?: number;
  /** How long an event waits for company, in milliseconds. Longer costs less at low rates. @defaultValue 250 */
  readonly lingerMs?: number;
}

/** How much memory waiting events may take. */
export interface MemoryOptions {
  /** Bytes in all. Larger rides out longer pauses of the service. @defaultValue 67108864 */
  readonly maxBytes?: number;
  /** What `send` does without room: wait for it, or reject with `BUFFER_FULL`. @defaultValue 'wait' */
  readonly onFull?: 'wait' | 'reject';
}

/** How fast to send. */
export interface RateOptions {
  /**
   * Bytes per second before base64. `region`: the default quota of the client's region, unlimited for an
   * endpoint that is not AWS's; a number for a stream with another quota; `learn`: find out by being throttled.
   *
   * @defaultValue 'region'
   */
  readonly bytesPerSec?: 'region' | 'learn' | number;
  /** Calls per second. @defaultValue the region's quota */
  readonly requestsPerSec?: number;
  /** Records per second. @defaultValue the region's quota */
  readonly recordsPerSec?: number;
  /** This producer's part of the quota, above 0 to 1: one over the number of producers. @defaultValue 1 */
  readonly share?: number;
  /** Calls under way at the same time, 1 to 256. @defaultValue 16 */
  readonly maxInFlight?: number;
}

/** How long to continue with what was refused. */
export interface RetryOptions {
  /** Upper bound of the first pause, in milliseconds; it doubles with each attempt. @defaultValue 100 */
  readonly baseMs?: number;
  /** Upper bound of every pause, in milliseconds. @defaultValue 10000 */
  readonly capMs?: number;
  /** Attempts per record. @defaultValue Infinity */
  readonly maxAttempts?: number;
  /** Age at which a refused record fails, in milliseconds. @defaultValue 300000 */
  readonly maxAgeMs?: number;
  /** Calls of nothing but retries, as a share of the others; five a second are always allowed. @defaultValue 0.2 */
  readonly budget?: number;
}

/** How long to wait for the network. */
export interface TimeoutOptions {
  /** Opening a connection, in milliseconds; only for a client made here. @defaultValue 1000 */
  readonly connectMs?: number;
  /** One call, in milliseconds, and a second more for each MiB. @defaultValue 6000 */
  readonly requestMs?: number;
}

/** Where events wait on disk, so that a pause of the service or the end of this process loses none. */
export interface SpoolOptions {
  /** A directory of its own on a local disk, created if need be. */
  readonly dir: string;
  /**
   * `overflow`: records go to disk when half of the memory is full. `always`: every record is on disk before
   * it is sent, and what an ended process left is sent by the next one.
   *
   * @defaultValue 'overflow'
   */
  readonly mode?: 'overflow' | 'always';
  /** What records on disk survive: the end of the process, or of power, too. @defaultValue 'process' */
  readonly durability?: 'process' | 'disk';
  /** Bytes on disk, at least 1 MiB; at the limit `put` asks to wait. @defaultValue 1073741824 */
  readonly maxBytes?: number;
  /**
   * What is done about records that earlier processes left and that are damaged: `salvage` sends all that is sound,
   * hands the damaged bytes to `deadLetter` and says what is missing in a warning of the process; `refuse` throws
   * `SPOOL_CORRUPT` with file and place.
   *
   * @defaultValue 'salvage'
   */
  readonly onDamage?: 'refuse' | 'salvage';
}

/** Options of `createFirehoseProducer`. */
export interface ProducerOptions<T> {
  /** The delivery stream to write to. */
  readonly deliveryStreamName: string;
  /** The AWS SDK's client. Its retries are bypassed. @defaultValue one from the environment */
  readonly client?: FirehoseClient;
  /** Another way to the service than the SDK; `client` is then unused. */
  readonly transport?: Transport;
  /** Turns an event into bytes. @defaultValue JSON.stringify */
  readonly encoder?: EventEncoder<T>;
  /** How events share records. @defaultValue `firehoseDefaults.packing` */
  readonly packing?: PackingOptions;
  /** How records share calls. @defaultValue `firehoseDefaults.batch` */
  readonly batch?: ProducerBatchOptions;
  /** How much may wait in memory, and what `send` does when it is full. @defaultValue `firehoseDefaults.memory` */
  readonly memory?: MemoryOptions;
  /** How fast to send. @defaultValue `firehoseDefaults.rate` */
  readonly rate?: RateOptions;
  /** How often and how long to try again. @defaultValue `firehoseDefaults.retry` */
  readonly retry?: RetryOptions;
  /** How long to wait for the network. @defaultValue `firehoseDefaults.timeouts` */
  readonly timeouts?: TimeoutOptions;
  /** Keeps events on disk. @defaultValue none: events live in memory only */
  readonly spool?: SpoolOptions;
  /** Takes what could not be delivered. Without it `flush` and `close` reject with what failed. */
  readonly deadLetter?: (undelivered: readonly Undelivered[]) => Promise<void> | void;
  /** Takes the producer's metrics: an OpenTelemetry `Meter`, or anything of its shape. */
  readonly meter?: MeterLike;
  /** Time and timers. @defaultValue systemClock */
  readonly clock?: Clock;
  /** A number from 0 up to 1, for the jitter. @defaultValue Math.random */
  readonly random?: () => number;
}

/** How a source is read by `pipe` and `pipeLines`. */
export interface PipeOptions {
  /**
   * Ends the pipe at the next event or chunk that the source gives, which is left out; events that were accepted before
   * are still delivered.
   */
  readonly signal?: AbortSignal;
  /** Takes an event or line that cannot be sent, such as one too large; without it the pipe ends with the error. */
  readonly onReject?: (error: unknown, index: number) => void;
}

/** How long `flush` and `close` may take. */
export interface FlushOptions {
  /**
   * Milliseconds from now; then the report says what is still pending. A `deadLetter` handler at work is waited for
   * all the same, up to 30 seconds.
   *
   * @defaultValue none
   */
  readonly deadlineMs?: number;
  /** Ends the waiting like the deadline does. */
  readonly signal?: AbortSignal;
}

/** What applies where an option is left out. */
export const firehoseDefaults: {
  readonly packing: Required<PackingOptions>;
  readonly batch: Required<ProducerBatchOptions>;
  readonly memory: Required<MemoryOptions>;
  readonly rate: Required<Omit<RateOptions, 'requestsPerSec' | 'recordsPerSec'>>;
  readonly retry: Required<RetryOptions>;
  readonly timeouts: Required<TimeoutOptions>;
  readonly spool: Required<Omit<SpoolOptions, 'dir'>>;
} = Object.freeze({
  packing: Object.freeze({
    mode: 'packed',
    maxEvents: firehoseLimits.eventsPerRecord,
    maxBytes: firehoseLimits.recordBytes,
  }),
  batch: Object.freeze({
    maxRecords: firehoseLimits.recordsPerBatch,
    maxBytes: firehoseLimits.batchBytes,
    lingerMs: 250,
  }),
  memory: Object.freeze({ maxBytes: 64 * 1024 * 1024, onFull: 'wait' }),
  rate: Object.freeze({ bytesPerSec: 'region', share: 1, maxInFlight: 16 }),
  retry: Object.freeze({ baseMs: 100, capMs: 10_000, maxAttempts: Infinity, maxAgeMs: 300_000, budget: 0.2 }),
  timeouts: Object.freeze({ connectMs: 1000, requestMs: 6000 }),
  spool: Object.freeze({
    mode: 'overflow',
    durability: 'process',
    maxBytes: 1024 * 1024 * 1024,
    onDamage: 'salvage',
  }),
});
