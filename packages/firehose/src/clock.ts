/** Time as the producer sees it; tests hand in one that they turn by hand. */
export interface Clock {
  /** Milliseconds on a scale that only rises. */
  now(): number;
  /**
   * Calls back once after `delayMs`; the result calls it off. With `keepAlive` the process must not end before.
   */
  schedule(callback: () => void, delayMs: number, keepAlive: boolean): () => void;
  /**
   * Milliseconds of the wall clock, which may be set. A scale that only rises may stand still while the machine is
   * suspended; this one shows that time has passed. @defaultValue `now`
   */
  wallNow?(): number;
}

// Asked for once: it never changes, and each look costs as much as the time itself.
const { timeOrigin } = performance;

/** The machine's clock. */
export const systemClock: Clock = Object.freeze({
  now: () => timeOrigin + performance.now(),
  wallNow: () => Date.now(),
  schedule(callback: () => void, delayMs: number, keepAlive: boolean) {
    const timer = setTimeout(callback, delayMs);
    if (!keepAlive) timer.unref();
    return () => {
      clearTimeout(timer);
    };
  },
});
