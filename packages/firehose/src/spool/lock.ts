import { linkSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spoolLockedError } from './spool-errors.js';

/** When a process began, in the kernel's ticks; undefined where there is no /proc. A pid alone may be reused. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The second field is the program's name in parentheses and may hold blanks; the start is the 22nd.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined; // No such process, or no /proc: then the pid has to do.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function isHeld(content: string): boolean {
  const [pidText = '', start = ''] = content.split(' ');
  const pid = Number(pidText);
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return false;
  return start === '' || startOf(pid) === undefined || startOf(pid) === start;
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

/**
 * Takes a directory for this process alone; the result gives it back. The lock of a process that has ended is
 * taken over.
 *
 * @throws FirehoseError `SPOOL_LOCKED` when a living process holds it.
 */
export function lockDirectory(dir: string): () => void {
  const path = join(dir, 'lock');
  // The random part keeps apart two producers of one process, of which only one may have the directory.
  const mine = `${process.pid} ${startOf(process.pid) ?? ''} ${Math.random().toString(36).slice(2)}`;
  const draft = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  writeFileSync(draft, mine);
  try {
    for (let attempt = 0; attempt < 10; attempt++) {
      try {
        linkSync(draft, path);
        return () => {
          if (readFileSync(path, 'utf8') === mine) unlinkSync(path);
        };
      } catch (error) {
        if (!hasCode(error, 'EEXIST')) throw error;
      }
      const found = readLock(path);
      if (found === undefined) continue;
      if (isHeld(found)) throw spoolLockedError(dir, found.split(' ')[0] ?? '');
      moveAside(path, `${draft}.stale`, found);
    }
    throw spoolLockedError(dir, 'several processes at once');
  } finally {
    unlinkSync(draft);
  }
}

function readLock(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** Removes a stale lock, but puts it back if another process has replaced it in the meantime. */
function moveAside(path: string, aside: string, stale: string): void {
  try {
    renameSync(path, aside);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return;
    throw error;
  }
  if (readFileSync(aside, 'utf8') !== stale) renameSync(aside, path);
  else unlinkSync(aside);
}
