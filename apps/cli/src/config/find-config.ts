import { existsSync } from 'node:fs';
import { join } from 'node:path';

const fileNames = [
  'store.config.ts',
  'store.config.mts',
  'store.config.mjs',
  'store.config.js',
  'store.config.json',
];

/** The configuration file of a folder, if there is one. */
export function findConfig(folder: string): string | undefined {
  return fileNames.map((name) => join(folder, name)).find((path) => existsSync(path));
}
