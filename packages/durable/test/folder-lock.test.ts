import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bundle } from '../../../scripts/bundle.mjs';
import { lockFolder, platformOf } from '../src/index.js';
import { pipeName } from '../src/folder-lock.js';
import { startOf } from '../src/process-facts.js';

let folder = '';
const children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'folder-lock-'));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

const node = [process.execPath, await bundle(join(import.meta.dirname, 'lock-child.ts'))];

function start(words: readonly string[], before: readonly string[] = []): ChildProcess {
  const [command = '', ...rest] = [...before, ...node, ...words];
  const child = spawn(command, rest, { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  return child;
}

/** The next line of a child. */
async function line(child: ChildProcess): Promise<string> {
  let text = '';
  for await (const [piece] of eachData(child)) {
    text += String(piece);
    if (text.includes('\n')) return text.slice(0, text.indexOf('\n'));
  }
  return text;
}

async function* eachData(child: ChildProcess): AsyncGenerator<unknown[]> {
  for (;;) {
    const stdout = child.stdout;
    if (stdout === null) return;
    yield await Promise.race([once(stdout, 'data'), once(stdout, 'end').then(() => ['\n'])]);
  }
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

const namespaces = ['unshare', '--pid', '--net', '--fork', '--mount-proc', '--kill-child=SIGKILL'];
const hasNamespaces = spawnSync(namespaces[0] ?? '', [...namespaces.slice(1), 'true']).status === 0;

test('a second owner in the same process is refused, and told who holds the folder', () => {
  const lock = lockFolder(folder);
  expect(() => lockFolder(folder)).toThrow(
    expect.objectContaining({
      code: 'FOLDER_IN_USE',
      path: folder,
      holder: expect.stringContaining(`process ${process.pid} `) as unknown,
    }),
  );
  lock.release();
  expect(readdirSync(folder)).toEqual([]);
  lockFolder(folder).release();
  lock.release();
});

test.each([
  ['process 1', '1'],
  ['this process, which got its number again', String(process.pid)],
  ['a living process that began at another time', `${process.ppid} 1 abc`],
  ['nobody', ''],
  ['an earlier release', '999999999 1 abc'],
])('a file that names %s holds nothing', (_, text) => {
  writeFileSync(join(folder, 'lock'), text);
  writeFileSync(join(folder, 'lock-0123456789abcdef.json'), `{"pid":${process.ppid},"host":"h","since":"s"}`);
  writeFileSync(join(folder, 'lock-0123456789abcdef.sock'), text);
  lockFolder(folder).release();
});

/** A program of another kind, or a process of Node, that lives until the test ends. */
async function living(command: string, ...words: readonly string[]): Promise<number> {
  const child = spawn(command, words, { stdio: 'ignore' });
  children.push(child);
  await once(child, 'spawn');
  return child.pid ?? 0;
}

test.runIf(process.platform === 'linux')(
  'a foreign program that has the number by now holds nothing',
  async () => {
    writeFileSync(join(folder, 'lock'), String(await living('sleep', '60')));
    lockFolder(folder).release();
    expect(readdirSync(folder)).toEqual([]);
  },
);

test.each(['its number', 'its number and start'])(
  'an earlier release that runs holds the folder by %s',
  async (by) => {
    const pid = await living(process.execPath, '-e', 'setInterval(() => 0, 1000)');
    const text = by === 'its number' ? String(pid) : `${pid} ${startOf(pid) ?? ''} abc`;
    writeFileSync(join(folder, 'lock'), text);
    expect(() => lockFolder(folder)).toThrow(
      expect.objectContaining({ code: 'FOLDER_IN_USE', holder: `process ${pid} (an earlier release)` }),
    );
    expect(readdirSync(folder)).toEqual(['lock']);
    expect(readFileSync(join(folder, 'lock'), 'utf8')).toBe(text);
    const [child] = children;
    if (child !== undefined) await kill(child);
    lockFolder(folder).release();
    expect(readdirSync(folder)).toEqual([]);
  },
);

test('a process that is killed holds nothing any more', async () => {
  const child = start(['hold', folder]);
  expect(await line(child)).toBe('held');
  expect(() => lockFolder(folder)).toThrow(`is in use by process ${child.pid ?? 0} `);
  await kill(child);
  expect(readdirSync(folder).length).toBe(2);
  const lock = lockFolder(folder);
  expect(readdirSync(folder).length).toBe(2);
  lock.release();
  expect(readdirSync(folder)).toEqual([]);
});

test('of several that start at one instant, exactly one gets the folder, whatever is there', async () => {
  const rounds = 12;
  for (let round = 0; round < rounds; round++) {
    const one = join(folder, String(round));
    mkdirSync(one);
    // A stale socket in every other one: cleaning up must not open a gap.
    if (round % 2 === 0) await leaveStale(join(one, `lock-${'0'.repeat(16)}.sock`));
  }
  const racers = Array.from({ length: 3 }, () => start(['race', String(rounds), folder]));
  expect(await Promise.all(racers.map(line))).toEqual(racers.map(() => 'ready'));
  for (const { stdin } of racers) stdin?.write(String(Date.now() + 100));
  const mine = await Promise.all(
    racers.map(async (racer) => (await line(racer)).split(' ').filter(Boolean).map(Number)),
  );
  const all = mine.flat().sort((a, b) => a - b);
  expect(all).toEqual(Array.from({ length: rounds }, (_, round) => round));
});

/** A socket file whose listener is gone, as a kill leaves it. */
async function leaveStale(path: string): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(`${path}.first`, resolve));
  // Node removes the name that it made; this one stays.
  renameSync(`${path}.first`, path);
  await new Promise((resolve) => server.close(resolve));
}

test.skipIf(!hasNamespaces)(
  'a process of other PID and network namespaces holds a folder, and is kept out of one',
  async () => {
    const holder = start(['hold', folder], namespaces);
    expect(await line(holder)).toBe('held');
    expect(() => lockFolder(folder)).toThrow(expect.objectContaining({ code: 'FOLDER_IN_USE' }));
    const second = start(['hold', folder], namespaces);
    expect(await line(second)).toMatch(/^FOLDER_IN_USE process \d+ /);
    await kill(holder);
    const lock = lockFolder(folder);
    const third = start(['hold', folder], namespaces);
    expect(await line(third)).toContain(`FOLDER_IN_USE process ${process.pid} `);
    lock.release();
  },
);

test.each(['linux', 'darwin'] as const)(
  'a path too long for a socket address of %s is held as well',
  (name) => {
    const platform = platformOf(name);
    const deep = join(folder, 'd'.repeat(90), 'e'.repeat(90));
    const lock = lockFolder(deep, platform);
    expect(() => lockFolder(deep, platform)).toThrow(expect.objectContaining({ code: 'FOLDER_IN_USE' }));
    lock.release();
    expect(readdirSync(deep)).toEqual([]);
  },
);

test('on Windows a folder is held by a pipe of its own, whatever the case of its name', () => {
  expect(platformOf('win32').lock).toBe('named-pipe');
  expect(pipeName(folder)).toMatch(/^\\\\\.\\pipe\\store-lock-[0-9a-f]{64}$/);
  expect(pipeName(join(folder, '.'))).toBe(pipeName(folder));
});

test('a folder that is named lock is nobody’s lock, and stays', () => {
  mkdirSync(join(folder, 'lock'));
  lockFolder(folder).release();
  lockFolder(folder).release();
  expect(readdirSync(folder)).toContain('lock');
});

test.skipIf(process.platform === 'win32')('a package behind a symbolic link is found after a release', () => {
  for (const name of ['a', 'b']) {
    mkdirSync(join(folder, 'store', name), { recursive: true });
    writeFileSync(join(folder, 'store', name, 'index.js'), '');
  }
  mkdirSync(join(folder, 'node_modules'));
  for (const name of ['a', 'b']) symlinkSync(join(folder, 'store', name), join(folder, 'node_modules', name));
  const { resolve } = createRequire(join(folder, 'main.js'));
  const real = (name: string) => join(realpathSync(folder), 'store', name, 'index.js');
  expect(resolve('a')).toBe(real('a'));
  const expected = real('b');
  lockFolder(folder).release();
  expect(resolve('b')).toBe(expected);
});
