import { byAge, createLedger, type LedgerOptions } from './create-ledger.js';
import type { LedgerEntry, RestockLedger } from './ledger.js';

/**
 * Creates a ledger that remembers requests in memory, as long as the process lives: for tests, and for what
 * is rebuilt with each run.
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
 *
 * @throws RestockError `INVALID_OPTION`
 */
export function createMemoryLedger(options: LedgerOptions = {}): RestockLedger {
  const entries = new Map<string, LedgerEntry>();
  return createLedger(
    {
      get: (id) => Promise.resolve(entries.get(id)),
      read: (ids) =>
        Promise.resolve(
          new Map(
            ids.flatMap((id) => {
              const entry = entries.get(id);
              return entry === undefined ? [] : [[id, entry] as const];
            }),
          ),
        ),
      write(entry) {
        const there = entries.get(entry.request_id);
        if ((there?.version ?? 0) !== entry.version - 1) return Promise.resolve(there);
        entries.set(entry.request_id, entry);
        return Promise.resolve(undefined);
      },
      list: (state) =>
        Promise.resolve([...entries.values()].filter((entry) => entry.state === state).sort(byAge)),
    },
    options,
  );
}
