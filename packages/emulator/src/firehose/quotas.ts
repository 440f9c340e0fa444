import type { QuotaOptions } from '../options.js';

/**
 * Direct PUT quotas of one delivery stream; source: Firehose developer guide, quotas, read 2026-08. The first set
 * holds in us-east-1, us-west-2 and eu-west-1, the second elsewhere.
 */
export const regionQuotas: Readonly<Record<'us-east-1' | 'other', QuotaOptions>> = {
  'us-east-1': {
    requestsPerSecond: 2_000,
    recordsPerSecond: 500_000,
    bytesPerSecond: 5 * 1024 * 1024,
  },
  other: { requestsPerSecond: 1_000, recordsPerSecond: 100_000, bytesPerSecond: 1024 * 1024 },
};
