import { mkdir, opendir, readdir, rename, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncFolder, type Platform } from '@store/durable';
import { objectPath, otherName } from './object-path.js';

/** How often the folders of a file are made before its move is abandoned: an empty one may be removed in between. */
const TRIES = 5;

/** Makes the folders of a file and moves it there; returns the first folder that was made, if any. */
async function makeAndRename(draft: string, path: string): Promise<string | undefined> {
  for (let tries = 1; ; tries += 1) {
    const firstNew = await mkdir(dirname(path), { recursive: true });
    try {
      await rename(draft, path);
      return firstNew;
    } catch (error) {
      if (!isGone(error) || tries === TRIES) throw error;
    }
  }
}

/** Size of a file; `undefined` where there is none. */
export async function sizeOfFile(path: string): Promise<number | undefined> {
  return stat(path).then(
    (found) => (found.isFile() ? found.size : undefined),
    (error: unknown) => {
      if (isGone(error) || isTaken(error)) return undefined;
      throw error;
    },
  );
}

/** Where a file goes below the root of the lake. */
export interface Destination {
  readonly root: string;
  /** Folder of the bucket. */
  readonly folder: string;
  readonly key: string;
  /** Where it belongs by its key. */
  readonly path: string;
  readonly platform: Platform;
}

/** Moves a file to its place, or beside it where that is taken; after that it survives a power cut. Returns its path. */
export async function moveInto(
  draft: string,
  { root, folder: bucket, key, path: usual, platform }: Destination,
): Promise<string> {
  let path = usual;
  let firstNew: string | undefined;
  try {
    firstNew = await makeAndRename(draft, path);
  } catch (error) {
    // Unlike a file system, S3 can hold both `a` and `a/b`.
    if (!isTaken(error)) throw error;
    path = await freePath(bucket, key, platform);
    firstNew = await makeAndRename(draft, path);
  }
  // New folders are names in their parents.
  for (let folder = dirname(path); folder.length >= root.length; folder = dirname(folder)) {
    await syncFolder(folder);
    if (firstNew === undefined || folder === dirname(firstNew)) break;
  }
  return path;
}

/** Removes a folder that nothing is in; returns whether it did. */
async function removeIfEmpty(folder: string): Promise<boolean> {
  return rmdir(folder).then(
    () => true,
    () => false,
  );
}

/** Removes the folders of a file that is gone, as far as nothing is in them and up to `end`; survives a power cut. */
export async function removeEmptyParents(path: string, end: string): Promise<void> {
  let folder = dirname(path);
  while (folder !== end && (await removeIfEmpty(folder))) folder = dirname(folder);
  await syncFolder(folder).catch((error: unknown) => {
    // Gone with another object that was the last one in it.
    if (!isGone(error)) throw error;
  });
}

/** When a folder was made, in milliseconds since 1970. */
export async function madeAt(folder: string): Promise<number> {
  const { birthtimeMs, mtimeMs } = await stat(folder);
  return birthtimeMs > 0 ? birthtimeMs : mtimeMs;
}

/** Removes a folder and the empty ones below it; returns whether nothing else was in it. */
export async function removeEmptyFolders(root: string): Promise<boolean> {
  const folders: string[] = [root];
  for await (const { path, folder } of walkFiles(root)) {
    if (!folder) return false;
    folders.push(join(root, path));
  }
  for (const folder of folders.reverse()) if (!(await removeIfEmpty(folder))) return false;
  return true;
}

/** Names in a folder; none where there is no such folder. */
export async function entriesOf(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch((error: unknown) => {
    if (isGone(error)) return [];
    throw error;
  });
}

/** Whether there is a file or folder of that path. */
export async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: unknown) => !isGone(error),
  );
}

/** Whether an error says that there is no such file or folder. */
export function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** Whether an error says that a file is in the place of a folder, or the reverse. */
export function isTaken(error: unknown): boolean {
  const codes = ['EEXIST', 'ENOTDIR', 'EISDIR', 'ENOTEMPTY', 'EPERM'];
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

/** Returns a path for a key where a file has the name of one of its folders, or a folder that of its file. */
export async function freePath(folder: string, key: string, platform: Platform): Promise<string> {
  const names = objectPath(key, platform);
  let path = folder;
  for (const [index, name] of names.entries()) {
    const isFolder = index < names.length - 1;
    let chosen = name;
    while (await isOfOtherKind(join(path, chosen), isFolder)) chosen = otherName(chosen, platform);
    path = join(path, chosen);
  }
  return path;
}

/** Whether there is a file and should be a folder, or the reverse. */
async function isOfOtherKind(path: string, isFolder: boolean): Promise<boolean> {
  const found = await stat(path).catch((error: unknown) => {
    if (isGone(error) || isTaken(error)) return undefined;
    throw error;
  });
  return found !== undefined && found.isDirectory() !== isFolder;
}

/** A file or folder found below a root. */
export interface FoundFile {
  /** Relative to the root. */
  readonly path: string;
  readonly folder: boolean;
  readonly size: number;
  readonly modifiedAt: number;
}

/** Everything below a folder, each folder before what is in it. What is removed meanwhile is left out. */
export async function* walkFiles(root: string): AsyncGenerator<FoundFile> {
  // No recursion: a key may have five hundred segments.
  const folders = [''];
  for (let below = folders.pop(); below !== undefined; below = folders.pop()) {
    const folder = below === '' ? await opendir(root) : await unlessGone(opendir(join(root, below)));
    for await (const entry of folder ?? []) {
      const path = join(below, entry.name);
      if (entry.isDirectory()) {
        yield { path, folder: true, size: 0, modifiedAt: 0 };
        folders.push(path);
      } else if (entry.isFile()) {
        const found = await unlessGone(stat(join(root, path)));
        if (found !== undefined) yield { path, folder: false, size: found.size, modifiedAt: found.mtimeMs };
      }
    }
  }
}

/** What a call gives; `undefined` where it says that there is no such file or folder. */
export async function unlessGone<T>(found: Promise<T>): Promise<T | undefined> {
  return found.catch((error: unknown) => {
    if (isGone(error)) return undefined;
    throw error;
  });
}
