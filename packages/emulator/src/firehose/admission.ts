import type { FaultInjector } from '../faults/fault-injector.js';
import type { QuotaOptions } from '../options.js';
import { ServiceError } from '../wire/service-error.js';
import type { Clock } from '@store/foundation';
import { TokenBucket } from './token-bucket.js';

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
