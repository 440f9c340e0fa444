import { join } from 'node:path';
import { DurableError, lockFolder, openLog, type FolderLock, type Log } from '@store/durable';
import { createLedger, type LedgerEntry, type LedgerOptions, type RestockLedger } from '@store/restock';
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
  const folder = join(dataDir, 'ledger');
  const entries = new Map<string, LedgerEntry>();
  const { lock, log } = openFolder(
    folder,
    (payload) => {
      // Only this module writes here.
      const entry = JSON.parse(payload.toString()) as LedgerEntry;
      entries.set(entry.request_id, entry);
    },
    function* () {
      for (const entry of entries.values()) yield [ENTRY, encode(entry)] as const;
    },
  );
  const ledger = createLedger(
    {
      get: (id) => Promise.resolve(entries.get(id)),
      read: (ids) => {
        const found = ids.flatMap((id) => entries.get(id) ?? []);
        return Promise.resolve(new Map(found.map((entry) => [entry.request_id, entry])));
      },
      async write(entry) {
        const there = entries.get(entry.request_id);
        if ((there?.version ?? 0) !== entry.version - 1) return there;
        // In memory immediately, so that of two writes in this process one sees the other; both end with it.
        entries.set(entry.request_id, entry);
        await log.commit(ENTRY, encode(entry));
        return undefined;
      },
      list: (state) => Promise.resolve([...entries.values()].filter((entry) => entry.state === state)),
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

const encode = (entry: LedgerEntry): Buffer => Buffer.from(JSON.stringify(entry));

function openFolder(
  folder: string,
  onPayload: (payload: Buffer) => void,
  snapshot: () => Iterable<readonly [number, Uint8Array]>,
): { readonly lock: FolderLock; readonly log: Log } {
  let lock: FolderLock | undefined;
  try {
    const log = openLog(folder, {
      owner: 'restock-ledger',
      onEntry: ({ payload }) => {
        onPayload(payload);
      },
      compact: { ...compactAt, snapshot },
    });
    lock = lockFolder(folder);
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
    throw new CliError('LEDGER_DAMAGED', `The ledger ${folder} does not open: ${cause.message}`, {
      fix: 'Nothing was changed. Bring the folder back from a copy: without it, what was asked for would be asked again.',
      cause,
    });
  }
}
