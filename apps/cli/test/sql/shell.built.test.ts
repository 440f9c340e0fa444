import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { bin, ended, start, startEndpoint } from '../built-command.js';
import { temporaryFolder } from '../folder.js';
import { eventWith, writeLake } from '../query/pretend-lake.js';

/** A person at a terminal: what is typed, and what the screen shows of it. */
interface Person {
  type(keys: string): void;
  /** Waits until the screen shows a text behind what was waited for before. */
  see(text: string | RegExp): Promise<void>;
  /** Waits for the end; gives the exit code. */
  leave(): Promise<number | null>;
}

const ctrl = (letter: string): string => String.fromCharCode(letter.charCodeAt(0) - 64);

/** Starts the shell on a pseudo-terminal. */
function sitDown(cwd: string, args: readonly string[]): Person {
  const command = [process.execPath, bin, 'sql', ...args].map((word) => `'${word}'`).join(' ');
  const child: ChildProcess = spawn('script', ['-qefc', command, '/dev/null'], {
    cwd,
    env: { PATH: process.env.PATH ?? '', TERM: 'xterm', NO_COLOR: '1', HOME: cwd },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
  onTestFinished(() => {
    child.kill();
  });
  let screen = '';
  let seen = 0;
  let changed = (): void => undefined;
  child.stdout?.on('data', (chunk: Buffer) => {
    screen += chunk.toString('utf8');
    changed();
  });
  let isClosed = false;
  void closed.then(() => {
    isClosed = true;
    changed();
  });
  return {
    type: (keys) => child.stdin?.write(keys),
    see: async (text) => {
      for (;;) {
        const pattern =
          typeof text === 'string' ? new RegExp(text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')) : text;
        const found = pattern.exec(screen.slice(seen));
        if (found !== null) {
          seen += found.index + found[0].length;
          return;
        }
        if (isClosed) throw new Error(`The shell ended without ${String(text)}: ${screen.slice(seen)}`);
        await new Promise<void>((resolve) => {
          changed = resolve;
        });
      }
    },
    leave: async () => closed,
  };
}

const hasScript = process.platform === 'linux' && existsSync('/usr/bin/script');

test.skipIf(!hasScript)(
  'a person completes a name, writes over lines, stops a statement, and finds it all in the history (needs `script` of util-linux)',
  async () => {
    const cwd = await temporaryFolder();
    const lake = join(cwd, 'lake');
    await writeLake(lake, [eventWith({}), eventWith({ sequence: 2 })]);
    const person = sitDown(cwd, ['--data', 'lake']);
    await person.see('SQL over lake.');
    await person.see('store> ');
    person.type('.ta\t');
    await person.see('.tables');
    person.type('\r');
    await person.see('inventory_events\r\n');
    await person.see('store> ');
    person.type('select count(*) as n, max(current_st\t');
    await person.see('current_stock');
    person.type(') as top\r');
    await person.see('     > ');
    person.type('from inventory_events;\r');
    await person.see(/n +top\r\n2 +10\r\n/);
    await person.see('store> ');

    person.type('select nosuch;\r');
    await person.see('Error: Binder Error');
    await person.see('store> ');

    // A statement that would take years ends at Ctrl-C, and the shell stays open.
    person.type('select count(*) from range(100000000000) a, range(100000000000) b;\r');
    await person.see('b;');
    person.type(ctrl('C'));
    await person.see('Stopped. The statement was stopped.');
    await person.see('store> ');
    person.type('select 6 * 7 as answer;\r');
    await person.see(/answer\r\n +42\r\n/);
    await person.see('store> ');

    // Ctrl-C on a line drops it, with what came before.
    person.type("select 'half\r");
    await person.see("'> ");
    person.type('of it');
    await person.see('of it');
    person.type(ctrl('C'));
    await person.see('^C');
    await person.see('store> ');
    person.type('select 1 as whole;\r');
    await person.see(/whole\r\n +1\r\n/);
    await person.see('store> ');
    person.type(ctrl('D'));
    expect(await person.leave()).toBe(0);

    const history = join(cwd, '.store', 'sql-history');
    expect((await readFile(history, 'utf8')).split('\n').slice(0, 3)).toEqual([
      '.tables',
      'select count(*) as n, max(current_stock) as top',
      'from inventory_events;',
    ]);
    expect((await stat(history)).mode & 0o077).toBe(0);
    const again = sitDown(cwd, ['--data', 'lake']);
    await again.see('store> ');
    again.type('\u001b[A');
    await again.see('select 1 as whole;');
    again.type('\r');
    await again.see(/whole\r\n +1\r\n/);
    await again.see('store> ');
    again.type('.quit\r');
    expect(await again.leave()).toBe(0);
  },
);

test('a pipe to the built command reads what the endpoint has acknowledged and not yet delivered', async () => {
  const cwd = await temporaryFolder();
  const { endpoint, stop } = await startEndpoint(cwd);
  try {
    const env = { AWS_ENDPOINT_URL: endpoint };
    const sent = await ended(start(['stream', '--stores', '2', '--products', '5', '--quiet'], cwd, env));
    expect(sent.stderr).toBe('');
    const script = [
      '.mode csv',
      'select count(distinct store_id) as stores',
      'from inventory_events;',
      '.tables',
      '.schema inventory_events',
      'select nosuch from inventory_events;',
      'select 1;',
    ].join('\n');
    const { code, stdout, stderr } = await ended(start(['sql'], cwd, env, script));
    expect(stdout).toMatch(/^stores\n2\ninventory_events\n/);
    expect(stdout).toMatch(/\ninventory_events +current_stock +integer\n/);
    expect(stdout).not.toContain('_col0');
    expect(stderr).toMatch(/^Error: .*COLUMN_NOT_FOUND/);
    expect(code).toBe(1);
  } finally {
    await stop();
  }
});
