import { createVirtualClock, type VirtualClock } from '@store/foundation';
import type { RequestContext } from '../src/wire/request-context.js';

/** What a server would say of a request. */
export function requestContext(signal: AbortSignal = new AbortController().signal): RequestContext {
  return {
    region: 'us-east-1',
    accountId: '000000000000',
    requestId: '00000000-0000-4000-8000-000000000000',
    headers: {},
    payload: undefined,
    signal,
    endpoint: 'http://127.0.0.1:4566',
  };
}

/** A clock that a test turns by hand. */
export type TurnedClock = VirtualClock;

export function turnedClock(start: number = Date.UTC(2026, 10, 23)): TurnedClock {
  return createVirtualClock(start);
}
