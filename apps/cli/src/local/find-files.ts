import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

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
