import { syncFile } from '@store/durable';
import { randomBytes } from 'node:crypto';
import { open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * A file that appears under its name only when it is complete: it is written beside it, under a hidden name,
 * and renamed at the end. `path` is that hidden name until `commit`.
 */
export interface OutputFile {
  readonly path: string;
  write(chunk: string | Uint8Array): Promise<void>;
  /** Ends the writing through this object: others, such as DuckDB, may now write to `path`. */
  close(): Promise<void>;
  /** Puts everything on disk and gives the file its name. */
  commit(): Promise<void>;
  /** Removes what was written. Does nothing after `commit`. */
  discard(): Promise<void>;
}

/** Begins a file that will be called `finalPath`; a device or a pipe of that name is written to directly. */
export async function createOutputFile(finalPath: string): Promise<OutputFile> {
  const direct = await isSpecial(finalPath);
  const hidden = `.${basename(finalPath)}.${randomBytes(4).toString('hex')}.partial`;
  const path = direct ? finalPath : join(dirname(finalPath), hidden);
  // Nobody has asked for the hidden name.
  const named = (error: unknown): never => {
    if (!(error instanceof Error && 'code' in error)) throw error;
    const message = `${finalPath} cannot be written: ${String(error.code)}`;
    throw Object.assign(new Error(message, { cause: error }), { code: error.code, path: finalPath });
  };
  const file = await open(path, direct ? 'w' : 'wx').catch(named);
  let isOpen = true;
  const close = async (): Promise<void> => {
    if (!isOpen) return;
    isOpen = false;
    await file.close();
  };
  let committed = direct;
  return {
    path,
    close,
    async write(chunk) {
      await file.appendFile(chunk).catch(named);
    },
    async commit() {
      await close();
      if (!direct) {
        await syncFile(path)
          .then(async () => rename(path, finalPath))
          .catch(named);
      }
      committed = true;
    },
    async discard() {
      await close();
      if (!committed) await rm(path, { force: true });
    },
  };
}

/** True for what is there and is no regular file: /dev/null, a named pipe. A folder fails when it is opened. */
async function isSpecial(path: string): Promise<boolean> {
  try {
    const found = await stat(path);
    return !found.isFile();
  } catch {
    // Not there, or not to be seen: opening it says which.
    return false;
  }
}
