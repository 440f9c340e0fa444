import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { bin } from '../built-command.js';
import { temporaryFolder } from '../folder.js';
import { feedSays } from './store-up.js';

/** Processes of the machine that have a path among their arguments, except one. */
function processesWith(path: string, except: number | undefined): readonly number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && pid !== except)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(path);
      } catch {
        // It has ended meanwhile.
        return false;
      }
    });
}

/** Moments of the start of an endpoint, of which the first comes while its program is still read. */
const moments = {
  'has a process': (data: string, pid: number | undefined) => processesWith(data, pid).length > 0,
  'has its folder': (data: string) => existsSync(join(data, 'state')),
  'has its bucket': (data: string) => existsSync(join(data, 's3', 'store-lake')),
} as const;

const cases = (['SIGKILL', 'SIGINT', 'SIGHUP'] as const).flatMap((signal) =>
  Object.keys(moments).map((moment) => [signal, moment as keyof typeof moments] as const),
);

test.runIf(process.platform === 'linux').each(cases)(
  '%s to `store up` when its endpoint %s leaves no process behind',
  async (signal, moment) => {
    const data = join(await temporaryFolder(), 'up');
    const args = ['up', '--port', '0', '--data', data, '--stores', '1', '--products', '2'];
    const child = spawn(process.execPath, [bin, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
    const stderr = text(child.stderr);
    const closed = once(child, 'exit');
    onTestFinished(() => {
      for (const pid of processesWith(data, undefined)) process.kill(pid, 'SIGKILL');
    });
    await expect.poll(() => moments[moment](data, child.pid), { interval: 2 }).toBe(true);
    child.kill(signal);
    const [code, by] = (await closed) as [number | null, NodeJS.Signals | null];
    await expect.poll(() => processesWith(data, undefined)).toEqual([]);
    if (signal === 'SIGKILL') return;
    expect([code, by]).toEqual(signal === 'SIGHUP' ? [null, signal] : [130, null]);
    expect(await stderr).toMatch(/^Stopped\. .*\.\n$/);
  },
);

test.runIf(process.platform === 'linux')(
  '`store up` ends with events that its endpoint never took, where that cannot start again',
  async () => {
    const data = join(await temporaryFolder(), 'up');
    const world = ['--stores', '20', '--products', '50', '--speed', '36000'];
    const child = spawn(process.execPath, [bin, 'up', '--port', '0', '--json', '--data', data, ...world], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const stderr = text(child.stderr);
    const closed = once(child, 'exit');
    onTestFinished(() => {
      for (const pid of processesWith(data, undefined)) process.kill(pid, 'SIGKILL');
    });
    const [greeting] = (await once(child.stdout, 'data')) as [Buffer];
    const { page } = JSON.parse(greeting.toString('utf8')) as { page: string };
    for (const pid of processesWith(data, child.pid)) process.kill(pid, 'SIGKILL');
    renameSync(join(data, 'state'), join(data, 'state-before'));
    writeFileSync(join(data, 'state'), '');
    await feedSays(page, /"waiting":[1-9]/);
    child.kill('SIGTERM');
    expect(await closed).toEqual([1, null]);
    expect(await stderr).toContain('NO_ENDPOINT');
    expect(processesWith(data, undefined)).toEqual([]);
  },
);
