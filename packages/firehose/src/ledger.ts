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
