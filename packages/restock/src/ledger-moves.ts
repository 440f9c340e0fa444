import type { RestockRequest } from '@store/schema';
import { RestockError } from './errors.js';
import { attemptKey, type LedgerEntry, type OwedEvent, type RestockState, type TruckTurn } from './ledger.js';

/** One reading of the clock, what names the writer, and how long a lease lasts. */
export interface Moment {
  /** Milliseconds since 1970. */
  readonly nowMs: number;
  readonly writer: string;
  readonly leaseMs: number;
}

/** States from which a move leads to each. */
const sources: Readonly<Record<RestockState, readonly RestockState[]>> = {
  asked: [],
  acknowledged: ['asked'],
  on_the_way: ['acknowledged'],
  delivered: ['acknowledged', 'on_the_way'],
  cancelled: ['asked', 'acknowledged', 'on_the_way'],
};

const isoTime = (ms: number): string => new Date(ms).toISOString();

/** The entry of a request that nobody has asked for, of one that reopens, or undefined where it stands already. */
export function askedEntry(
  request: RestockRequest,
  old: LedgerEntry | undefined,
  { nowMs, writer }: Moment,
): LedgerEntry | undefined {
  if (old !== undefined && !reopens(old, request)) return undefined;
  const owing = old === undefined ? [] : attemptsOwing(old);
  return {
    request_id: request.request_id,
    attempt: (old?.attempt ?? 0) + 1,
    state: 'asked',
    version: (old?.version ?? 0) + 1,
    request,
    asked_at: isoTime(nowMs),
    owed_events: [],
    ...(owing.length === 0 ? {} : { earlier_attempts: owing }),
    written_by: writer,
  };
}

/** The attempts of a request that owe events, in their order: each event is of the quantity and the time of its own. */
export function attemptsOwing(entry: LedgerEntry): readonly LedgerEntry[] {
  const { earlier_attempts: earlier = [], ...attempt } = entry;
  return attempt.owed_events.length === 0 ? earlier : [...earlier, attempt];
}

/**
 * Whether an episode may be asked for again: its request was cancelled. Or a store has begun to count its
 * events again and come to the same sequence: a later episode under the same id, the earlier one of which is
 * served.
 */
export function reopens(old: LedgerEntry, request: RestockRequest): boolean {
  if (old.state === 'cancelled') return true;
  const began = Date.parse(request.episode_started_at);
  return old.state === 'delivered' && began > Date.parse(old.request.episode_started_at);
}

/** The entry after the queue took the attempt; undefined where that is known, or does not matter any more. */
export function sentEntry(old: LedgerEntry, attempt: number, moment: Moment): LedgerEntry | undefined {
  if (old.attempt !== attempt || old.state !== 'asked') return undefined;
  return changed(old, moment, { sent_at: isoTime(moment.nowMs) });
}

/** Whose turn it is to tell the trucks, and the entry to write for it. */
export function truckTurn(
  request: RestockRequest,
  old: LedgerEntry | undefined,
  moment: Moment,
): { readonly turn: TruckTurn; readonly write?: LedgerEntry } {
  const { nowMs, leaseMs } = moment;
  const before = old ?? askedEntry(request, undefined, moment);
  // Without an old entry there is always a new one.
  if (before === undefined) throw new RangeError('A request without an entry was not noted.');
  const go = (acknowledged: LedgerEntry): { turn: TruckTurn; write: LedgerEntry } => {
    const key = attemptKey(acknowledged.request_id, acknowledged.attempt);
    return { turn: { turn: 'go', key, entry: acknowledged }, write: acknowledged };
  };
  const leased_until = isoTime(nowMs + leaseMs);
  if (before.state === 'asked') {
    const acknowledged = moved(before, 'acknowledged', moment);
    // What was never asked for is noted and taken on in one write.
    return go({ ...acknowledged, leased_until, version: (old?.version ?? 0) + 1 });
  }
  if (before.state !== 'acknowledged' || before.leased_until === undefined) {
    return { turn: { turn: 'done', entry: before } };
  }
  const leftMs = leaseLeftMs(before, moment);
  if (leftMs > 0) return { turn: { turn: 'wait', until: before.leased_until, entry: before } };
  return go(changed(before, moment, { leased_until }));
}

/** Milliseconds that a lease lasts yet. One that ends later than a lease can was given by a clock that was set back. */
function leaseLeftMs({ leased_until }: LedgerEntry, { nowMs, leaseMs }: Moment): number {
  const left = leased_until === undefined ? 0 : Date.parse(leased_until) - nowMs;
  return left > leaseMs ? 0 : left;
}

/** The entry once the trucks were told; undefined where that is known, or another attempt stands. */
export function toldEntry(old: LedgerEntry, attempt: number, moment: Moment): LedgerEntry | undefined {
  if (old.attempt !== attempt || old.leased_until === undefined || old.state === 'cancelled')
    return undefined;
  return changed(old, moment, { leased_until: undefined });
}

/** The entry whose lease is over; undefined where nobody holds one on this attempt. */
export function releasedEntry(old: LedgerEntry, attempt: number, moment: Moment): LedgerEntry | undefined {
  if (old.attempt !== attempt || old.leased_until === undefined) return undefined;
  return changed(old, moment, { leased_until: isoTime(moment.nowMs) });
}

/** The entry in another state; undefined where it is in that state already. */
export function movedEntry(
  old: LedgerEntry,
  state: RestockState,
  moment: Moment,
  attempt: number = old.attempt,
): LedgerEntry | undefined {
  const { request_id: requestId } = old;
  if (attempt !== old.attempt) {
    throw new RestockError(
      'WRONG_STATE',
      `Attempt ${attempt} of the request ${requestId} is over: attempt ${old.attempt} is ${words(old.state)}.`,
      { requestId },
    );
  }
  if (old.state === state) return undefined;
  if (!sources[state].includes(old.state)) {
    const after = sources[state].length === 0 ? 'a plan' : sources[state].join(' or ');
    throw new RestockError(
      'WRONG_STATE',
      `The request ${requestId} is ${words(old.state)} and cannot become ${words(state)}: that comes after ${after}.`,
      { requestId },
    );
  }
  const leftMs = leaseLeftMs(old, moment);
  if (state === 'cancelled' && leftMs > 0) {
    throw new RestockError(
      'REQUEST_BUSY',
      `The trucks are being told of the request ${requestId}. Cancel it in ${Math.ceil(leftMs / 1000)} seconds.`,
      { requestId },
    );
  }
  return moved(old, state, moment);
}

const words = (state: RestockState): string => state.replaceAll('_', ' ');

/** What a move writes: the time of it, and the event that tells the lake. */
function moved(old: LedgerEntry, state: RestockState, moment: Moment): LedgerEntry {
  const at = isoTime(moment.nowMs);
  const facts: Readonly<Record<RestockState, Changes>> = {
    asked: {},
    acknowledged: { acknowledged_at: at },
    on_the_way: { left_at: at, leased_until: undefined },
    delivered: { delivered_at: at, leased_until: undefined },
    cancelled: { cancelled_at: at, leased_until: undefined },
  };
  return changed(old, moment, {
    ...facts[state],
    state,
    owed_events: [...old.owed_events, ...owedBy(old, state)],
  });
}

function owedBy(old: LedgerEntry, state: RestockState): readonly OwedEvent[] {
  if (state === 'acknowledged') return ['order_placed'];
  if (state === 'delivered') return ['restock'];
  // What was ordered is on order no more.
  return state === 'cancelled' && old.state !== 'asked' ? ['adjustment'] : [];
}

/** The entry without an event that an attempt owed; undefined where it owes none of the kind. */
export function wroteEntry(
  old: LedgerEntry,
  attempt: number,
  event: OwedEvent,
  moment: Moment,
): LedgerEntry | undefined {
  const without = (one: LedgerEntry): LedgerEntry =>
    one.attempt === attempt ? { ...one, owed_events: one.owed_events.filter((owed) => owed !== event) } : one;
  const owing = attemptsOwing(old);
  if (!owing.some((one) => one.attempt === attempt && one.owed_events.includes(event))) return undefined;
  const earlier = (old.earlier_attempts ?? []).map(without).filter((one) => one.owed_events.length > 0);
  return changed(old, moment, {
    owed_events: without(old).owed_events,
    earlier_attempts: earlier.length === 0 ? undefined : earlier,
  });
}

/** Members to set; those that are undefined go. */
type Changes = { readonly [Name in keyof LedgerEntry]?: LedgerEntry[Name] | undefined };

function changed(old: LedgerEntry, { writer }: Moment, facts: Changes): LedgerEntry {
  const next = { ...old, ...facts, version: old.version + 1, written_by: writer };
  // A member that is undefined is taken away, so that every form of a ledger holds the same; all others are the entry's.
  return Object.fromEntries(
    Object.entries(next).filter(([, value]) => value !== undefined),
  ) as unknown as LedgerEntry;
}
