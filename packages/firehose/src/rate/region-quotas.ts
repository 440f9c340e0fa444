/** What one delivery stream takes per second by Direct PUT. */
export interface StreamQuota {
  readonly bytesPerSec: number;
  readonly requestsPerSec: number;
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
export const REGION_QUOTAS: Readonly<Record<string, StreamQuota>> = Object.freeze({
  'us-east-1': LARGE,
  'us-west-2': LARGE,
  'eu-west-1': LARGE,
});

/** The quota of a region; those not in {@link REGION_QUOTAS} have the small one. */
export function regionQuota(region: string | undefined): StreamQuota {
  return (region === undefined ? undefined : REGION_QUOTAS[region]) ?? SMALL;
}
