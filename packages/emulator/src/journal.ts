import { dirname, sep } from 'node:path';
import { DurableError, type Log } from '@store/durable';
import { type DamagePolicy, meetDamage } from './damage-policy.js';
import { countOf, openEndpointLog } from './endpoint-log.js';
import { convertOlderJournals } from './older-journal.js';
import { ServiceError } from './wire/service-error.js';

/** What a journal keeps: a value that is nothing but the sum of its entries. */
export interface JournaledState<E> {
  /** Takes one entry in. Must not fail, and must give the same state for the same entries. */
  apply(entry: E): void;
  /** Entries that give this state again, as few as it takes. */
  snapshot(): Iterable<E>;
}

/** A durable list of entries, and the state that they add up to. */
export interface Journal<E> {
  /** Resolves once the entry is on disk and taken in; entries are taken in in the order of these calls. */
  append(entry: E): Promise<void>;
  /** Writes what is left and lets go of the files. */
  close(): Promise<void>;
}

/** How a journal is kept. */
export interface JournalOptions<E> {
  /** Folder of its log; made when missing. A file of an earlier release that is there is converted. */
  readonly path: string;
  readonly state: JournaledState<E>;
  /** What is done about damage. @defaultValue it is refused */
  readonly policy?: DamagePolicy;
  /** Size in bytes above which the log is rewritten from the state's snapshot, once that halves it. */
  readonly compactAtBytes?: number;
  /** Called before bytes are written; throws what a full disk would. */
  readonly beforeWrite?: () => void;
}

/** Defaults of {@link JournalOptions}. */
export const journalDefaults: { readonly compactAtBytes: number } = Object.freeze({
  compactAtBytes: 64 * 1024 * 1024,
});

/** Each start that writes begins a segment: more than this many are made one. */
const MOST_SEGMENTS = 16;
/** The one kind of entry; the number is on disk. */
const ENTRY = 1;

/** Opens a journal and replays it into the state. */
export async function openJournal<E>({
  path,
  state,
  beforeWrite,
  policy = { onDamage: 'refuse', report: () => undefined },
  compactAtBytes = journalDefaults.compactAtBytes,
}: JournalOptions<E>): Promise<Journal<E>> {
  await convertOlderJournals([path]);
  const log = openEndpointLog(path, {
    policy,
    missing: (damage) => `${countOf(damage)} What was created, changed or deleted by it is as it was before.`,
    onEntry: ({ payload, position }) => {
      try {
        // Only `append` has ever written here, so the entries are of its type.
        state.apply(JSON.parse(payload.toString()) as E);
      } catch (cause) {
        const said = cause instanceof Error ? cause.message : String(cause);
        meetDamage(policy, {
          path,
          problem: `the entry at byte ${position.offset} of segment ${position.segment} cannot be taken in: ${said}`,
          missing: 'This entry is missing.',
          cause,
        });
      }
    },
    compact: {
      atBytes: compactAtBytes,
      segments: MOST_SEGMENTS,
      *snapshot() {
        for (const entry of state.snapshot()) yield [ENTRY, encode(entry)] as const;
      },
    },
    ...(beforeWrite === undefined ? {} : { beforeWrite }),
  });
  // Rewritten, the journal is sound again; the damaged file stays beside it.
  if (log.recovery.damages.length > 0) await log.rewrite();
  return {
    append: (entry) => append(log, state, entry),
    close: () => log.close(),
  };
}

/** How a service keeps its journal. */
export interface ServiceJournalOptions {
  /**
   * Folder of the journal.
   * @defaultValue none: the state lives as long as the process
   */
  readonly journal?: string;
  /** Called before the journal is written; throws what a full disk would. */
  readonly beforeWrite?: () => void;
  /** What is done about damage of the journal. @defaultValue it is refused */
  readonly policy?: DamagePolicy;
}

/** Opens the journal of a service; an entry that the disk does not take is refused by the service's own error. */
export async function openServiceJournal<E>(
  state: JournaledState<E>,
  { journal: path, beforeWrite, policy }: ServiceJournalOptions,
  [code, status]: readonly [code: string, status: number],
): Promise<Journal<E>> {
  if (path === undefined) return memoryJournal(state);
  const journal = await openJournal({
    path,
    state,
    ...(policy === undefined ? {} : { policy }),
    ...(beforeWrite === undefined ? {} : { beforeWrite }),
  });
  return {
    append: async (entry) => {
      try {
        await journal.append(entry);
      } catch (error) {
        if (!(error instanceof DurableError)) throw error;
        // Clients learn no path of this machine.
        throw new ServiceError(code, error.message.replaceAll(`${dirname(path)}${sep}`, ''), status);
      }
    },
    close: () => journal.close(),
  };
}

function append<E>(log: Log, state: JournaledState<E>, entry: E): Promise<void> {
  return new Promise((resolve, reject) => {
    log.enqueue(ENTRY, encode(entry), (error) => {
      if (error !== undefined) {
        reject(error);
        return;
      }
      state.apply(entry);
      resolve();
    });
  });
}

const encode = (entry: unknown): Buffer => Buffer.from(JSON.stringify(entry));

/** A journal without a file: entries are taken in at the same time and forgotten with the process. */
export function memoryJournal<E>(state: JournaledState<E>): Journal<E> {
  return {
    append: async (entry) => {
      state.apply(entry);
    },
    close: async () => undefined,
  };
}
