import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { bin } from '../built-command.js';
import { temporaryFolder } from '../folder.js';

const root = join(import.meta.dirname, '..', '..', '..', '..');
/** So that pages of several tests can be served at a time. */
const settings = { STORE_PORT: '0', NO_COLOR: '1', STORE_STORES: '2', STORE_PRODUCTS: '10' };

/** Starts a line of a shell in a process group of its own, without what started this test. */
function startLine(line: string, cwd: string, path = ''): ChildProcess {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_|^INIT_CWD$/.test(name)),
  );
  return spawn('bash', ['-c', line], {
    cwd,
    env: { ...env, ...settings, PATH: `${path}:${dirname(process.execPath)}:${env.PATH ?? ''}` },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
}

/** Runs a line to its end, which must be good; `store up` is stopped once its page is there, and whoever waits for it says so. */
async function runLine(line: string, cwd: string, path?: string): Promise<string> {
  const child = startLine(line, cwd, path);
  if (child.stdout === null || child.stderr === null) throw new Error('Pipes were asked for.');
  const closed = once(child, 'close');
  const errors = text(child.stderr);
  let stdout = '';
  let isServed = false;
  for await (const chunk of child.stdout) {
    stdout += String(chunk);
    if (!/ up\b/.test(line) || !stdout.includes('Ctrl-C stops it')) continue;
    isServed = true;
    process.kill(-(child.pid ?? 0), 'SIGINT');
    break;
  }
  const [code] = (await closed) as [number | null];
  if (!isServed && code !== 0) throw new Error(`${line} ended with ${code ?? 'a signal'}: ${await errors}`);
  return stdout;
}

/** Lines of a list of commands, up to the two blanks before what they are for. */
const commandsOf = (page: string): string[] =>
  page
    .split('Try next\n')
    .slice(1)
    .flatMap((list) => list.split('\n'))
    .flatMap((line) => /^ {2}(\S.*?)(?: {2,}|$)/.exec(line)?.[1] ?? []);

test.each(['npm', './store', 'PATH', 'node'])(
  'what `store demo` prints runs as printed when it was started by %s',
  async (way) => {
    const cwd = await temporaryFolder();
    const bins = await temporaryFolder();
    if (way === 'PATH') await symlink(bin, join(bins, 'store'));
    const begin = {
      npm: `npm run --prefix ${root} store --`,
      './store': relative(cwd, join(root, 'store')),
      PATH: 'store',
      node: `node ${relative(cwd, bin)}`,
    }[way];
    const commands = commandsOf(await runLine(`${begin ?? ''} demo`, cwd, bins));
    expect(commands).toHaveLength(3);
    for (const command of commands) {
      // The path of a script is printed from here or from the root, whichever is shorter.
      const printed = way === 'node' ? 'node ' : `${begin ?? ''} `;
      expect(command.slice(0, printed.length)).toBe(printed);
      expect(await runLine(command, cwd, bins)).not.toBe('');
    }
  },
);

test('the fix of an error runs as printed, and then so does the command', async () => {
  const cwd = await temporaryFolder();
  const query = `node ${relative(cwd, bin)} query 'select count(*) from inventory_events'`;
  const child = startLine(query, cwd);
  if (child.stderr === null) throw new Error('A pipe was asked for.');
  const [, fix = ''] = /Fix: .*?`([^`]+)`/.exec(await text(child.stderr)) ?? [];
  await runLine(fix, cwd);
  expect(await runLine(query, cwd)).toContain('count');
});
