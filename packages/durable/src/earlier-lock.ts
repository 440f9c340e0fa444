import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DurableError } from './errors.js';
import { isAlive, mayBeNode, readText, startOf } from './process-facts.js';

/**
 * Removes the file `lock` by which earlier releases held a folder: the number of a process and, from some, when that
 * began. Called by who holds the folder; throws `FOLDER_IN_USE`, and leaves the file, if that process still has it.
 */
export function removeEarlierLock(folder: string): void {
  const path = join(folder, 'lock');
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return;
  const pid = holderOf(readText(path) ?? '');
  if (pid === undefined) {
    rmSync(path, { force: true });
    return;
  }
  const holder = `process ${pid} (an earlier release)`;
  throw new DurableError(
    'FOLDER_IN_USE',
    `The folder ${folder} is in use by ${holder}. Stop it, or use another folder. If process ${pid} is another program, remove ${path}.`,
    { path: folder, holder },
  );
}

/** The living process that a lock names; a number that was given again names nobody. */
function holderOf(text: string): number | undefined {
  const [, number, start] = /^(\d+)(?: (\d+))?/.exec(text) ?? [];
  const pid = Number(number);
  if (!Number.isSafeInteger(pid) || pid === 0 || !isAlive(pid)) return undefined;
  const began = startOf(pid);
  if (start !== undefined && began !== undefined) return start === began ? pid : undefined;
  // In a container each process gets the number of the one before it.
  return pid !== process.pid && mayBeNode(pid) ? pid : undefined;
}
