/** Limits of Amazon Data Firehose, from its developer guide (`limits.md`) and API reference as of 2023-12. */
export const FIREHOSE_LIMITS = {
  /** Records in one PutRecordBatch call. */
  recordsPerBatch: 500,
  /** Bytes of all records in one call, before base64: 4 MiB. */
  batchBytes: 4_194_304,
  /** Bytes of one record, before base64: 1,000 KiB. */
  recordBytes: 1_024_000,
  /** Events that de-aggregation splits out of one record; a record with more goes whole to the error output. */
  eventsPerRecord: 500,
  /** Each record is billed rounded up to this. */
  billingUnitBytes: 5120,
} as const;
