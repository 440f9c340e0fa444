import {
  checkOptions,
  having,
  listOf,
  oneOf,
  systemClock,
  wholeNumber,
  type Clock,
  type OptionRules,
} from '@store/foundation';
import { checkInput, invalidOption, unknownRequest } from './errors.js';
import type { LedgerEntry, OpenOptions, RestockLedger, RestockState } from './ledger.js';
import {
  askedEntry,
  movedEntry,
  releasedEntry,
  sentEntry,
  toldEntry,
  truckTurn,
  wroteEntry,
  type Moment,
} from './ledger-moves.js';
import { restockDefaults } from './options.js';

/** Where the entries of a ledger lie. All that is asked of it is that a write is conditional. */
export interface LedgerStore {
  /** Returns what is there of these ids; the planner's side reads by it. */
  read(requestIds: readonly string[]): Promise<ReadonlyMap<string, LedgerEntry>>;
  /** Returns one entry; the truck side reads by it. */
  get(requestId: string): Promise<LedgerEntry | undefined>;
  /**
   * Writes an entry if the one that is there has the version before it (none where its version is 1), and resolves once
   * it is kept. Returns what is there instead where that is not so, and undefined when it is written.
   */
  write(entry: LedgerEntry): Promise<LedgerEntry | undefined>;
  /** Returns the entries that are in a state, the earliest asked first. */
  list(state: RestockState): Promise<readonly LedgerEntry[]>;
}

/** How a ledger tells time. */
export interface LedgerOptions {
  /** How long the one who takes a request on may need to tell the trucks, in milliseconds. @defaultValue 300000 */
  readonly leaseMs?: number;
  /** Reads the time. @defaultValue systemClock */
  readonly clock?: Clock;
}

export const ledgerRules: OptionRules<LedgerOptions> = {
  leaseMs: wholeNumber(1000, 86_400_000),
  clock: having('wallNow'),
};

const openRules: OptionRules<OpenOptions> = {
  states: listOf(oneOf('asked', 'acknowledged', 'on_the_way', 'delivered', 'cancelled')),
};

const openStates: readonly RestockState[] = ['asked', 'acknowledged', 'on_the_way'];

/**
 * Creates a ledger over a store of one's own, such as a table of a database: what is written here is the protocol, what
 * the store does is to write on condition.
 *
 * @example
 * ```ts
 * import { createLedger, type LedgerStore } from '@store/restock';
 *
 * export const ledgerOn = (store: LedgerStore) => createLedger(store, { leaseMs: 60_000 });
 * ```
 *
 * @throws RestockError `INVALID_OPTION`
 */
export function createLedger(store: LedgerStore, options: LedgerOptions = {}): RestockLedger {
  checkInput('store', store, 'ledgerStore');
  checkOptions(options, ledgerRules, invalidOption);
  const { leaseMs = restockDefaults.leaseMs, clock = systemClock } = options;

  const moment = (): Moment => ({ nowMs: clock.wallNow(), writer: crypto.randomUUID(), leaseMs });
  const readOne = async (requestId: string): Promise<LedgerEntry | undefined> =>
    (await store.read([requestId])).get(requestId);
  const get = async (requestId: string): Promise<LedgerEntry | undefined> => store.get(requestId);

  /**
   * Writes what is made of the entry that is there, again where somebody else was first.
   *
   * @returns the entry that is in the end
   */
  async function change(
    before: LedgerEntry | undefined,
    next: (old: LedgerEntry | undefined) => LedgerEntry | undefined,
  ): Promise<{ readonly entry: LedgerEntry | undefined; readonly wrote: boolean }> {
    for (let old = before; ;) {
      const entry = next(old);
      if (entry === undefined) return { entry: old, wrote: false };
      const instead = await store.write(entry);
      // The answer to an earlier try of this very write may have been lost.
      if (instead === undefined || instead.written_by === entry.written_by) return { entry, wrote: true };
      old = instead;
    }
  }

  const changeKnown = async (
    requestId: string,
    read: (requestId: string) => Promise<LedgerEntry | undefined>,
    next: (old: LedgerEntry) => LedgerEntry | undefined,
  ): Promise<{ readonly entry: LedgerEntry; readonly wrote: boolean }> => {
    checkInput('requestId', requestId, 'text');
    const { entry, wrote } = await change(await read(requestId), (old) =>
      old === undefined ? undefined : next(old),
    );
    if (entry !== undefined) return { entry, wrote };
    throw unknownRequest(requestId);
  };

  return {
    async ask(request) {
      checkInput('request', request, 'request');
      // Not read first: most of what is asked for is new, and the refusal of a write tells what is there.
      const { wrote } = await change(undefined, (old) => askedEntry(request, old, moment()));
      return wrote ? 'asked' : 'known';
    },
    async find(requestIds) {
      checkInput('requestIds', requestIds, 'ids');
      return requestIds.length === 0 ? new Map() : store.read([...new Set(requestIds)]);
    },
    async sent(requestId, attempt) {
      await changeKnown(requestId, readOne, (old) => sentEntry(old, attempt, moment()));
    },
    async take(request) {
      checkInput('request', request, 'request');
      let turn = truckTurn(request, undefined, moment());
      await change(await get(request.request_id), (old) => {
        turn = truckTurn(request, old, moment());
        return turn.write;
      });
      return turn.turn;
    },
    async told(requestId, attempt) {
      const { entry } = await changeKnown(requestId, get, (old) => toldEntry(old, attempt, moment()));
      return entry.attempt === attempt && entry.state !== 'cancelled';
    },
    async release(requestId, attempt) {
      await changeKnown(requestId, get, (old) => releasedEntry(old, attempt, moment()));
    },
    async advance(requestId, state, attempt) {
      const next = (old: LedgerEntry): LedgerEntry | undefined => movedEntry(old, state, moment(), attempt);
      return (await changeKnown(requestId, get, next)).entry;
    },
    async wrote(requestId, attempt, event) {
      await changeKnown(requestId, readOne, (old) => wroteEntry(old, attempt, event, moment()));
    },
    async open(given = {}) {
      checkOptions(given, openRules, invalidOption);
      const lists = await Promise.all((given.states ?? openStates).map(async (state) => store.list(state)));
      return lists.flat().sort(byAge);
    },
  };
}

/** The earliest asked first; by id where two were asked for at one time. */
export function byAge(a: LedgerEntry, b: LedgerEntry): number {
  if (a.asked_at !== b.asked_at) return a.asked_at < b.asked_at ? -1 : 1;
  return a.request_id < b.request_id ? -1 : 1;
}
