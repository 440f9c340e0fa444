/** Time from outside: every library reads it and sets timers through one of these, so that a test can hand in its own. */
export interface Clock {
  /** Milliseconds on a scale that only rises; only differences mean anything. It may stand still while the machine is suspended. */
  now(): number;
  /** Milliseconds since 1970-01-01 UTC by the computer's calendar clock, which may be set forwards and back. */
  wallNow(): number;
  /**
   * Calls back once after `delayMs` milliseconds; the returned function cancels it. With `keepAlive` the process
   * does not end before.
   */
  schedule(callback: () => void, delayMs: number, options?: ScheduleOptions): () => void;
}

/** How {@link Clock.schedule} waits. */
export interface ScheduleOptions {
  /** Whether the timer keeps the process alive. @defaultValue false */
  readonly keepAlive?: boolean;
}

// Read once, at the first call: each read costs as much as `performance.now()` itself, and Node takes 3 ms of CPU to load
// `performance`, which a program that only imports this must not pay (bench lambda/cold-start).
// An engine without `performance` may still load this module, as long as it brings its own clock.
let timeOrigin: number | undefined;

/** A longer timer rings immediately, in Node and in browsers. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * The machine's own clock and timers.
 *
 * @example
 * ```ts
 * import { systemClock } from '@store/foundation';
 *
 * const cancel = systemClock.schedule(() => console.log('a second later'), 1000, { keepAlive: true });
 * cancel();
 * ```
 */
export const systemClock: Clock = Object.freeze({
  now: () => (timeOrigin ??= performance.timeOrigin) + performance.now(),
  wallNow: () => Date.now(),
  schedule(callback: () => void, delayMs: number, { keepAlive = false }: ScheduleOptions = {}) {
    let timer: unknown;
    const start = (leftMs: number): void => {
      const ring = (): void => {
        if (leftMs > LONGEST_TIMER_MS) start(leftMs - LONGEST_TIMER_MS);
        else callback();
      };
      timer = setTimeout(ring, Math.min(leftMs, LONGEST_TIMER_MS));
      // A browser's timer is a number and never keeps anything alive.
      if (!keepAlive && isTimer(timer)) timer.unref();
    };
    start(delayMs);
    return () => {
      clearTimeout(timer as ReturnType<typeof setTimeout>); // what setTimeout gave, on either platform
    };
  },
});

function isTimer(timer: unknown): timer is { unref(): void } {
  return typeof timer === 'object' && timer !== null && 'unref' in timer;
}

/**
 * Waits on a clock: resolves after `delayMs` milliseconds, or immediately when the signal aborts. It never
 * rejects: look at the signal afterwards. The wait keeps the process alive.
 *
 * @example
 * ```ts
 * import { systemClock, wait } from '@store/foundation';
 *
 * await wait(systemClock, 10);
 * await wait(systemClock, 60_000, AbortSignal.timeout(10));
 * ```
 */
export function wait(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted === true) return Promise.resolve();
  return new Promise((resolve) => {
    const end = (): void => {
      cancel();
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const cancel = clock.schedule(end, delayMs, { keepAlive: true });
    signal?.addEventListener('abort', end, { once: true });
  });
}

/**
 * Returns a signal that aborts after `delayMs` milliseconds of a clock, with a `TimeoutError` as its reason, as
 * `AbortSignal.timeout` does by the machine's own. It keeps no process alive.
 *
 * @example
 * ```ts
 * import { createVirtualClock, timeoutSignal } from '@store/foundation';
 *
 * const clock = createVirtualClock();
 * const signal = timeoutSignal(clock, 5000);
 * clock.advance(5000);
 * console.log(signal.aborted); // true
 * ```
 */
export function timeoutSignal(clock: Clock, delayMs: number): AbortSignal {
  const controller = new AbortController();
  clock.schedule(
    () => {
      controller.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
    },
    Math.max(0, delayMs),
  );
  return controller.signal;
}

/** A clock that stands still until a test moves it. Both of its scales start at the same number. */
export interface VirtualClock extends Clock {
  /** Moves time on and runs every timer that falls due, in the order of its time. */
  advance(ms: number): void;
  /** Goes to the next timer and runs it; answers false when there is none. */
  step(): boolean;
  /** Moves the calendar clock alone: on by what the machine slept, or back when it is negative. */
  shiftWall(ms: number): void;
}

/**
 * Creates a clock for tests, at `startAt` milliseconds: an interval of 300 seconds passes in one call.
 *
 * @example
 * ```ts
 * import { createVirtualClock } from '@store/foundation';
 *
 * const clock = createVirtualClock(Date.parse('2026-01-05T00:00:00Z'));
 * clock.schedule(() => console.log(new Date(clock.wallNow()).toISOString()), 300_000);
 * clock.advance(300_000); // 2026-01-05T00:05:00.000Z
 * ```
 */
export function createVirtualClock(startAt = 0): VirtualClock {
  interface Due {
    readonly at: number;
    readonly callback: () => void;
  }
  let now = startAt;
  let ahead = 0;
  const waiting = new Set<Due>();
  const earliest = (until: number): Due | undefined => {
    let first: Due | undefined;
    for (const due of waiting) {
      if (due.at <= until && (first === undefined || due.at < first.at)) first = due;
    }
    return first;
  };
  const run = (due: Due): void => {
    waiting.delete(due);
    now = Math.max(now, due.at);
    due.callback();
  };
  return {
    now: () => now,
    wallNow: () => now + ahead,
    schedule(callback, delayMs) {
      const due: Due = { at: now + Math.max(0, delayMs), callback };
      waiting.add(due);
      return () => {
        waiting.delete(due);
      };
    },
    advance(ms) {
      const until = now + ms;
      for (let due = earliest(until); due !== undefined; due = earliest(until)) run(due);
      now = Math.max(now, until);
    },
    step() {
      const due = earliest(Infinity);
      if (due !== undefined) run(due);
      return due !== undefined;
    },
    shiftWall(ms) {
      ahead += ms;
    },
  };
}
