import { FirehoseError } from '@store/firehose';
import { inertText } from '@store/foundation';
import {
  rawOf,
  type BodyOptions,
  type Envelope,
  type EnvelopePart,
  type ShelfTable,
  type TransformResult,
} from '@store/intake';
import { noticeEpisodes } from '@store/restock';
import type { InventoryEvent } from '@store/schema';
import type { ObjectStore } from '../aws/s3-objects.js';
import type { RequestQueue } from '../requests.js';
import type { Invocation } from '../telemetry.js';
import { readObject } from './read-object.js';
import type { Reject, RejectKeeper } from './reject-keeper.js';
import type { ShelfMemory } from './shelf-memory.js';

/** Where a message's events go. */
export interface EventSink {
  /** Takes one event, and resolves when it is delivered. */
  send(event: InventoryEvent, message: number): Promise<unknown>;
  /** Ends when each event's fate is known. */
  deliver(deadlineMs: number): Promise<void>;
}

/** What the core of `ingest` works with. */
export interface IngestParts {
  readonly sink: EventSink;
  readonly rejects: RejectKeeper | undefined;
  /** How bodies are read that do not say so. */
  readonly body: BodyOptions;
  readonly objects: ObjectStore;
  /** Set where episodes are to be asked for immediately. */
  readonly queue: RequestQueue | undefined;
  readonly config: { readonly marginMs: number; readonly recoveryMargin: number; readonly packSize: number };
  /** Begins to read the records of one message or object, which may continue each other. */
  readonly begin: BeginRecords;
  /** Set where the mapping has counts, which continue the last ones. */
  readonly shelves: ShelfMemory | undefined;
}

/** What became of one record. Both may have entries, since a record may hold several rows. */
export interface ReadRecord {
  readonly events: readonly InventoryEvent[];
  readonly issues: readonly Issue[];
  /** Rows that the mapping says to pass over. */
  readonly skipped: number;
}

/** What is wrong with a record. */
export type Issue = Extract<TransformResult, { readonly ok: false }>['issues'][number];

/**
 * Begins to read the records of one source; `asOfMs` is when it was written, in milliseconds since 1970, where that is
 * known, and `shelves` what counts begin with.
 */
export type BeginRecords = (
  asOfMs: number | undefined,
  shelves?: ShelfTable,
) => (record: unknown) => ReadRecord;

/** What became of one message. */
export interface MessageOutcome {
  readonly id: string;
  accepted: number;
  /** An event of it was not delivered, or an object not read: it must come again. */
  isUndelivered: boolean;
  /** A reject of it is kept nowhere: there is no place for rejects, or it did not take it. */
  isUnkept: boolean;
}

/** What became of a batch. */
export interface IngestOutcome {
  readonly messages: readonly MessageOutcome[];
  readonly accepted: number;
  readonly rejects: readonly Reject[];
  /** Rows that the mapping says to pass over. */
  readonly skipped: number;
  readonly requestsSent: number;
}

/** What parts are read as. */
interface ReadWorks {
  readonly found: readonly Reject[];
  readonly good: readonly (readonly [Work, InventoryEvent])[];
  /** Rows that the mapping says to pass over. */
  readonly passed: number;
}

/** The same with counts that were written down before any of them is sent. */
interface CountedWorks extends ReadWorks {
  /** Takes note of events that were delivered. */
  readonly settle?: (events: readonly InventoryEvent[]) => Promise<void>;
}

/** A part and the message that it is of. */
interface Work {
  readonly message: number;
  readonly index: number;
  readonly part: EnvelopePart;
}

/**
 * Validates, transforms and delivers what an envelope holds, and says for each message whether it is done with.
 *
 * The order: rejects are kept first, then events are sent, then the message is answered for. A crash between the first two
 * keeps a reject twice, under one id, and repeats no event; the other way around it would repeat events that are in the
 * lake. An object is read after all messages, one at a time, as a batch of its own: memory holds one.
 */
export async function runIngest(
  { source, messages }: Envelope,
  parts: IngestParts,
  invocation: Invocation,
): Promise<IngestOutcome> {
  const { sink, config, queue, begin } = parts;
  const outcomes = messages.map(({ id }): MessageOutcome => ({
    id,
    accepted: 0,
    isUndelivered: false,
    isUnkept: false,
  }));
  const rejects: Reject[] = [];
  let skipped = 0;
  const early = noticeEpisodes({ recoveryMargin: config.recoveryMargin, packSize: config.packSize });
  const left = (): number => invocation.remainingMs() - config.marginMs;
  const outcomeOf = (message: number): MessageOutcome => outcomes[message] ?? { id: '', ...none };

  const rejectOf = ({ message, index, part }: Work, issues: Reject['issues']): Reject => {
    const { id: messageId } = outcomeOf(message);
    const { place } = part;
    const code = issues[0]?.code ?? 'INVALID';
    return { source, message, messageId, index, place, code, issues, raw: rawOf(part) };
  };
  const keep = async (found: readonly Reject[]): Promise<void> => {
    for (const reject of found) rejects.push(reject);
    if (found.length === 0) return;
    const wanted = found.filter(({ code }) => source !== 'http' || !returnedAtOnce.has(code));
    const unkept = parts.rejects === undefined ? wanted : await parts.rejects.keep(wanted, left);
    for (const { message } of unkept) outcomeOf(message).isUnkept = true;
  };

  /** Makes events and rejects of parts; nothing is sent or kept. */
  const readAll = (works: readonly Work[], asOfMs?: number, shelves?: ShelfTable): ReadWorks => {
    const readers = new Map<number, ReturnType<BeginRecords>>();
    const found: Reject[] = [];
    const good: (readonly [Work, InventoryEvent])[] = [];
    let passed = 0;
    for (const work of works) {
      const { part } = work;
      if (part.kind === 'refused') {
        found.push(rejectOf(work, [{ code: part.code, path: '', message: part.message }]));
      } else if (part.kind === 'record') {
        const read = readers.get(work.message) ?? begin(asOfMs, shelves);
        readers.set(work.message, read);
        const { events, issues, skipped: passedOver } = read(part.value);
        passed += passedOver;
        for (const event of events) good.push([work, event]);
        if (issues.length > 0) found.push(rejectOf(work, issues.slice(0, mostIssues).map(writtenOut)));
      }
    }
    return { found, good, passed };
  };
  const { shelves: memory } = parts;
  const warnOfShelves = (error: unknown): undefined => {
    invocation.telemetry.warn('the last counts of shelves', { cause: textOf(error) });
    return undefined;
  };
  /** The same with counts that continue the last ones and are written down; `undefined` where that cannot be done. */
  const readCounted = async (works: readonly Work[], asOfMs?: number): Promise<CountedWorks | undefined> =>
    memory === undefined
      ? readAll(works, asOfMs)
      : memory
          .count((shelves) => readAll(works, asOfMs, shelves))
          .then(({ read, settle }) => ({ ...read, settle }), warnOfShelves);

  /** Takes in parts that hold no objects. */
  const takeIn = async (works: readonly Work[], asOfMs?: number): Promise<void> => {
    const read = await readCounted(works, asOfMs);
    if (read === undefined) {
      for (const { message } of works) outcomeOf(message).isUndelivered = true;
      return;
    }
    const { found, good, passed, settle } = read;
    skipped += passed;
    await keep(found);
    const late: Reject[] = [];
    const done: InventoryEvent[] = [];
    const settled = good.map(async ([work, event]) => {
      const outcome = outcomeOf(work.message);
      // A stream takes back a record whole, with the events that are right.
      if (source === 'firehose' && outcome.isUnkept) return;
      try {
        await sink.send(event, work.message);
        outcome.accepted += 1;
        early.note(event);
        done.push(event);
      } catch (error) {
        const cause = causeOf(error);
        if (cause === undefined) outcome.isUndelivered = true;
        // It would fail the same way each time it comes again.
        else late.push(rejectOf(work, [{ ...cause, path: '' }]));
      }
    });
    await sink.deliver(Math.max(0, left()));
    await Promise.all(settled);
    await keep(late);
    // What is not settled is known for a while longer than it must be.
    await settle?.(done).catch(warnOfShelves);
  };

  const all = messages.flatMap((message, at): Work[] =>
    message.parts.map((part, index) => ({ message: at, index, part })),
  );
  await takeIn(all.filter(({ part }) => part.kind !== 'object'));
  for (const work of all) {
    if (work.part.kind !== 'object') continue;
    const read = left() > 0 ? await readObject(parts.objects, work.part, parts.body) : undefined;
    if (read === undefined) outcomeOf(work.message).isUndelivered = true;
    else
      await takeIn(
        read.parts.map((part, index) => ({ message: work.message, index, part })),
        read.asOfMs,
      );
  }
  return {
    messages: outcomes,
    accepted: outcomes.reduce((sum, { accepted }) => sum + accepted, 0),
    rejects,
    skipped,
    requestsSent: queue === undefined ? 0 : await sendEarly(queue, early, invocation),
  };
}

const none = { accepted: 0, isUndelivered: false, isUnkept: false };

/** Over HTTP the sender hears of these and keeps the request: nothing of it was taken. */
const returnedAtOnce: ReadonlySet<string> = new Set(['METHOD_NOT_ALLOWED', 'UNSUPPORTED_TYPE']);

/** Asks for trucks immediately. What the queue does not take is asked for by the planner: the events are in the lake. */
async function sendEarly(
  queue: RequestQueue,
  early: ReturnType<typeof noticeEpisodes>,
  { telemetry }: Invocation,
): Promise<number> {
  try {
    return await queue.send(early.requests());
  } catch (error) {
    telemetry.warn('early requests left to the planner', { cause: textOf(error) });
    return 0;
  }
}

/** Errors of a record itself, whatever the service's state. */
const ofTheRecord: ReadonlySet<string> = new Set(['EVENT_TOO_LARGE', 'ENCODE', 'POISON_RECORD']);
/** Issues of one record that are told. */
const mostIssues = 20;
/** Characters of one issue's sentence. */
const issueChars = 500;

/** What is wrong with the record itself; `undefined` where the service did not take it. */
function causeOf(error: unknown): { readonly code: string; readonly message: string } | undefined {
  if (!(error instanceof FirehoseError)) return { code: 'NOT_ENCODED', message: textOf(error) };
  return ofTheRecord.has(error.code) ? { code: error.code, message: textOf(error) } : undefined;
}

const textOf = (error: unknown): string =>
  inertText(error instanceof Error ? error.message : String(error), issueChars);

function writtenOut({ code, path, message }: Issue): Reject['issues'][number] {
  return { code, path: inertText(path.join('.'), issueChars), message: inertText(message, issueChars) };
}
