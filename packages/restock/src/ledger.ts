import type { RestockRequest } from '@store/schema';
import { checkInput } from './errors.js';

/** Where a request stands, from the planner to the shelf. */
export type RestockState = 'asked' | 'acknowledged' | 'on_the_way' | 'delivered' | 'cancelled';

/** An event that a move calls for, so that the lake knows what is on order. */
export type OwedEvent = 'order_placed' | 'restock' | 'adjustment';

/** What a ledger knows of one episode's request. */
export interface LedgerEntry {
  /** The request's id, which is the episode's. */
  readonly request_id: string;
  /** 1 for the first request of the episode; each one after a cancellation counts one more. */
  readonly attempt: number;
  /** Where the request stands. */
  readonly state: RestockState;
  /** Rises by one with each change: every change is conditional on the one before. */
  readonly version: number;
  /** What was asked for. */
  readonly request: RestockRequest;
  /** When it was asked for, ISO 8601 in UTC, as all instants here. */
  readonly asked_at: string;
  /** When the queue took the request. A request that is asked and was not sent is owed. */
  readonly sent_at?: string;
  /** When the truck side took it on. */
  readonly acknowledged_at?: string;
  /** Until when the one who took it on is expected to have told the trucks; absent once that is done. */
  readonly leased_until?: string;
  /** When the truck left. */
  readonly left_at?: string;
  /** When the load was on the shelf. */
  readonly delivered_at?: string;
  /** When it was taken back. */
  readonly cancelled_at?: string;
  /** Events that the moves so far call for and that nobody has written yet, in their order. */
  readonly owed_events: readonly OwedEvent[];
  /** Attempts that are over and still owe events, in their order. */
  readonly earlier_attempts?: readonly LedgerEntry[];
  /** Renewed by each change, so that a writer whose answer was lost knows its own. */
  readonly written_by: string;
}

/** What the truck side has to do with a message of the queue. */
export type TruckTurn =
  /** Tell the trucks, under this key, and then call {@link RestockLedger.told}. */
  | { readonly turn: 'go'; readonly key: string; readonly entry: LedgerEntry }
  /** Somebody else is at it until then: leave the message in the queue. */
  | { readonly turn: 'wait'; readonly until: string; readonly entry: LedgerEntry }
  /** The trucks know, or must not come any more: delete the message. */
  | { readonly turn: 'done'; readonly entry: LedgerEntry };

/** Which requests {@link RestockLedger.open} returns. */
export interface OpenOptions {
  /** States to look for. @defaultValue asked, acknowledged and on_the_way */
  readonly states?: readonly RestockState[];
}

/**
 * Remembers which requests were asked for, and where each stands: an episode gets one truck, however often the lake shows
 * it, whoever plans, and however late a message arrives. Every change is conditional on what it changes, so any number
 * of planners and trucks may share one ledger.
 */
export interface RestockLedger {
  /**
   * Notes a request before it is sent. `asked`: it is new, or its episode's last one was cancelled, and the caller sends
   * it. `known`: it was noted before.
   *
   * @throws RestockError `REQUEST_TOO_LARGE` where DynamoDB holds no such item
   */
  ask(request: RestockRequest): Promise<'asked' | 'known'>;
  /**
   * Returns the entries of these requests, by id; a request that was never asked for has none.
   *
   * @throws RestockError `LEDGER_BUSY` where DynamoDB answers without an item, again and again
   */
  find(requestIds: readonly string[]): Promise<ReadonlyMap<string, LedgerEntry>>;
  /** Notes that the queue has taken this attempt of a request; no effect where it has moved on. */
  sent(requestId: string, attempt: number): Promise<void>;
  /**
   * Takes a request on for the trucks, before they are told: only one caller at a time gets `go`, and the next one, under
   * the same key, when that one has not called {@link RestockLedger.told} within the lease. A request that nobody has
   * asked for is noted here.
   */
  take(request: RestockRequest): Promise<TruckTurn>;
  /** Notes that the trucks were told of this attempt; false where it was cancelled meanwhile. */
  told(requestId: string, attempt: number): Promise<boolean>;
  /** Notes that the trucks could not be told: the next one may try immediately, under the same key. */
  release(requestId: string, attempt: number): Promise<void>;
  /**
   * Moves a request on and returns it as it then is. To move it where it is already changes nothing.
   *
   * @param attempt - the attempt that is meant; without it, the one that stands
   *
   * @throws RestockError `UNKNOWN_REQUEST`; `WRONG_STATE` where no move leads there, or another attempt stands;
   * `REQUEST_BUSY` for a cancellation while the trucks are being told
   */
  advance(requestId: string, state: RestockState, attempt?: number): Promise<LedgerEntry>;
  /** Notes that an event which this attempt owed is written. */
  wrote(requestId: string, attempt: number, event: OwedEvent): Promise<void>;
  /** Returns the requests that are in certain states, the earliest asked first. */
  open(options?: OpenOptions): Promise<readonly LedgerEntry[]>;
}

/**
 * Returns the key under which the trucks are told of an entry's attempt: the same for every try of it, and another one
 * after a cancellation.
 *
 * @example
 * ```ts
 * import { attemptKey } from '@store/restock';
 *
 * console.log(attemptKey('S1/P1/7', 1), attemptKey('S1/P1/7', 2)); // S1/P1/7 S1/P1/7/2
 * ```
 */
export function attemptKey(requestId: string, attempt: number): string {
  checkInput('requestId', requestId, 'text');
  return attempt === 1 ? requestId : `${requestId}/${attempt}`;
}

/**
 * Returns the request and the attempt that a key of {@link attemptKey} stands for: ids of requests have three parts.
 *
 * @example
 * ```ts
 * import { readAttemptKey } from '@store/restock';
 *
 * console.log(readAttemptKey('S1/P1/7/2')); // { requestId: 'S1/P1/7', attempt: 2 }
 * ```
 */
export function readAttemptKey(key: string): { readonly requestId: string; readonly attempt: number } {
  checkInput('key', key, 'text');
  const [, requestId = key, attempt = '1'] = /^([^/]*\/[^/]*\/[^/]*)\/(\d{1,9})$/.exec(key) ?? [];
  return { requestId, attempt: Number(attempt) };
}
