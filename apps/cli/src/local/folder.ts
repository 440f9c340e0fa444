import { mkdir, stat, readdir } from 'node:fs/promises';
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

/** A file and its size. */
export interface FoundFile {
  readonly path: string;
  readonly bytes: number;
}

/** Every file under a folder whose name ends so, sorted by path; hidden files and folders are left out. */
export async function findFiles(folder: string, ending: string): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...(await findFiles(path, ending)));
    else if (entry.name.endsWith(ending)) found.push({ path, bytes: (await stat(path)).size });
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}
