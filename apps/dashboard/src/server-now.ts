import { useEffect, useState } from 'preact/hooks';
import type { Feed } from './feed.js';
import { isStale } from './live/words.js';

/** How often ages count on, milliseconds. */
const tickMs = 250;
/** Who follows the clock: all at the same tick, so that an age that is shown in two places is one number. */
const followers = new Set<(tickedAt: number) => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  const tickedAt = performance.now();
  for (const follow of followers) follow(tickedAt);
}

/**
 * The server's clock now, milliseconds since 1970, as the page's own clock carries it on; and whether the server was heard
 * of lately: what it said before that is from then.
 */
export function useServerNow({ connection, status, statusAt }: Feed): {
  readonly now: number;
  readonly hears: boolean;
} {
  const [tickedAt, setTickedAt] = useState(0);
  useEffect(() => {
    followers.add(setTickedAt);
    timer ??= setInterval(tick, tickMs);
    return () => {
      followers.delete(setTickedAt);
      if (followers.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    };
  }, []);
  const now = (status?.now ?? 0) + Math.max(0, tickedAt - statusAt);
  const hears = connection === 'live' && status !== undefined && !isStale(status.chain.world, now);
  return { now, hears };
}
