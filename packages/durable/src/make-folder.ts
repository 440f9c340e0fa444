import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { checkPath } from './errors.js';

/**
 * Makes a folder and those above it; does nothing where it is there. Node's own recursive `mkdir` never returns below /proc
 * and its like (Node 20), where a folder is there and yet nothing can be made in it.
 *
 * @throws the error of the system, with the path of the folder that it does not make
 *
 * @example
 * ```ts
 * import { makeFolder } from '@store/durable';
 *
 * makeFolder('data/2026/01');
 * ```
 */
export function makeFolder(path: string): void {
  checkPath('path', path);
  if (isFolder(path)) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process may have made it in the meantime.
    if (!isFolder(path)) throw error;
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch {
    // What may not be looked at: making it says why.
    return false;
  }
}
