import { FIREHOSE_LIMITS } from './limits.js';

/**
 * US dollars for a GB (2^30 bytes) taken in by Direct PUT, first 500 TB of a month, as billed: each record
 * rounded up to 5 KiB. Seen in eight public repositories in November 2026, not on AWS's own page: look the price
 * up before you budget.
 */
export const INGEST_USD_PER_GB: Readonly<Record<string, number>> = Object.freeze({ 'us-east-1': 0.029 });

/** What is assumed for regions that {@link INGEST_USD_PER_GB} does not list; several cost more. */
export const DEFAULT_USD_PER_GB = 0.029;

const GB = 2 ** 30;

/** Bytes that one record of `bytes` is billed as. */
export function billedBytes(bytes: number): number {
  const unit = FIREHOSE_LIMITS.billingUnitBytes;
  return Math.ceil(bytes / unit) * unit;
}

/** Dollars for billed bytes. */
export function ingestCostUsd(billed: number, region?: string): number {
  return (
    (billed / GB) * ((region === undefined ? undefined : INGEST_USD_PER_GB[region]) ?? DEFAULT_USD_PER_GB)
  );
}

/** What sending a number of like events comes to. */
export interface IngestEstimate {
  readonly records: number;
  readonly requests: number;
  readonly eventBytes: number;
  readonly billedBytes: number;
  readonly usd: number;
}

/**
 * Estimates what `events` events cost to send.
 *
 * @param eventBytes - mean bytes of one encoded event, its separator included
 */
export function estimateIngest(
  events: number,
  eventBytes: number,
  mode: 'packed' | 'single' = 'packed',
  region?: string,
): IngestEstimate {
  const limits = FIREHOSE_LIMITS;
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
