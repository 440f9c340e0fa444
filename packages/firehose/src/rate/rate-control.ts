import { firehoseLimits, regionQuota, type StreamQuota } from '../limits.js';
import type { TransportTarget } from '../transport/transport.js';
import { CubicRate } from './cubic.js';
import { TokenBucket } from './token-bucket.js';

/** What the rate may be; see `RateOptions` for the words. */
export interface RateSettings {
  readonly bytesPerSec: 'region' | 'learn' | number;
  readonly requestsPerSec: number | undefined;
  readonly recordsPerSec: number | undefined;
  readonly share: number;
  readonly maxInFlight: number;
}

const UNLIMITED: StreamQuota = { bytesPerSec: Infinity, requestsPerSec: Infinity, recordsPerSec: Infinity };
const LEARN_START = 1024 * 1024;
const BURST_MS = 250;
/** One batch carries at most this much of the rate, one record this much: neither may dwarf the quota. */
const BATCH_SEC = 0.25;
const RECORD_SEC = 0.1;

/** Decides when the next batch may go and how large it and its records should be. */
export class RateControl {
  readonly #settings: RateSettings;
  readonly #bytes: TokenBucket;
  readonly #requests: TokenBucket;
  readonly #records: TokenBucket;
  readonly #cubic: CubicRate;
  #quotaKnown: boolean;
  #rttMs = 0;
  /** Accepted bytes per second, averaged over about a second. */
  #achieved = 0;
  #measuredAt: number;
  #measuredBytes = 0;

  constructor(settings: RateSettings, now: number) {
    this.#settings = settings;
    const { bytesPerSec, share } = settings;
    // Until the region is known, its quota is taken to be the small one.
    const quota = this.#quota(regionQuota(undefined));
    this.#quotaKnown = bytesPerSec !== 'region';
    const start = bytesPerSec === 'learn' ? LEARN_START * share : quota.bytesPerSec;
    this.#cubic = new CubicRate(start, bytesPerSec === 'learn' ? Infinity : quota.bytesPerSec, now);
    this.#bytes = new TokenBucket(this.#cubic.bytesPerSec, BURST_MS, now);
    this.#requests = new TokenBucket(quota.requestsPerSec, BURST_MS, now);
    this.#records = new TokenBucket(quota.recordsPerSec, BURST_MS, now);
    this.#measuredAt = now;
  }

  get bytesPerSec(): number {
    return this.#cubic.bytesPerSec;
  }

  /** Raw bytes that a batch should have. */
  get batchBytes(): number {
    return Math.min(firehoseLimits.batchBytes, this.#cubic.bytesPerSec * BATCH_SEC);
  }

  /** Raw bytes that a record should have. */
  get recordBytes(): number {
    return Math.max(firehoseLimits.billingUnitBytes, this.#cubic.bytesPerSec * RECORD_SEC);
  }

  /** Batches that may be under way at the same time: what the rate fills in one round trip, and two more. */
  get maxInFlight(): number {
    if (this.#cubic.bytesPerSec === Infinity) return this.#settings.maxInFlight;
    const filling = (this.#cubic.bytesPerSec * this.#rttMs) / 1000 / Math.max(1, this.batchBytes) + 2;
    return Math.max(1, Math.min(this.#settings.maxInFlight, Math.floor(filling)));
  }

  /** Where requests go has become known. */
  locate(target: TransportTarget, now: number): void {
    if (this.#quotaKnown) return;
    this.#quotaKnown = true;
    const quota = this.#quota(target.aws ? regionQuota(target.region) : UNLIMITED);
    this.#cubic.setCeiling(quota.bytesPerSec, now);
    this.#bytes.setRate(this.#cubic.bytesPerSec, now);
    this.#requests.setRate(quota.requestsPerSec, now);
    this.#records.setRate(quota.recordsPerSec, now);
  }

  waitMs(bytes: number, records: number, now: number): number {
    return Math.max(
      this.#bytes.waitMs(bytes, now),
      this.#requests.waitMs(1, now),
      this.#records.waitMs(records, now),
    );
  }

  take(bytes: number, records: number): void {
    this.#bytes.take(bytes);
    this.#requests.take(1);
    this.#records.take(records);
  }

  /** An answer came. `backlog`: more waits than can go, so the rate is what holds it back. */
  answered(
    startedAt: number,
    now: number,
    acceptedBytes: number,
    throttledBytes: number,
    backlog: boolean,
  ): void {
    const rttMs = now - startedAt;
    this.#rttMs = this.#rttMs === 0 ? rttMs : this.#rttMs * 0.8 + rttMs * 0.2;
    this.#measure(acceptedBytes, now);
    if (throttledBytes > 0) {
      const share = acceptedBytes / (acceptedBytes + throttledBytes);
      this.#cubic.cut(startedAt, now, share, this.#achieved);
    } else if (backlog) this.#cubic.grow(now);
    this.#bytes.setRate(this.#cubic.bytesPerSec, now);
  }

  #measure(bytes: number, now: number): void {
    this.#measuredBytes += bytes;
    const elapsedMs = now - this.#measuredAt;
    if (elapsedMs < 100) return;
    const weight = Math.min(1, elapsedMs / 1000);
    this.#achieved += ((this.#measuredBytes * 1000) / elapsedMs - this.#achieved) * weight;
    this.#measuredBytes = 0;
    this.#measuredAt = now;
  }

  #quota(region: StreamQuota): StreamQuota {
    const { bytesPerSec, requestsPerSec, recordsPerSec, share } = this.#settings;
    const known = typeof bytesPerSec === 'number' ? { ...UNLIMITED, bytesPerSec } : undefined;
    const base = bytesPerSec === 'learn' ? UNLIMITED : (known ?? region);
    return {
      bytesPerSec: base.bytesPerSec * share,
      requestsPerSec: (requestsPerSec ?? base.requestsPerSec) * share,
      recordsPerSec: (recordsPerSec ?? base.recordsPerSec) * share,
    };
  }
}
