import { createHash, randomBytes } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { removeEarlierLock } from './earlier-lock.js';
import { checkPath, DurableError, hasCode } from './errors.js';
import { makeFolder } from './make-folder.js';
import { platformOf, type Platform } from './platform.js';
import { readText, startOf } from './process-facts.js';
import { removeSocket } from './remove-socket.js';
import { areAlive } from './socket-probe.js';

/** A folder that this owner alone has. */
export interface FolderLock extends Disposable {
  /** Folder that is held. */
  readonly folder: string;
  /** Lets others have it; the end of the process does the same. */
  release(): void;
}

/** Two that start at one instant agree within milliseconds, unless one of them is stopped in the middle. */
const PATIENCE_MS = 5000;
const SOCKET_NAME = /^lock-[0-9a-f]{16}\.sock$/;

/**
 * Takes a folder for this owner alone, in this process and any other of the machine, containers included; the folder
 * is made if it is missing. The kernel ends the hold with the process, however that ends; no file of this release
 * holds a folder by itself. A file `lock` of an earlier release does while the process that it names lives.
 *
 * A holder listens on a socket file of a name of its own in the folder, and looks at the others only after its own is
 * there: of two, the later one sees the earlier one. So no file is ever replaced or shared, and removing one whose
 * process has ended is always right. Beside the socket, a text says who holds the folder.
 *
 * @throws {@link DurableError} `FOLDER_IN_USE`, with who holds it, or `LOCK_UNSUPPORTED`.
 *
 * @example
 * ```ts
 * import { lockFolder } from '@store/durable';
 *
 * const lock = lockFolder('data');
 * // … nobody else writes into data …
 * lock.release();
 * ```
 */
export function lockFolder(folder: string, platform: Platform = platformOf()): FolderLock {
  checkPath('folder', folder);
  makeFolder(folder);
  accessSync(folder, constants.W_OK);
  const release =
    platform.lock === 'named-pipe' ? holdName(folder, pipeName(folder)) : holdSocket(folder, platform);
  try {
    removeEarlierLock(folder);
  } catch (error) {
    release();
    throw error;
  }
  let held = true;
  const releaseOnce = (): void => {
    if (held) release();
    held = false;
  };
  return { folder, release: releaseOnce, [Symbol.dispose]: releaseOnce };
}

/** The name of a folder's pipe on Windows, which the kernel gives to one process at a time. */
export function pipeName(folder: string): string {
  const path = realpathSync(folder).toLowerCase();
  return `\\\\.\\pipe\\store-lock-${createHash('sha256').update(path).digest('hex')}`;
}

/** Holds a name that is not a file; it is refused while anybody has it. */
function holdName(folder: string, name: string): () => void {
  const note = join(folder, 'lock-holder.json');
  const server = listen(name);
  if (server === undefined) throw inUse(folder, note);
  writeNote(note);
  return () => {
    rmSync(note, { force: true });
    server.close();
  };
}

function holdSocket(folder: string, platform: Platform): () => void {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const mine = `lock-${randomBytes(8).toString('hex')}.sock`;
    const server = listenIn(folder, mine, platform);
    if (server === undefined) {
      if (platform.abstractSockets) return holdName(folder, abstractName(folder));
      throw unsupported(folder);
    }
    const leave = (): void => {
      rmSync(noteOf(join(folder, mine)), { force: true });
      removeSocket(join(folder, mine));
      server.close();
    };
    try {
      if (decide(folder, mine, platform, deadline)) {
        writeNote(noteOf(join(folder, mine)));
        return leave;
      }
    } catch (error) {
      leave();
      throw error;
    }
    leave();
    pause(5 + Math.random() * 20);
  }
}

/** Waits until the others are gone (true) or this one must step back and come again (false); throws if one holds it. */
function decide(folder: string, mine: string, platform: Platform, deadline: number): boolean {
  for (;;) {
    const others = livingOthers(folder, mine, platform);
    if (others.length === 0) return true;
    const holder = others.find((name) => existsSync(noteOf(join(folder, name))));
    if (holder !== undefined || performance.now() > deadline) {
      throw inUse(folder, noteOf(join(folder, holder ?? others[0] ?? '')));
    }
    // All of them are deciding, too: the lowest name waits, and the others, which see it or hold already, do not.
    if (others.some((name) => name < mine)) return false;
    pause(2);
  }
}

/** Sockets of other owners that live; what ended processes have left is removed. */
function livingOthers(folder: string, mine: string, platform: Platform): readonly string[] {
  const names = readdirSync(folder).filter((name) => SOCKET_NAME.test(name) && name !== mine);
  const alive =
    names.length === 0
      ? []
      : within(folder, platform, (short) => areAlive(names.map((name) => join(short, name))));
  for (const [index, name] of names.entries()) {
    if (alive[index] === true) continue;
    removeSocket(join(folder, name));
    rmSync(noteOf(join(folder, name)), { force: true });
  }
  removeUnfinished(folder);
  return names.filter((_, index) => alive[index] === true);
}

/** Sockets of processes that ended while they made them. */
function removeUnfinished(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (!name.endsWith('.sock.new')) continue;
    const path = join(folder, name);
    const madeAt = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
    if (Date.now() - madeAt > 60_000) rmSync(path, { force: true });
  }
}

/** Listens on a socket file that is seen under its name only once somebody listens there. */
function listenIn(folder: string, name: string, platform: Platform): Server | undefined {
  const server = within(folder, platform, (short) => listen(join(short, `${name}.new`)));
  if (server !== undefined) renameSync(join(folder, `${name}.new`), join(folder, name));
  return server;
}

/** Listens on a path, before it returns; undefined if that cannot be. */
function listen(path: string): Server | undefined {
  const server = createServer((socket) => socket.destroy());
  // What goes wrong shows below, immediately; the event comes later and says no more.
  server.on('error', () => undefined);
  server.listen({ path, exclusive: true, readableAll: true, writableAll: true });
  if (!server.listening) return undefined;
  server.unref();
  return server;
}

/** Calls back with a path of the folder that is short enough for a socket's address. */
function within<Result>(folder: string, platform: Platform, use: (short: string) => Result): Result {
  const longest = Buffer.byteLength(join(folder, `lock-${'0'.repeat(16)}.sock.new`));
  if (longest <= platform.socketPathBytes) return use(folder);
  const detour = mkdtempSync(join(tmpdir(), 'lock-'));
  try {
    symlinkSync(resolve(folder), join(detour, 'd'));
    return use(join(detour, 'd'));
  } finally {
    rmSync(detour, { recursive: true, force: true });
  }
}

function abstractName(folder: string): string {
  const { dev, ino } = statSync(folder);
  return `\0store-lock/${dev}:${ino}`;
}

/** Where a holder says who it is; it is there from when it holds. */
const noteOf = (socket: string): string => socket.replace(/\.sock$/, '.json');

/** A full disk takes the file and not the text: then nobody knows who, and it is held all the same. */
function writeNote(path: string): void {
  try {
    writeFileSync(path, holderText());
  } catch (error) {
    if (!hasCode(error, 'ENOSPC', 'EDQUOT') || !existsSync(path)) throw error;
  }
}

function holderText(): string {
  const { pid } = process;
  const since = new Date().toISOString();
  return `${JSON.stringify({ pid, host: hostname(), since, started: startOf(pid), boot: bootId() })}\n`;
}

const bootId = (): string | undefined => readText('/proc/sys/kernel/random/boot_id')?.trim();

function inUse(folder: string, note: string): DurableError {
  const holder = holderOf(note);
  return new DurableError(
    'FOLDER_IN_USE',
    `The folder ${folder} is in use by ${holder ?? 'another process'}. Stop it, or use another folder.`,
    { path: folder, ...(holder === undefined ? {} : { holder }) },
  );
}

function holderOf(note: string): string | undefined {
  const found = /"pid":(\d+),"host":"([^"]*)","since":"([^"]*)"/.exec(readText(note) ?? '');
  if (found === null) return undefined;
  const [, pid = '', host = '', since = ''] = found;
  return `process ${pid} (${host}, since ${since})`;
}

function unsupported(folder: string): DurableError {
  return new DurableError(
    'LOCK_UNSUPPORTED',
    `The file system of ${folder} takes no socket file, so that nothing could keep a second owner out. Use a folder on a local disk.`,
    { path: folder },
  );
}

function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
