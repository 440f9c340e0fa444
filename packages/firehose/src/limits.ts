/**
 * Limits of Amazon Data Firehose. Source: its developer guide, "Amazon Data Firehose quota", and the API reference
 * of PutRecordBatch, as of 2023-12.
 */
export const firehoseLimits: {
  /** Records in one PutRecordBatch call. */
  readonly recordsPerBatch: 500;
  /** Bytes of all records in one call, before base64: 4 MiB. */
  readonly batchBytes: 4_194_304;
  /** Bytes of one record, before base64: 1,000 KiB. */
  readonly recordBytes: 1_024_000;
  /** Events that de-aggregation splits out of one record; a record with more goes whole to the error output. */
  readonly eventsPerRecord: 500;
  /** Each record is billed rounded up to this. */
  readonly billingUnitBytes: 5120;
  /** Bytes of an answer that are read. Own: 500 responses with long texts of errors have a fifth of it. */
  readonly answerBytes: 1_048_576;
  /** Characters of a server's text that an error holds. Own. */
  readonly textChars: 500;
} = Object.freeze({
  recordsPerBatch: 500,
  batchBytes: 4_194_304,
  recordBytes: 1_024_000,
  eventsPerRecord: 500,
  billingUnitBytes: 5120,
  answerBytes: 1_048_576,
  textChars: 500,
});

/** What one delivery stream takes per second by Direct PUT. */
export interface StreamQuota {
  /** Bytes a second. */
  readonly bytesPerSec: number;
  /** PutRecordBatch calls a second. */
  readonly requestsPerSec: number;
  /** Records a second. */
  readonly recordsPerSec: number;
}

const MIB = 1024 * 1024;

const LARGE: StreamQuota = Object.freeze({
  bytesPerSec: 5 * MIB,
  requestsPerSec: 2000,
  recordsPerSec: 500_000,
});
const SMALL: StreamQuota = Object.freeze({
  bytesPerSec: MIB,
  requestsPerSec: 1000,
  recordsPerSec: 100_000,
});

/**
 * Default quotas of Direct PUT, per delivery stream and region. Source: Amazon Data Firehose developer guide,
 * "Amazon Data Firehose quota", as of 2023-12. They are soft limits: an account may have more.
 */
export const regionQuotas: Readonly<Record<string, StreamQuota>> = Object.freeze({
  'us-east-1': LARGE,
  'us-west-2': LARGE,
  'eu-west-1': LARGE,
});

/**
 * Returns the default quota of a region; regions that are not in {@link regionQuotas} have the small one.
 *
 * @example
 * ```ts
 * import { regionQuota } from '@store/firehose';
 *
 * console.log(regionQuota('eu-central-1').bytesPerSec); // 1048576
 * ```
 */
export function regionQuota(region: string | undefined): StreamQuota {
  const known = region !== undefined && Object.hasOwn(regionQuotas, region);
  return (known ? regionQuotas[region] : undefined) ?? SMALL;
}
