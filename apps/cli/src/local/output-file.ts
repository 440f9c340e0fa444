import { syncFile } from '@store/durable';
import { randomBytes } from 'node:crypto';
import { open, realpath, rename, rm, stat } from 'node:fs/promises';
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

/** Names of standard output as a file. */
const standardOutputs: ReadonlySet<string> = new Set(['/dev/stdout', '/dev/fd/1', '/proc/self/fd/1']);
/** What is open already, whatever it is: to replace it would replace the system's link to it. */
const openFile = /^\/(?:dev\/(?:std(?:in|out|err)|fd\/\d+)|proc\/\w+\/fd\/\d+)$/;

/** Whether a path is the name of what is open already, such as /dev/stdout: there is no folder that would take a file. */
export const isOpenFile = (path: string): boolean => openFile.test(path);

/** Whether a path is a name of standard output: nothing else may be written there then. */
export const isStandardOutput = (path: string): boolean => standardOutputs.has(path);

/**
 * Begins a file that will be called `asked`; a device, a pipe, or what is open already is written to directly. Where that name is
 * a link, the file that it points to is replaced, and not the link.
 */
export async function createOutputFile(asked: string): Promise<OutputFile> {
  const direct = await isSpecial(asked);
  // What is not there has no other name.
  const finalPath = direct ? asked : await realpath(asked).catch(() => asked);
  const hidden = `.${basename(finalPath)}.${randomBytes(4).toString('hex')}.partial`;
  const path = direct ? finalPath : join(dirname(finalPath), hidden);
  // Nobody has asked for the hidden name.
  const named = (error: unknown): never => {
    if (!(error instanceof Error && 'code' in error)) throw error;
    const message = `${asked} cannot be written: ${String(error.code)}`;
    throw Object.assign(new Error(message, { cause: error }), { code: error.code, path: asked });
  };
  // At its end, so that what a shell's `>>` keeps is kept.
  const file = await open(path, direct ? 'a' : 'wx').catch(named);
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

/** True for what is there and is no regular file: /dev/null, a named pipe, /dev/stdout. A folder fails when it is opened. */
async function isSpecial(path: string): Promise<boolean> {
  if (isOpenFile(path)) return true;
  try {
    const found = await stat(path);
    return !found.isFile();
  } catch {
    // Not there, or not to be seen: opening it says which.
    return false;
  }
}
