import { mkdir, open, rename, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { encodeFrame, readFrames } from './journal-frame.js';
import { JournalError } from './journal-error.js';

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
  /** Writes what is left and lets go of the file. */
  close(): Promise<void>;
}

/** How a journal is kept. */
export interface JournalOptions<E> {
  /** The file; its folder is made when missing. */
  readonly path: string;
  readonly state: JournaledState<E>;
  /** Size in bytes above which the file is written afresh from the state's snapshot, once that halves it. */
  readonly compactAtBytes?: number;
  /** Called before bytes are written; throws what a full disk would. */
  readonly beforeWrite?: () => void;
}

/** Defaults of {@link JournalOptions}. */
export const journalDefaults: { readonly compactAtBytes: number } = Object.freeze({
  compactAtBytes: 64 * 1024 * 1024,
});

interface Waiting<E> {
  readonly entry: E;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** Opens a journal and replays it into the state; what a crash left half-written at its end is cut off. */
export async function openJournal<E>(options: JournalOptions<E>): Promise<Journal<E>> {
  const { path, state } = options;
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'a+');
  try {
    // Only append has ever written here, so the entries are of its type.
    const committed = await readFrames(file, path, (entry) => {
      state.apply(entry as E);
    });
    await file.truncate(committed);
    await syncFolder(path);
    return new FileJournal(options, file, committed);
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** A journal without a file: entries are taken in at once and forgotten with the process. */
export function memoryJournal<E>(state: JournaledState<E>): Journal<E> {
  return {
    append: async (entry) => {
      state.apply(entry);
    },
    close: async () => undefined,
  };
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function writeAll(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    at += (await file.write(bytes, at)).bytesWritten;
  }
}

/** Group commit: all entries that came while the last group was being written go to disk as the next one. */
class FileJournal<E> implements Journal<E> {
  readonly #path: string;
  readonly #state: JournaledState<E>;
  #file: FileHandle;
  /** Bytes that are on disk and hold whole groups. */
  #committed: number;
  #compactAt: number;
  readonly #compactAtLeast: number;
  readonly #beforeWrite: (() => void) | undefined;
  #waiting: Waiting<E>[] = [];
  #running: Promise<void> | undefined;
  /** Why nothing can be written any more. */
  #broken: JournalError | undefined;

  constructor(options: JournalOptions<E>, file: FileHandle, committed: number) {
    this.#path = options.path;
    this.#state = options.state;
    this.#beforeWrite = options.beforeWrite;
    this.#file = file;
    this.#committed = committed;
    this.#compactAtLeast = options.compactAtBytes ?? journalDefaults.compactAtBytes;
    this.#compactAt = this.#compactAtLeast;
  }

  append(entry: E): Promise<void> {
    if (this.#broken !== undefined) return Promise.reject(this.#broken);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ entry, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  async close(): Promise<void> {
    await this.#running;
    this.#broken ??= new JournalError('JOURNAL_CLOSED', `The journal ${this.#path} is closed`);
    await this.#file.close();
  }

  async #run(): Promise<void> {
    // Lets everything that this turn of the event loop brings join the first group.
    await new Promise(setImmediate);
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      await this.#commit(group);
      if (this.#committed >= this.#compactAt && this.#broken === undefined) await this.#compact();
    }
    this.#running = undefined;
  }

  async #commit(group: readonly Waiting<E>[]): Promise<void> {
    try {
      if (this.#broken !== undefined) throw this.#broken;
      const frame = encodeFrame(group.map(({ entry }) => entry));
      this.#beforeWrite?.();
      await writeAll(this.#file, frame);
      await this.#sync();
      this.#committed += frame.length;
    } catch (error) {
      const failure = await this.#undo(error);
      for (const { reject } of group) reject(failure);
      return;
    }
    for (const { entry, resolve } of group) {
      this.#state.apply(entry);
      resolve();
    }
  }

  async #sync(): Promise<void> {
    try {
      await this.#file.datasync();
    } catch (cause) {
      // After a failed sync the kernel may have dropped the pages: nothing written from here on could be trusted.
      this.#broken = new JournalError(
        'JOURNAL_WRITE_FAILED',
        `The journal ${this.#path} could not be brought to disk; check the disk and start again`,
        cause,
      );
      throw this.#broken;
    }
  }

  /** Takes a half-written group back off the file, so that the next one finds a clean end. */
  async #undo(cause: unknown): Promise<JournalError> {
    if (cause instanceof JournalError) return cause;
    const failure = new JournalError(
      'JOURNAL_WRITE_FAILED',
      `The journal ${this.#path} could not be written; nothing of this call was kept, try again when the disk has room`,
      cause,
    );
    try {
      await this.#file.truncate(this.#committed);
    } catch {
      this.#broken = failure;
    }
    return failure;
  }

  /** Writes the state's snapshot beside the file and puts it in its place; a crash leaves one or the other. */
  async #compact(): Promise<void> {
    const temporary = `${this.#path}.compact`;
    const next = await open(temporary, 'w');
    try {
      const frame = encodeFrame([...this.#state.snapshot()]);
      this.#compactAt = Math.max(this.#compactAtLeast, 2 * frame.length);
      if (frame.length > this.#committed / 2) {
        await next.close();
        return;
      }
      await writeAll(next, frame);
      await next.datasync();
      await next.close();
      await rename(temporary, this.#path);
      await syncFolder(this.#path);
      const old = this.#file;
      this.#file = await open(this.#path, 'a+');
      this.#committed = frame.length;
      await old.close();
    } catch {
      // The old file is whole and stays in use; room may be found when it has grown again by half.
      this.#compactAt = this.#committed * 1.5;
    }
  }
}
