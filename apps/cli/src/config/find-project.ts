import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Names of the configuration file, in the order in which they are looked for. */
const fileNames = [
  'store.config.ts',
  'store.config.mts',
  'store.config.mjs',
  'store.config.js',
  'store.config.json',
];

/** Folder below a project in which commands keep lakes and endpoints. */
const stateFolder = '.store';

/** The folder that commands work for. */
export interface Project {
  readonly folder: string;
  /** Its configuration file, if it has one. */
  readonly config?: string;
}

/**
 * Returns the nearest folder, from where the person stands upwards, that has a `store.config.*` or a `.store` folder;
 * where none has, the folder itself. git, turbo and vite look for theirs in the same way.
 */
export function findProject(cwd: string): Project {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const config = fileNames.map((name) => join(folder, name)).find((path) => existsSync(path));
    if (config !== undefined) return { folder, config };
    if (statSync(join(folder, stateFolder), { throwIfNoEntry: false })?.isDirectory() === true)
      return { folder };
    if (dirname(folder) === folder) return { folder: cwd };
  }
}
