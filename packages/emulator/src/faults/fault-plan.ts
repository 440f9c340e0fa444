/** Faults to make on purpose; every share is between 0 and 1, and absent means none. */
export interface FaultPlan {
  /** Share of records that PutRecordBatch refuses one by one, as under throttling. */
  readonly refusedRecords?: number;
  /** Share of put calls that are throttled as a whole: ServiceUnavailableException. */
  readonly throttledCalls?: number;
  /** Share of calls that fail with InternalFailure, HTTP 500. */
  readonly internalErrors?: number;
  /** Share of calls that fail with HTTP 503 before anything is done. */
  readonly unavailable?: number;
  /** Share of put calls whose connection is cut before anything is stored. */
  readonly resetsBeforeCommit?: number;
  /** Share of put calls whose connection is cut after everything is stored: a retry makes duplicates. */
  readonly resetsAfterCommit?: number;
  /** Wait before each call is worked on, in milliseconds. */
  readonly latencyMs?: number;
  /** Share of deliveries that fail and are tried again. */
  readonly failedDeliveries?: number;
  /** Wait before each delivery, in milliseconds. */
  readonly deliveryDelayMs?: number;
  /** Nothing more is written, as if the disk were full. */
  readonly diskFull?: boolean;
  /** What is added to the endpoint's time, in milliseconds. */
  readonly clockSkewMs?: number;
}

/** No faults. */
export const noFaults: FaultPlan = Object.freeze({});
