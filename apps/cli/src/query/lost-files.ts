import { damagedObjects } from '@store/emulator';
import { existsSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import type { FoundFile } from '../local/folder.js';

/**
 * Files below a folder of a lake that an endpoint delivered, and that are gone without having been deleted through S3: a
 * statement that reads their table fails by their names.
 */
export function lostFiles(folder: string, ending: string): readonly FoundFile[] {
  const dataDir = dataFolderOf(folder);
  if (dataDir === undefined) return [];
  return damagedObjects(dataDir)
    .filter(({ path }) => path.startsWith(`${folder}${sep}`) && path.endsWith(ending) && !existsSync(path))
    .map(({ path }) => ({ path, bytes: 0, changedAtMs: 0 }));
}

/** The data folder of an endpoint that a folder is in, or is. */
function dataFolderOf(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, 'state', 's3.journal'))) return at;
    if (dirname(at) === at) return undefined;
  }
}
