import { unlinkSync } from 'node:fs';
import { hasCode } from './errors.js';

/**
 * Removes a socket file, or finds it gone. `rmSync` would look at the file first, and Node 20 keeps what it saw last: the next
 * `import()` of a package then stops at a socket, leaves the package's symbolic links as they are, and finds none of its
 * dependencies.
 */
export function removeSocket(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
  }
}
