import { open, readFile, rm } from 'node:fs/promises';
import { EmulatorError } from './errors.js';

/** Folders that this process serves; a lock that names this process and is not among them is a dead one's. */
const held = new Set<string>();

/** Keeps two endpoints from writing into one folder; a lock whose process is gone does not count. */
export async function lockFolder(path: string): Promise<() => Promise<void>> {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      const handle = await open(path, 'wx');
      await handle.writeFile(String(process.pid));
      await handle.close();
      held.add(path);
      return async () => {
        held.delete(path);
        await rm(path, { force: true });
      };
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    const owner = Number(await readFile(path, 'utf8').catch(() => ''));
    if (owner === process.pid ? held.has(path) : owner > 0 && isAlive(owner)) {
      throw new EmulatorError(
        'DATA_DIR_IN_USE',
        `Process ${owner} serves this folder. Stop it, or choose another \`dataDir\`.`,
      );
    }
    await rm(path, { force: true });
  }
  throw new EmulatorError('DATA_DIR_IN_USE', `The lock ${path} keeps coming back. Remove it by hand.`);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
