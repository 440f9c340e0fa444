import type { FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { JournalError } from './journal-error.js';

/**
 * One group of entries: a line `length checksum`, both hexadecimal, then one line of JSON an entry. Length and
 * checksum tell a group that a crash cut short, which only the last can be, from one that the disk damaged.
 */
const headerLength = 18;

/** Writes a group. */
export function encodeFrame(entries: readonly unknown[]): Buffer {
  const body = Buffer.from(entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  const header = `${hex(body.length)} ${hex(crc32(body))}\n`;
  return Buffer.concat([Buffer.from(header), body]);
}

const hex = (value: number): string => value.toString(16).padStart(8, '0');

/** Reads all whole groups; answers where the last one ends. */
export async function readFrames(
  file: FileHandle,
  path: string,
  take: (entry: unknown) => void,
): Promise<number> {
  const { size } = await file.stat();
  let at = 0;
  while (at + headerLength <= size) {
    const header = (await readAt(file, at, headerLength)).toString('latin1');
    const found = /^([0-9a-f]{8}) ([0-9a-f]{8})\n$/.exec(header);
    const length = Number.parseInt(found?.[1] ?? '', 16);
    const end = at + headerLength + length;
    if (found === null || end > size) return tornOrDamaged(file, path, at, size);
    const body = await readAt(file, at + headerLength, length);
    if (hex(crc32(body)) !== found[2]) {
      // The group before the file's end may be torn; one with others behind it was acknowledged.
      if (end === size) return at;
      throw damaged(path, at);
    }
    for (const line of body.toString().split('\n')) {
      if (line !== '') take(JSON.parse(line));
    }
    at = end;
  }
  return at;
}

/** Without a sound header the rest is a torn group, unless another whole group follows. */
async function tornOrDamaged(file: FileHandle, path: string, at: number, size: number): Promise<number> {
  const rest = (await readAt(file, at, size - at)).toString('latin1');
  const header = /(?:^|\n)([0-9a-f]{8}) ([0-9a-f]{8})\n/g;
  for (const found of rest.slice(1).matchAll(header)) {
    const start = at + 1 + found.index + found[0].length;
    const length = Number.parseInt(found[1] ?? '', 16);
    if (start + length > size) continue;
    const body = await readAt(file, start, length);
    if (hex(crc32(body)) === found[2]) throw damaged(path, at);
  }
  return at;
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  for (let at = 0; at < length;) {
    const { bytesRead } = await file.read(buffer, at, length - at, position + at);
    if (bytesRead === 0) return buffer.subarray(0, at);
    at += bytesRead;
  }
  return buffer;
}

function damaged(path: string, at: number): JournalError {
  return new JournalError(
    'JOURNAL_CORRUPT',
    `The journal ${path} is damaged at byte ${at}, and sound entries follow; restore it from a copy, or move it away to start empty`,
  );
}
