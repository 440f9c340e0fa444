import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Makes a folder and those above it. Node's own recursive mkdir never comes back below /proc, where a parent
 * exists and yet nothing can be made in it.
 */
export async function makeFolder(path: string): Promise<void> {
  const present = await stat(path).catch(() => undefined);
  if (present?.isDirectory() === true) return;
  if (dirname(path) !== path) await makeFolder(dirname(path));
  try {
    await mkdir(path);
  } catch (error) {
    // Another process may have made it in the meantime.
    const made = await stat(path).catch(() => undefined);
    if (made?.isDirectory() !== true) throw error;
  }
}

/** The text of a file; undefined where there is none. What cannot be read is an error: it is there. */
export async function textIfThere(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
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
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...(await findFiles(path, ending)));
    else if (entry.name.endsWith(ending)) {
      const { size: bytes, mtimeMs: changedAtMs } = await stat(path);
      found.push({ path, bytes, changedAtMs });
    }
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}
