/** What a producer has done and holds, at one instant. */
export interface ProducerStats {
  /** Events that `put` took. Always `delivered + failed + spooled + pending`. */
  readonly accepted: number;
  /** Events for whose record the service returned a RecordId. */
  readonly delivered: number;
  /** Events given up and handed to `deadLetter`. */
  readonly failed: number;
  /** Events that are on disk only. */
  readonly spooled: number;
  /** Events in memory: waiting or under way. */
  readonly pending: number;
  /** Event sendings with an unknown outcome: the stream holds at most so many duplicates. */
  readonly ambiguous: number;
  /** Calls made. */
  readonly requests: number;
  readonly deliveredRecords: number;
  /** Records sent again. */
  readonly retriedRecords: number;
  readonly throttledRecords: number;
  /** Bytes of delivered records, before base64. */
  readonly eventBytes: number;
  /** The same as billed: each record rounded up to 5 KiB. */
  readonly billedBytes: number;
  /** Bytes sent, whatever the answer. */
  readonly sentBytes: number;
  /** Bytes refused for going too fast. */
  readonly throttledBytes: number;
  /** Calls under way. */
  readonly inFlight: number;
  /** Bytes per second that the rate control allows now. */
  readonly bytesPerSec: number;
  /** Bytes of memory that hold events. */
  readonly memoryBytes: number;
}
