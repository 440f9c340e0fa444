import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** The command as it is installed. */
export const bin: string = join(import.meta.dirname, '..', 'bin', 'store.js');

/** Starts the command in a process of its own. */
export function start(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
  stdin = '',
): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, [bin, ...args], {
    cwd,
    env: { PATH: process.env.PATH ?? '', ...env },
  });
  child.stdin.end(stdin);
  return child;
}

/** Waits for the end, with everything that was printed. */
export async function ended(
  child: ChildProcessWithoutNullStreams,
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const exit = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await exit, stdout, stderr };
}

/** Starts the embedded endpoint as its own process, as one would in another terminal. */
export async function startEndpoint(
  cwd: string,
  flags: readonly string[] = [],
): Promise<{ endpoint: string; stop: () => Promise<void> }> {
  const child = start(['emulator', '--json', '--port', '0', '--data', join(cwd, 'endpoint'), ...flags], cwd);
  const closed = new Promise<void>((resolve) => child.on('close', resolve));
  const [greeting] = (await once(child.stdout, 'data')) as [Buffer];
  const { endpoint } = JSON.parse(greeting.toString('utf8')) as { endpoint: string };
  return {
    endpoint,
    stop: async () => {
      child.kill('SIGINT');
      await closed;
    },
  };
}

/** Bytes that the endpoint has on disk in its delivery stream's log. */
export async function loggedBytes(cwd: string): Promise<number> {
  const log = join(cwd, 'endpoint', 'state', 'firehose', 'stream-inventory-events', 'log');
  const files = await readdir(log).catch(() => []);
  const segments = files.filter((name) => name.endsWith('.log'));
  const sizes = await Promise.all(segments.map(async (name) => (await stat(join(log, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
