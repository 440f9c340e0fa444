import type { RestockRequest } from '@store/schema';

/** Remembers which requests were asked for: an episode gets one truck, however often the lake shows it. */
export interface RestockLedger {
  /** Notes a request; says whether it is new (`asked`) or was noted before (`known`). */
  ask(request: RestockRequest): Promise<'asked' | 'known'>;
  /** Takes a request back that could not be sent, so that it is new the next time. */
  withdraw(requestId: string): Promise<void>;
}

/**
 * Creates a ledger that remembers the ids of requests in memory, as long as the process lives.
 *
 * @example
 * ```ts
 * import { createMemoryLedger, type RestockRequest } from '@store/restock';
 *
 * const ledger = createMemoryLedger();
 * export async function isNew(request: RestockRequest) {
 *   return (await ledger.ask(request)) === 'asked';
 * }
 * ```
 */
export function createMemoryLedger(): RestockLedger {
  const ids = new Set<string>();
  return {
    ask({ request_id }) {
      if (ids.has(request_id)) return Promise.resolve('known');
      ids.add(request_id);
      return Promise.resolve('asked');
    },
    withdraw(requestId) {
      ids.delete(requestId);
      return Promise.resolve();
    },
  };
}
