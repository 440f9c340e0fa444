import { setTimeout as delay } from 'node:timers/promises';

/** Does something again and again until the signal; what goes wrong is handed over, and it goes on. */
export async function repeat(
  work: () => Promise<unknown>,
  pauseMs: number,
  signal: AbortSignal,
  onError: (error: unknown) => void,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await work();
    } catch (error) {
      onError(error);
    }
    // An abort only cuts the pause short.
    await delay(pauseMs, undefined, { signal }).catch(() => undefined);
  }
}
