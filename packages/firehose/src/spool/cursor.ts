import { closeSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

/** Acknowledged records of each segment: all below the first number, and those of the list. */
export type Cursor = ReadonlyMap<number, readonly [low: number, sparse: readonly number[]]>;

const HEADER_BYTES = 12;
/** What is larger was not written here: some million acknowledgements out of order. */
const MOST_BYTES = 16 * 1024 * 1024;
const NAMES = ['acknowledged-0', 'acknowledged-1'] as const;

/**
 * The acknowledgements on disk, in two files written in turn: if the process is killed while it writes one,
 * the other is complete. Neither is renamed or cut short, since file systems flush to disk at that. Losing
 * both costs duplicates only.
 */
export class CursorFiles {
  readonly #dir: string;
  readonly #fds = new Map<string, number>();
  #count: number;

  constructor(dir: string, count: number) {
    this.#dir = dir;
    this.#count = count;
  }

  write(cursor: Cursor): void {
    const entries = [...cursor].map(([seq, [low, sparse]]) => [seq, low, ...sparse]);
    const text = Buffer.from(JSON.stringify(entries));
    const header = Buffer.alloc(HEADER_BYTES);
    this.#count++;
    header.writeUInt32LE(text.length, 4);
    header.writeUInt32LE(this.#count, 8);
    header.writeUInt32LE(crc32(text, crc32(header.subarray(4))), 0);
    const bytes = Buffer.concat([header, text]);
    writeSync(this.#file(NAMES[this.#count % 2 === 0 ? 0 : 1]), bytes, 0, bytes.length, 0);
  }

  /** Closes the files, and removes them if nothing is left to remember. */
  close(remove: boolean): void {
    for (const fd of this.#fds.values()) closeSync(fd);
    this.#fds.clear();
    if (remove) for (const name of NAMES) rmSync(join(this.#dir, name), { force: true });
  }

  #file(name: string): number {
    // Append mode would ignore the position, and `w` would cut the file; `r+` wants it to exist.
    const fd = this.#fds.get(name) ?? openSync(join(this.#dir, name), 0o102); // O_CREAT | O_RDWR
    this.#fds.set(name, fd);
    return fd;
  }
}

/** Reads the newer of the whole cursor files. */
export function readCursor(dir: string): { readonly cursor: Cursor; readonly count: number } {
  let newest: { readonly cursor: Cursor; readonly count: number } = { cursor: new Map(), count: 0 };
  for (const name of NAMES) {
    const found = readOne(join(dir, name));
    if (found !== undefined && found.count > newest.count) newest = found;
  }
  return newest;
}

function readOne(path: string): { readonly cursor: Cursor; readonly count: number } | undefined {
  let bytes: Buffer;
  try {
    if (statSync(path).size > MOST_BYTES) return undefined;
    bytes = readFileSync(path);
  } catch {
    return undefined; // No file, or none that can be read: nothing is acknowledged.
  }
  if (bytes.length < HEADER_BYTES) return undefined;
  const text = bytes.subarray(HEADER_BYTES, HEADER_BYTES + bytes.readUInt32LE(4));
  if (crc32(text, crc32(bytes.subarray(4, HEADER_BYTES))) !== bytes.readUInt32LE(0)) return undefined;
  // The checksum says that these are the entries that `write` made.
  const entries = JSON.parse(text.toString()) as [number, number, ...number[]][];
  const cursor = new Map(entries.map(([seq, low, ...sparse]) => [seq, [low, sparse] as const]));
  return { cursor, count: bytes.readUInt32LE(8) };
}
