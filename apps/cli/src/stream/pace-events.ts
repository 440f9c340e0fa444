import { wait, type Clock } from '@store/foundation';

/** How fast events are let through. */
export interface PaceOptions {
  /** At most this many a second. */
  readonly rate?: number;
  /** World time against real time. */
  readonly speed?: number;
  readonly signal: AbortSignal;
  readonly clock: Clock;
}

/** Shorter waits cost more than they order. */
const shortestWaitMs = 5;

/** Lets events through when their time has come: the world's, sped up, and no faster than the rate. */
export async function* pace<Event extends { readonly event_time: string }>(
  events: Iterable<Event>,
  { rate, speed, signal, clock }: PaceOptions,
): AsyncIterable<readonly Event[]> {
  const startedAt = clock.now();
  let worldStart: number | undefined;
  let released = 0;
  let lot: Event[] = [];
  for (const event of events) {
    if (signal.aborted) break;
    const worldMs = Date.parse(event.event_time);
    worldStart ??= worldMs;
    const byRate = rate === undefined ? 0 : (released / rate) * 1000;
    const bySpeed = speed === undefined ? 0 : (worldMs - worldStart) / speed;
    const waitMs = startedAt + Math.max(byRate, bySpeed) - clock.now();
    if (waitMs >= shortestWaitMs) {
      if (lot.length > 0) yield lot;
      lot = [];
      // An abort only cuts the wait short; the loop sees the signal itself.
      await wait(clock, waitMs, signal);
    }
    lot.push(event);
    released++;
    if (lot.length >= 1000) {
      yield lot;
      lot = [];
    }
  }
  if (lot.length > 0 && !signal.aborted) yield lot;
}
