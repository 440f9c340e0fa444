import {
  abortSignal,
  flag,
  having,
  numberBetween,
  systemClock,
  wait,
  wholeNumber,
  type Clock,
  type OptionRules,
} from '@store/foundation';
import { copyOfBatch, EventBatch, type EventSource } from './event-batch.js';

/** How a world is played. */
export interface LiveOptions {
  /** Seconds of the world in one second, above 0 to 10,000,000. @defaultValue 1 */
  readonly speed?: number;
  /** Most events a second; what is due earlier waits, and the world's clock with it. @defaultValue no limit */
  readonly maxRate?: number;
  /** Most events of a batch, 1 to 65,536. @defaultValue 1024 */
  readonly maxEvents?: number;
  /** Ends after this many events; the next reading continues behind them. @defaultValue to the world's end */
  readonly totalEvents?: number;
  /** `true`: one batch is filled again and again, as for `batches`. @defaultValue false */
  readonly lend?: boolean;
  /** Ends the iteration quietly: what was not handed out comes next. @defaultValue none */
  readonly signal?: AbortSignal;
  /** Time and timers, for tests. @defaultValue the machine's own */
  readonly clock?: Clock;
}

/** Rules of the options, for `checkOptions`. */
export const liveRules: OptionRules<LiveOptions> = {
  speed: numberBetween(0, 10_000_000, { above: true }),
  maxRate: numberBetween(0, Infinity, { above: true }),
  maxEvents: wholeNumber(1, 65_536),
  totalEvents: wholeNumber(1),
  lend: flag(),
  signal: abortSignal(),
  clock: having('now', 'wallNow', 'schedule'),
};

/** Longest sleep, so that an abort or a change of the machine's clock is not slept through. */
const LONGEST_WAIT_MS = 60_000;

/** Hands out batches of events that are due. */
export async function* playLive(
  source: EventSource,
  startMs: number,
  options: LiveOptions,
): AsyncGenerator<EventBatch, void, void> {
  const { speed = 1, maxRate = Infinity, maxEvents = 1024, lend = false } = options;
  const { clock = systemClock, signal } = options;
  const batch = new EventBatch(maxEvents);
  const aborted = (): boolean => signal?.aborted === true;
  // Where the world's time is tied to the clock's; moved on when the rate holds the world back.
  let tiedAt = clock.now();
  let tiedMs = startMs;
  while (!aborted() && source.fill(batch)) {
    const firstMs = batch.time[0] ?? 0;
    for (;;) {
      const ahead = (firstMs - tiedMs) / speed - (clock.now() - tiedAt);
      if (ahead <= 0 || aborted()) break;
      await wait(clock, Math.min(LONGEST_WAIT_MS, Math.ceil(ahead)), signal);
    }
    const worldMs = tiedMs + (clock.now() - tiedAt) * speed;
    let due = 0;
    while (due < batch.length && (batch.time[due] ?? 0) <= worldMs) due++;
    source.unfill(batch, aborted() ? 0 : due);
    if (batch.length === 0) continue;
    const lastMs = batch.time[batch.length - 1] ?? firstMs;
    const count = batch.length;
    const began = clock.now();
    yield lend ? batch : copyOfBatch(batch);
    if (maxRate === Infinity) continue;
    const rest = (count / maxRate) * 1000 - (clock.now() - began);
    if (rest > 0) await wait(clock, rest, signal);
    const late = tiedMs + (clock.now() - tiedAt) * speed - lastMs;
    if (late > 0) {
      tiedMs = lastMs;
      tiedAt = clock.now();
    }
  }
}
