import { ingestCostUsd } from './cost.js';
import { firehoseLimits } from './limits.js';

/** What a producer has done and holds, at one instant. */
export interface ProducerStats {
  /** Events taken. Always `delivered + failed + spooled + pending`. */
  readonly accepted: number;
  /** Those among them that an earlier process left in the spool. */
  readonly recovered: number;
  /** Events for whose record the service returned a RecordId. */
  readonly delivered: number;
  /** Events that failed and were handed to `deadLetter`. */
  readonly failed: number;
  /** Events that are on disk only. */
  readonly spooled: number;
  /** Events in memory: waiting or under way. */
  readonly pending: number;
  /** Event sendings with an unknown outcome: the stream holds at most this many duplicates. */
  readonly ambiguous: number;
  /** Calls made. */
  readonly requests: number;
  /** Records for which the service returned a RecordId. */
  readonly deliveredRecords: number;
  /** Records sent again. */
  readonly retriedRecords: number;
  /** Records refused for going too fast; each is sent again. */
  readonly throttledRecords: number;
  /** Bytes of delivered records, before base64. */
  readonly eventBytes: number;
  /** The same as billed: each record rounded up to 5 KiB. */
  readonly billedBytes: number;
  /** Billed bytes in units of 5 KiB. */
  readonly billedUnits: number;
  /** The share of the billed bytes that is rounding, 0 to 1. */
  readonly wasteShare: number;
  /** What taking them in costs, in US dollars. */
  readonly costUsd: number;
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
  /** Duration of the last calls, in milliseconds: half of them, and 99 of 100, took no longer. */
  readonly p50Ms: number;
  /** The 99th percentile of the same durations, milliseconds. */
  readonly p99Ms: number;
}

/** The part of the stats that delivery knows. */
export type DeliveryStats = Omit<ProducerStats, 'accepted' | 'pending' | 'memoryBytes'>;

/** The part of them that the ledger and the calls tell. */
export type LedgerStats = Omit<DeliveryStats, 'recovered' | 'spooled' | 'inFlight' | 'bytesPerSec'>;

/** Counters that only rise, kept by the parts of a producer; `stats()` shows them. */
export interface Ledger {
  delivered: number;
  failed: number;
  /** Event sendings with an unknown outcome: the upper bound of duplicates. */
  ambiguous: number;
  requests: number;
  deliveredRecords: number;
  /** Records sent again. */
  retriedRecords: number;
  throttledRecords: number;
  /** Raw bytes of delivered records. */
  deliveredBytes: number;
  /** The same, each record rounded up to the billing unit. */
  billedBytes: number;
  /** Raw bytes sent, refused ones included. */
  sentBytes: number;
  refusedBytes: number;
}

/** A ledger with nothing in it. */
export function openLedger(): Ledger {
  return {
    delivered: 0,
    failed: 0,
    ambiguous: 0,
    requests: 0,
    deliveredRecords: 0,
    retriedRecords: 0,
    throttledRecords: 0,
    deliveredBytes: 0,
    billedBytes: 0,
    sentBytes: 0,
    refusedBytes: 0,
  };
}

const KEPT_DURATIONS = 256;

/** The durations of the last calls, for percentiles. */
export class Latencies {
  readonly #last: number[] = [];
  #next = 0;

  add(ms: number): void {
    this.#last[this.#next] = ms;
    this.#next = (this.#next + 1) % KEPT_DURATIONS;
  }

  /** The duration that a share of the calls did not exceed; 0 before the first call. */
  percentile(share: number): number {
    const sorted = [...this.#last].sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  }
}

/** Shows a ledger as stats. */
export function ledgerStats(ledger: Ledger, latencies: Latencies, region: string | undefined): LedgerStats {
  const { billedBytes, deliveredBytes } = ledger;
  return {
    delivered: ledger.delivered,
    failed: ledger.failed,
    ambiguous: ledger.ambiguous,
    requests: ledger.requests,
    deliveredRecords: ledger.deliveredRecords,
    retriedRecords: ledger.retriedRecords,
    throttledRecords: ledger.throttledRecords,
    eventBytes: deliveredBytes,
    billedBytes,
    billedUnits: billedBytes / firehoseLimits.billingUnitBytes,
    wasteShare: billedBytes === 0 ? 0 : 1 - deliveredBytes / billedBytes,
    costUsd: ingestCostUsd(billedBytes, region),
    sentBytes: ledger.sentBytes,
    throttledBytes: ledger.refusedBytes,
    p50Ms: latencies.percentile(0.5),
    p99Ms: latencies.percentile(0.99),
  };
}
