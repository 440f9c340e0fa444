import { closeSync, fdatasync, fsyncSync, openSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { checkPath, checkText } from './errors.js';
import { platformOf, type Platform } from './platform.js';

/**
 * Makes the names in a folder survive a power failure, where the system can.
 *
 * @example
 * ```ts
 * import { mkdir } from 'node:fs/promises';
 * import { syncFolder } from '@store/durable';
 *
 * await mkdir('data/2026', { recursive: true });
 * await syncFolder('data');
 * ```
 */
export async function syncFolder(folder: string, platform: Platform = platformOf()): Promise<void> {
  checkPath('folder', folder);
  if (!platform.syncsFolders) return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Does the same as {@link syncFolder} before it returns. */
export function syncFolderSync(folder: string, platform: Platform = platformOf()): void {
  if (!platform.syncsFolders) return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Makes a file's bytes survive a power failure.
 *
 * @example
 * ```ts
 * import { writeFile } from 'node:fs/promises';
 * import { syncFile } from '@store/durable';
 *
 * await writeFile('data/rows', '1,2,3');
 * await syncFile('data/rows');
 * ```
 */
export async function syncFile(path: string): Promise<void> {
  checkPath('path', path);
  const handle = await open(path, 'r+');
  try {
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

/** Makes the bytes of an open file survive a power failure. */
export function syncData(descriptor: number): Promise<void> {
  return new Promise((resolve, reject) => {
    fdatasync(descriptor, (error) => {
      if (error === null) resolve();
      else reject(error);
    });
  });
}

/**
 * Replaces a file as a whole: a reader, or a crash, sees the old text or the new one, never a part.
 *
 * @example
 * ```ts
 * import { replaceFile } from '@store/durable';
 *
 * await replaceFile('data/settings.json', JSON.stringify({ region: 'eu-west-1' }));
 * ```
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  checkPath('path', path);
  checkText('text', text);
  const draft = `${path}.draft`;
  const handle = await open(draft, 'w');
  try {
    await handle.writeFile(text);
    await handle.datasync();
  } finally {
    await handle.close();
  }
  await rename(draft, path);
  await syncFolder(dirname(path));
}

/**
 * Returns whether the disk failed to confirm what was written: whether it is there is not known then, and asking again
 * proves nothing, since the kernel may have dropped it.
 *
 * @example
 * ```ts
 * import { isSyncFailure, syncFile } from '@store/durable';
 *
 * await syncFile('data/rows').catch((error: unknown) => {
 *   if (isSyncFailure(error)) console.log('Write data/rows again, to another file.');
 *   else throw error;
 * });
 * ```
 */
export function isSyncFailure(error: unknown): boolean {
  const call = error instanceof Error && 'syscall' in error ? error.syscall : undefined;
  return call === 'fdatasync' || call === 'fsync';
}
