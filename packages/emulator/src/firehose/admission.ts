import type { Clock } from '@store/foundation';
import type { FaultInjector } from '../faults/fault-injector.js';
import type { QuotaOptions } from '../options.js';
import { ServiceError } from '../wire/service-error.js';

/** Decides which records are let in. */
export interface Admission {
  /** Throws when the call as a whole is refused. */
  call(stream: string): void;
  /** Error of a record that is refused within a call that is let in. */
  record(stream: string, bytes: number): { readonly code: string; readonly message: string } | undefined;
}

interface Buckets {
  readonly requests: TokenBucket;
  readonly records: TokenBucket;
  readonly bytes: TokenBucket;
}

/** What AWS says to a call, or to a record of a batch, that is over a quota. */
const slowDown = { code: 'ServiceUnavailableException', message: 'Slow down.' };

/** Lets records in as far as quotas and faults allow. */
export function admissionOf(
  faults: FaultInjector,
  quotas: QuotaOptions | undefined,
  clock: Clock,
): Admission {
  const streams = new Map<string, Buckets>();
  const bucketsOf = (stream: string, limits: QuotaOptions): Buckets => {
    const now = clock.now();
    const known = streams.get(stream);
    if (known !== undefined) return known;
    const fresh = {
      requests: new TokenBucket(limits.requestsPerSecond, now),
      records: new TokenBucket(limits.recordsPerSecond, now),
      bytes: new TokenBucket(limits.bytesPerSecond, now),
    };
    streams.set(stream, fresh);
    return fresh;
  };
  return {
    call(stream) {
      const over = quotas !== undefined && !bucketsOf(stream, quotas).requests.take(1, clock.now());
      if (over || faults.strikes('throttledCalls')) {
        throw new ServiceError(slowDown.code, slowDown.message, 503);
      }
    },
    record(stream, bytes) {
      if (faults.strikes('refusedRecords')) return slowDown;
      if (quotas === undefined) return undefined;
      const buckets = bucketsOf(stream, quotas);
      const now = clock.now();
      const within = buckets.records.take(1, now) && buckets.bytes.take(bytes, now);
      return within ? undefined : slowDown;
    },
  };
}

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

/** Lets through `perSecond` units a second, and a second's worth at a time. */
export class TokenBucket {
  readonly #perSecond: number;
  #tokens: number;
  #filledAt: number;

  constructor(perSecond: number, now: number) {
    this.#perSecond = perSecond;
    this.#tokens = perSecond;
    this.#filledAt = now;
  }

  /** True, and the units are taken, when there are enough. */
  take(units: number, now: number): boolean {
    const gained = (Math.max(0, now - this.#filledAt) / 1000) * this.#perSecond;
    this.#tokens = Math.min(this.#perSecond, this.#tokens + gained);
    this.#filledAt = now;
    if (this.#tokens < units) return false;
    this.#tokens -= units;
    return true;
  }
}
