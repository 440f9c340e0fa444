import { WorldError } from '../errors.js';
import type { EventBatch } from './event-batch.js';

/** Time and waiting, so that tests can have their own. */
export interface LiveClock {
  /** Milliseconds; only differences matter. */
  now(): number;
  /** Resolves after so many milliseconds, or at once when the signal is aborted. */
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** How a world is played. */
export interface LiveOptions {
  /** Seconds of the world in one second, above 0 to 10,000,000. @defaultValue 1 */
  readonly speed?: number;
  /** Most events a second; what is due earlier waits, and the world's clock with it. @defaultValue no limit */
  readonly maxRate?: number;
  /** Most events of a batch, 1 to 65,536. @defaultValue 1024 */
  readonly maxEvents?: number;
  /** Ends the iteration quietly: what was not handed out comes next. @defaultValue none */
  readonly signal?: AbortSignal;
  /** @defaultValue the platform's clock and timers */
  readonly clock?: LiveClock;
}

/** The platform's clock. */
export const platformClock: LiveClock = Object.freeze({
  now: () => performance.now(),
  wait: async (milliseconds: number, signal?: AbortSignal) =>
    new Promise<void>((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, milliseconds);
      signal?.addEventListener('abort', end, { once: true });
      if (signal?.aborted === true) end();
    }),
});

/** Reads a world: fills a batch, or gives back its end. */
export interface LiveSource {
  fill(batch: EventBatch): boolean;
  unfill(batch: EventBatch, from: number): void;
}

/** Longest sleep, so that an abort or a change of the machine's clock is not slept through. */
const LONGEST_WAIT_MS = 60_000;

/** Checks how a world is to be played. @throws WorldError `INVALID_OPTION` */
export function checkPace(speed: number, maxRate: number): void {
  if (!(speed > 0 && speed <= 10_000_000)) {
    throw new WorldError('INVALID_OPTION', 'speed', speed, 'above 0 and at most 10000000');
  }
  if (!(maxRate > 0)) throw new WorldError('INVALID_OPTION', 'maxRate', maxRate, 'above 0');
}

/** Hands out batches of events that are due. */
export async function* playLive(
  source: LiveSource,
  batch: EventBatch,
  startMs: number,
  options: {
    readonly speed: number;
    readonly maxRate: number;
    readonly clock: LiveClock;
    readonly signal: AbortSignal | undefined;
  },
): AsyncGenerator<EventBatch, void, void> {
  const { speed, maxRate, clock, signal } = options;
  const aborted = (): boolean => signal?.aborted === true;
  // Where the world's time is tied to the clock's; moved on when the rate holds the world back.
  let tiedAt = clock.now();
  let tiedMs = startMs;
  while (!aborted() && source.fill(batch)) {
    const firstMs = batch.time[0] ?? 0;
    for (;;) {
      const ahead = (firstMs - tiedMs) / speed - (clock.now() - tiedAt);
      if (ahead <= 0 || aborted()) break;
      await clock.wait(Math.min(LONGEST_WAIT_MS, Math.ceil(ahead)), signal);
    }
    const worldMs = tiedMs + (clock.now() - tiedAt) * speed;
    let due = 0;
    while (due < batch.length && (batch.time[due] ?? 0) <= worldMs) due++;
    source.unfill(batch, aborted() ? 0 : due);
    if (batch.length === 0) continue;
    const lastMs = batch.time[batch.length - 1] ?? firstMs;
    const count = batch.length;
    const began = clock.now();
    yield batch;
    if (maxRate === Infinity) continue;
    const rest = (count / maxRate) * 1000 - (clock.now() - began);
    if (rest > 0) await clock.wait(rest, signal);
    const late = tiedMs + (clock.now() - tiedAt) * speed - lastMs;
    if (late > 0) {
      tiedMs = lastMs;
      tiedAt = clock.now();
    }
  }
}
