import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CliError } from '../terminal/errors.js';

/** The file by which a folder is known to be a demo's, and so may be replaced by the next one. */
const marker = 'store-demo.json';

/** The folder of one demo. */
export interface DemoFolder {
  readonly path: string;
  /** Writes the result beside the lake; only now does the folder look finished. */
  finish(result: unknown): Promise<void>;
  /** Lets go of the folder. */
  release(): Promise<void>;
}

/** Empties an earlier demo's folder, or makes a new one; a folder that holds anything else is left alone. */
export async function claimDemoFolder(path: string): Promise<DemoFolder> {
  await mkdir(path, { recursive: true });
  const present = await readdir(path);
  if (present.length > 0 && !present.includes(marker)) {
    throw new CliError(`The folder ${path} holds files that no demo has written.`, {
      code: 'NOT_A_DEMO_FOLDER',
      fix: 'Name an empty or a new folder with --out.',
    });
  }
  if (present.includes(marker)) await refuseWhileRunning(path);
  await Promise.all(
    present.filter((name) => name !== marker).map(async (name) => rm(join(path, name), { recursive: true })),
  );
  await writeFile(join(path, marker), `${JSON.stringify({ state: 'running', pid: process.pid })}\n`);
  return {
    path,
    async finish(result) {
      await replace(join(path, 'summary.json'), `${JSON.stringify(result, null, 2)}\n`);
    },
    async release() {
      await replace(join(path, marker), `${JSON.stringify({ state: 'done' })}\n`);
    },
  };
}

async function refuseWhileRunning(path: string): Promise<void> {
  const kept: unknown = JSON.parse(await readFile(join(path, marker), 'utf8').catch(() => '{}'));
  const pid = typeof kept === 'object' && kept !== null && 'pid' in kept ? kept.pid : undefined;
  if (typeof pid !== 'number' || pid === process.pid || !isRunning(pid)) return;
  throw new CliError(`Another demo (process ${pid}) is using ${path}.`, {
    code: 'FOLDER_IN_USE',
    fix: 'Wait for it, stop it, or name another folder with --out.',
  });
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    // Signal 0 only asks; an error says that there is no such process, or not one of ours.
    return false;
  }
}

async function replace(path: string, content: string): Promise<void> {
  await writeFile(`${path}.partial`, content);
  await rename(`${path}.partial`, path);
}
