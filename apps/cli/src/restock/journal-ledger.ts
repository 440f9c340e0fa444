import { join } from 'node:path';
import { DurableError, inspectLog, lockFolder, openLog, type FolderLock, type Log } from '@store/durable';
import {
  createLedger,
  type LedgerEntry,
  type LedgerOptions,
  type LedgerStore,
  type RestockLedger,
} from '@store/restock';
import { CliError } from '../terminal/errors.js';

/** A ledger in files. */
export interface JournalLedger {
  readonly ledger: RestockLedger;
  /** Lets go of the folder. */
  readonly close: () => Promise<void>;
}

/** The one kind of entry; the number is on disk. */
const ENTRY = 1;
/** Bytes above which the journal is rewritten, and the number of segments above which it is. */
const compactAt = { atBytes: 16 * 1024 * 1024, segments: 64 };

/**
 * Opens the ledger of a lake that no endpoint serves: a crash-safe log of entries in the folder `ledger` of the lake's.
 * One process has it at a time; what it wrote is on the disk before it continues.
 *
 * @throws CliError `FOLDER_IN_USE`, `LEDGER_DAMAGED`
 */
export function openJournalLedger(dataDir: string, options: LedgerOptions = {}): JournalLedger {
  const entries = new Map<string, LedgerEntry>();
  const { lock, log } = openFolder(
    folderOf(dataDir),
    (payload) => {
      keep(entries, payload);
    },
    function* () {
      for (const entry of entries.values()) yield [ENTRY, encode(entry)] as const;
    },
  );
  const ledger = createLedger(
    {
      ...readsOf(entries),
      async write(entry) {
        const there = entries.get(entry.request_id);
        if ((there?.version ?? 0) !== entry.version - 1) return there;
        // In memory immediately, so that of two writes in this process one sees the other; both end with it.
        entries.set(entry.request_id, entry);
        await log.commit(ENTRY, encode(entry));
        return undefined;
      },
    },
    options,
  );
  return {
    ledger,
    async close() {
      await log.close();
      lock.release();
    },
  };
}

/** Readings of a journal that another process writes meanwhile, which may drop a file that one has begun with. */
const mostReadings = 5;

/**
 * Reads the ledger of a lake that no endpoint serves, as it is now and whoever has it; none is an empty one. Nothing in the folder is
 * changed, and nothing can be written.
 *
 * @throws CliError `LEDGER_DAMAGED`
 */
export function readJournalLedger(dataDir: string): Pick<RestockLedger, 'open'> {
  const folder = folderOf(dataDir);
  for (let reading = 1; ; reading++) {
    const entries = new Map<string, LedgerEntry>();
    try {
      const { damages } = inspectLog(folder, {
        onEntry: ({ payload }) => {
          keep(entries, payload);
        },
      });
      const [damage] = damages;
      if (damage !== undefined) throw damaged(folder, `${damage.path}: ${damage.problem}.`);
      return createLedger({
        ...readsOf(entries),
        write: () => Promise.reject(new RangeError('This ledger is only read.')),
      });
    } catch (cause) {
      if (reading < mostReadings) continue;
      throw cause instanceof DurableError ? damaged(folder, cause.message, cause) : cause;
    }
  }
}

const folderOf = (dataDir: string): string => join(dataDir, 'ledger');

const encode = (entry: LedgerEntry): Buffer => Buffer.from(JSON.stringify(entry));

function keep(entries: Map<string, LedgerEntry>, payload: Buffer): void {
  // Only this module writes here.
  const entry = JSON.parse(payload.toString()) as LedgerEntry;
  entries.set(entry.request_id, entry);
}

function readsOf(entries: ReadonlyMap<string, LedgerEntry>): Omit<LedgerStore, 'write'> {
  return {
    get: (id) => Promise.resolve(entries.get(id)),
    read: (ids) => {
      const found = ids.flatMap((id) => entries.get(id) ?? []);
      return Promise.resolve(new Map(found.map((entry) => [entry.request_id, entry])));
    },
    list: (state) => Promise.resolve([...entries.values()].filter((entry) => entry.state === state)),
  };
}

function openFolder(
  folder: string,
  onPayload: (payload: Buffer) => void,
  snapshot: () => Iterable<readonly [number, Uint8Array]>,
): { readonly lock: FolderLock; readonly log: Log } {
  let lock: FolderLock | undefined;
  try {
    // First, since opening a log cuts off what it finds begun: another process may be writing it.
    lock = lockFolder(folder);
    const log = openLog(folder, {
      owner: 'restock-ledger',
      onEntry: ({ payload }) => {
        onPayload(payload);
      },
      compact: { ...compactAt, snapshot },
    });
    return { lock, log };
  } catch (cause) {
    lock?.release();
    if (!(cause instanceof DurableError)) throw cause;
    if (cause.code === 'FOLDER_IN_USE') {
      throw new CliError(
        'FOLDER_IN_USE',
        `The ledger ${folder} is in use by ${cause.holder ?? 'another process'}.`,
        {
          fix: 'Run the command again when that one has ended.',
          cause,
        },
      );
    }
    throw damaged(folder, cause.message, cause);
  }
}

function damaged(folder: string, problem: string, cause?: DurableError): CliError {
  return new CliError('LEDGER_DAMAGED', `The ledger ${folder} does not open: ${problem}`, {
    fix: 'Nothing was changed. Bring the folder back from a copy: without it, what was asked for would be asked again.',
    cause,
  });
}
