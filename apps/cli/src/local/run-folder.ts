import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DurableError, lockFolder, makeFolder, replaceFile, type FolderLock } from '@store/durable';
import { CliError } from '../terminal/errors.js';

/** The file by which a folder is known to be ours, and so may be replaced by the next run. */
const marker = 'store-run.json';

/** The folder of one run of `store demo` or `store up`. */
export interface RunFolder {
  readonly path: string;
  /** Writes the result beside the lake; only now does the folder look finished. */
  finish(result: unknown): Promise<void>;
  /** Lets go of the folder. */
  release(): Promise<void>;
}

/** Empties an earlier run's folder, or makes a new one; a folder that holds anything else is left alone. */
export async function claimRunFolder(path: string): Promise<RunFolder> {
  makeFolder(path);
  // Whoever holds the folder has files of the lock in it, before there is a marker.
  const present = (await readdir(path)).filter((name) => !name.startsWith('lock-'));
  if (present.length > 0 && !present.includes(marker)) {
    throw new CliError(
      'NOT_A_RUN_FOLDER',
      `The folder ${path} holds files that no run of this command has written.`,
      { fix: 'Name an empty or a new folder with --out or --data.' },
    );
  }
  const lock = take(path);
  await Promise.all(
    present
      .filter((name) => name !== marker)
      .map(async (name) => rm(join(path, name), { recursive: true, force: true })),
  );
  await writeFile(join(path, marker), `${JSON.stringify({ state: 'running', pid: process.pid })}\n`);
  return {
    path,
    async finish(result) {
      await replaceFile(join(path, 'summary.json'), `${JSON.stringify(result, null, 2)}\n`);
    },
    async release() {
      try {
        await replaceFile(join(path, marker), `${JSON.stringify({ state: 'done' })}\n`);
      } finally {
        lock.release();
      }
    },
  };
}

function take(path: string): FolderLock {
  try {
    return lockFolder(path);
  } catch (cause) {
    if (!(cause instanceof DurableError && cause.code === 'FOLDER_IN_USE')) throw cause;
    throw new CliError(
      'FOLDER_IN_USE',
      `Another run (${cause.holder ?? 'its process is not known'}) is using ${path}.`,
      {
        cause,
        fix: 'Wait for it, stop it, or name another folder with --out or --data.',
      },
    );
  }
}
