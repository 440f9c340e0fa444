import type { Clock } from './service.js';

/** The computer's own time. Its timers do not keep a process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  schedule(callback, delayMs) {
    const timer = setTimeout(callback, delayMs);
    timer.unref();
    return () => {
      clearTimeout(timer);
    };
  },
};

/** A clock that stands still until it is told to move. */
export interface VirtualClock extends Clock {
  /** Moves time on, calling back everything that falls due, in order of its time. */
  advance(ms: number): void;
}

/** Makes a clock for tests: a 300-second interval passes in the time that one call takes. */
export function createVirtualClock(startAt: number): VirtualClock {
  interface Due {
    readonly at: number;
    readonly callback: () => void;
  }
  let now = startAt;
  const waiting = new Set<Due>();
  const earliest = (until: number): Due | undefined => {
    let first: Due | undefined;
    for (const due of waiting) {
      if (due.at <= until && (first === undefined || due.at < first.at)) first = due;
    }
    return first;
  };
  return {
    now: () => now,
    schedule(callback, delayMs) {
      const due: Due = { at: now + Math.max(0, delayMs), callback };
      waiting.add(due);
      return () => {
        waiting.delete(due);
      };
    },
    advance(ms) {
      const until = now + ms;
      for (let due = earliest(until); due !== undefined; due = earliest(until)) {
        waiting.delete(due);
        now = due.at;
        due.callback();
      }
      now = until;
    },
  };
}
