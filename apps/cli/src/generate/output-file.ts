import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';

/**
 * A file that appears under its name only when it is whole: it is written beside it, under a hidden name, and
 * renamed at the end. `path` is that hidden name until `commit`.
 */
export interface OutputFile {
  readonly path: string;
  write(chunk: string | Uint8Array): Promise<void>;
  /** Puts everything on disk and gives the file its name. */
  commit(): Promise<void>;
  /** Removes what was written. Does nothing after `commit`. */
  discard(): Promise<void>;
}

/** Begins a file that will be called `finalPath`. */
export async function createOutputFile(finalPath: string): Promise<OutputFile> {
  const path = join(dirname(finalPath), `.${basename(finalPath)}.${randomBytes(4).toString('hex')}.partial`);
  const file: FileHandle = await open(path, 'wx');
  let open_ = true;
  const close = async (): Promise<void> => {
    if (!open_) return;
    open_ = false;
    await file.close();
  };
  let committed = false;
  return {
    path,
    async write(chunk) {
      await file.appendFile(chunk);
    },
    async commit() {
      await file.sync();
      await close();
      await rename(path, finalPath);
      committed = true;
    },
    async discard() {
      await close();
      if (!committed) await rm(path, { force: true });
    },
  };
}
