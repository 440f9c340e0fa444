import { createVirtualClock } from '@store/foundation';
import { createFirehoseProducer, type FirehoseProducer, type RateOptions } from '../src/index.js';
import { quotaEndpoint, type QuotaTotals } from './quota-endpoint.js';
import { Random } from './random.js';
import { settlePromises } from './until.js';

/** One run of the overload model. */
export interface OverloadOptions {
  readonly producers: number;
  /** Bytes offered in all, as a multiple of the quota. */
  readonly load: number;
  readonly quotaBytesPerSec: number;
  readonly seconds: number;
  readonly rate?: RateOptions;
  readonly seed?: number;
  /** Called once a second of the model's time. */
  readonly eachSecond?: (second: number) => void;
}

/** What a run came to. */
export interface OverloadResult extends QuotaTotals {
  /** Accepted bytes as a share of what the quota allows. */
  readonly goodputShare: number;
  /** Refused bytes as a share of what was sent. */
  readonly refusedShare: number;
  readonly maxMemoryBytes: number;
}

const TICK_MS = 20;
/** Events are this large so that the model's time goes into the control and not into packing. */
const LINE = Buffer.alloc(4000, 'x');

/** Offers more than the quota to producers that know nothing of each other, on a virtual clock. */
export async function simulateOverload(options: OverloadOptions): Promise<OverloadResult> {
  const { load, producers: count, quotaBytesPerSec, rate = {}, seconds, seed = 1 } = options;
  const clock = createVirtualClock();
  const random = new Random(seed);
  const { transport, totals } = quotaEndpoint(clock, quotaBytesPerSec, 40);
  const producers = Array.from({ length: count }, () =>
    createFirehoseProducer({
      deliveryStreamName: 'quota',
      transport,
      clock,
      random: random.next,
      rate,
      memory: { maxBytes: 16 * 1024 * 1024 },
    }),
  );
  let maxMemoryBytes = 0;
  const linesPerTick = (load * quotaBytesPerSec * TICK_MS) / 1000 / count / LINE.length;
  const owed = producers.map(() => random.next());
  const roomy = producers.map(() => true);
  const offer = (producer: FirehoseProducer<unknown>, index: number): void => {
    let due = (owed[index] ?? 0) + linesPerTick;
    for (; due >= 1 && roomy[index] === true; due--) {
      roomy[index] = producer.putEncoded(LINE);
      if (roomy[index]) continue;
      void producer.drained().then(() => {
        roomy[index] = true;
      });
    }
    // What a full producer does not take is not offered again: the source is a tap, not a tank.
    owed[index] = due % 1;
    maxMemoryBytes = Math.max(maxMemoryBytes, producer.stats().memoryBytes);
  };
  const tick = (): void => {
    producers.forEach(offer);
    clock.schedule(tick, TICK_MS);
  };
  tick();
  for (let second = 0; clock.now() < seconds * 1000;) {
    if (clock.now() >= second * 1000) options.eachSecond?.(second++);
    await settlePromises();
    clock.step();
  }
  const allowed = quotaBytesPerSec * (seconds + 1);
  const sent = totals.acceptedBytes + totals.refusedBytes;
  const result = {
    ...totals,
    goodputShare: totals.acceptedBytes / allowed,
    refusedShare: totals.refusedBytes / sent,
    maxMemoryBytes,
  };
  for (const producer of producers) await producer.abort();
  return result;
}
