import { checkArgument, numberBetween, oneOf, wholeNumber } from '@store/foundation';
import { optionError } from './errors.js';
import { firehoseLimits } from './limits.js';

/**
 * US dollars for a GB (2^30 bytes) taken in by Direct PUT, first 500 TB of a month, as billed: each record
 * rounded up to 5 KiB. Seen in eight public repositories in November 2026, not on AWS's own page: look the price
 * up before you budget.
 */
export const ingestPrices: {
  readonly usdPerGb: Readonly<Record<string, number>>;
  /** What is assumed for regions that are not listed; several cost more. */
  readonly otherwiseUsdPerGb: number;
} = Object.freeze({
  usdPerGb: Object.freeze({ 'us-east-1': 0.029 }),
  otherwiseUsdPerGb: 0.029,
});

const GB = 2 ** 30;

/**
 * Returns the bytes that one record of `bytes` is billed as.
 *
 * @example
 * ```ts
 * import { billedBytes } from '@store/firehose';
 *
 * console.log(billedBytes(380), billedBytes(5121)); // 5120 10240
 * ```
 */
export function billedBytes(bytes: number): number {
  const unit = firehoseLimits.billingUnitBytes;
  return Math.ceil(bytes / unit) * unit;
}

/**
 * Returns the US dollars that billed bytes cost to take in, at {@link ingestPrices}.
 *
 * @example
 * ```ts
 * import { ingestCostUsd } from '@store/firehose';
 *
 * console.log(ingestCostUsd(100 * 2 ** 30, 'us-east-1').toFixed(2)); // 2.90
 * ```
 */
export function ingestCostUsd(billed: number, region?: string): number {
  const { otherwiseUsdPerGb, usdPerGb } = ingestPrices;
  const known = region !== undefined && Object.hasOwn(usdPerGb, region);
  return (billed / GB) * ((known ? usdPerGb[region] : undefined) ?? otherwiseUsdPerGb);
}

/** What sending a number of like events comes to. */
export interface IngestEstimate {
  /** Records that the events are packed into. */
  readonly records: number;
  /** PutRecordBatch calls, at 500 records and 4 MiB each. */
  readonly requests: number;
  /** Bytes of all events, before base64. */
  readonly eventBytes: number;
  /** The same as billed: each record rounded up to 5 KiB. */
  readonly billedBytes: number;
  /** Price of the billed bytes, US dollars. */
  readonly usd: number;
}

/**
 * Estimates what `events` events cost to send, packed or one a record.
 *
 * @param eventBytes - mean bytes of one encoded event, its separator included
 *
 * @example
 * ```ts
 * import { estimateIngest } from '@store/firehose';
 *
 * const packed = estimateIngest(1_000_000, 380);
 * const single = estimateIngest(1_000_000, 380, 'single');
 * console.log(Math.round(single.billedBytes / packed.billedBytes)); // 13
 * ```
 */
export function estimateIngest(
  events: number,
  eventBytes: number,
  mode: 'packed' | 'single' = 'packed',
  region?: string,
): IngestEstimate {
  checkArgument('events', events, wholeNumber(0), optionError);
  checkArgument('eventBytes', eventBytes, numberBetween(0, Infinity, { above: true }), optionError);
  checkArgument('mode', mode, oneOf('packed', 'single'), optionError);
  const limits = firehoseLimits;
  const unit = limits.billingUnitBytes;
  const fitting = Math.floor(limits.recordBytes / eventBytes);
  const most = mode === 'single' ? 1 : Math.max(1, Math.min(limits.eventsPerRecord, fitting));
  // A record closes below the last billing unit that it could fill.
  const aligned = Math.floor((Math.floor((most * eventBytes) / unit) * unit) / eventBytes);
  const perRecord = Math.max(1, mode === 'single' ? 1 : aligned);
  const records = Math.ceil(events / perRecord);
  const perCall = Math.min(limits.recordsPerBatch, Math.floor(limits.batchBytes / (perRecord * eventBytes)));
  const last = events - (records - 1) * perRecord;
  const billed =
    records === 0 ? 0 : (records - 1) * billedBytes(perRecord * eventBytes) + billedBytes(last * eventBytes);
  return {
    records,
    requests: Math.ceil(records / Math.max(1, perCall)),
    eventBytes: events * eventBytes,
    billedBytes: billed,
    usd: ingestCostUsd(billed, region),
  };
}
