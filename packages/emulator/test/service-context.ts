import type { Clock, RequestContext } from '../src/service.js';

/** What a server would say of a request. */
export function requestContext(signal: AbortSignal = new AbortController().signal): RequestContext {
  return {
    region: 'us-east-1',
    accountId: '000000000000',
    requestId: '00000000-0000-4000-8000-000000000000',
    signal,
    endpoint: 'http://127.0.0.1:4566',
  };
}

/** A clock that a test turns by hand. */
export interface TurnedClock extends Clock {
  /** Moves time on, calling back what falls due, in order. */
  advance(ms: number): void;
}

export function turnedClock(start: number = Date.UTC(2026, 10, 23)): TurnedClock {
  let now = start;
  let next = 0;
  const due = new Map<number, { readonly at: number; readonly callback: () => void }>();
  return {
    now: () => now,
    schedule(callback, delayMs) {
      const id = next++;
      due.set(id, { at: now + delayMs, callback });
      return () => due.delete(id);
    },
    advance(ms) {
      const end = now + ms;
      for (;;) {
        const first = [...due].sort((a, b) => a[1].at - b[1].at || a[0] - b[0])[0];
        if (first === undefined || first[1].at > end) break;
        due.delete(first[0]);
        now = Math.max(now, first[1].at);
        first[1].callback();
      }
      now = end;
    },
  };
}
