import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Whether an error says that there is no such file. */
export const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** The text of a file; undefined where there is none. What cannot be read is an error: it is there. */
export async function textIfThere(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
}

/** A file and its size. */
export interface FoundFile {
  readonly path: string;
  readonly bytes: number;
  /** When its content was last changed, epoch. */
  readonly changedAtMs: number;
}

/** Every file under a folder whose name ends so, sorted by path; hidden files and folders are left out. */
export async function findFiles(folder: string, ending: string): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  await addFiles(found, folder, ending);
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function addFiles(found: FoundFile[], folder: string, ending: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await addFiles(found, path, ending);
    else if (entry.name.endsWith(ending)) {
      const { size: bytes, mtimeMs: changedAtMs } = await stat(path);
      found.push({ path, bytes, changedAtMs });
    }
  }
}
