import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { hasCode } from './errors.js';

/** Returns a file's text; undefined if it cannot be read: only Linux has /proc, and processes come and go. */
export function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** Returns when a process began, in ticks since the machine did: a number of a process alone may be given again. */
export function startOf(pid: number): string | undefined {
  return statOf(pid)?.[19];
}

/** Returns whether a process is there and has not ended, as far as the system says so. */
export function isAlive(pid: number): boolean {
  if (['Z', 'X'].includes(statOf(pid)?.[0] ?? '')) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It lives, and belongs to somebody else.
    return hasCode(error, 'EPERM');
  }
}

/** Returns whether a process runs Node; true where the system does not tell. */
export function mayBeNode(pid: number): boolean {
  const command = readText(`/proc/${pid}/cmdline`);
  const name = readText(`/proc/${pid}/comm`)?.trim();
  if (command === undefined && name === undefined) return true;
  return [name, basename(command?.split('\0')[0] ?? '')].some((word) => /^node(?:js|\d+)?$/.test(word ?? ''));
}

/** The fields of a process's `stat` from the third on: the second is the name in parentheses and may hold blanks. */
function statOf(pid: number): readonly string[] | undefined {
  const stat = readText(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
}
