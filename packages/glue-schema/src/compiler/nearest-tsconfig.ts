import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The tsconfig.json that tsc would find: in the file's folder or above. */
export function nearestTsconfig(file: string): string | undefined {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const found = join(folder, 'tsconfig.json');
    if (existsSync(found)) return found;
    if (folder === dirname(folder)) return undefined;
  }
}
