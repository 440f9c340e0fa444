import { mkdir, opendir, rename, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** How often a folder is made again that went away as an empty one before its file came. */
const TRIES = 5;

/** Makes the folders of a file and moves it there; a folder that went away in between as an empty one is made again. */
export async function makeAndRename(draft: string, path: string): Promise<string | undefined> {
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

/** Removes a folder that nothing is in; returns whether it did. */
export async function removeIfEmpty(folder: string): Promise<boolean> {
  return rmdir(folder).then(
    () => true,
    () => false,
  );
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

/** Whether an error says that a file stands in the place of a folder, or the reverse. */
export function isTaken(error: unknown): boolean {
  const codes = ['EEXIST', 'ENOTDIR', 'EISDIR', 'ENOTEMPTY', 'EPERM'];
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

/** Whether something is there that is a file and should be a folder, or the reverse. */
export async function isOfOtherKind(path: string, isFolder: boolean): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
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

/** Everything below a folder, each folder before what is in it. */
export async function* walkFiles(root: string): AsyncGenerator<FoundFile> {
  // No recursion: a key may have five hundred segments.
  const folders = [''];
  for (let below = folders.pop(); below !== undefined; below = folders.pop()) {
    for await (const entry of await opendir(join(root, below))) {
      const path = join(below, entry.name);
      if (entry.isDirectory()) {
        yield { path, folder: true, size: 0, modifiedAt: 0 };
        folders.push(path);
      } else if (entry.isFile()) {
        const { size, mtimeMs } = await stat(join(root, path));
        yield { path, folder: false, size, modifiedAt: mtimeMs };
      }
    }
  }
}
