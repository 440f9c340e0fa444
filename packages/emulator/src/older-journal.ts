import { existsSync, readFileSync, statSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { openLog, syncFolder } from '@store/durable';
import { advised, type EmulatorError } from './errors.js';

const HEADER_BYTES = 18;
const ENTRY = 1;

/** Returns whether a journal is there as a file of an earlier release. */
export function isOlderJournal(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/**
 * Makes logs of journals that releases before @store/durable kept in one file each: groups, each a line `length
 * checksum` in hexadecimal and a line of JSON for each entry. The files stay beside them as `.converted`. All are read
 * and written as drafts before the first is renamed: if one is refused, all stay as they are.
 */
export async function convertOlderJournals(paths: readonly string[]): Promise<void> {
  const older = paths.filter(isOlderJournal);
  const entries = older.map(readOlderJournal);
  try {
    for (const [index, path] of older.entries()) await writeDraft(draftOf(path), entries[index] ?? []);
  } catch (error) {
    for (const path of older) await rm(draftOf(path), { recursive: true, force: true });
    throw error;
  }
  for (const path of older) await rename(path, `${path}.converted`);
  for (const path of paths) {
    // Whether a crash came in between or not, the draft is complete where the file is not there any more.
    if (existsSync(path) || !existsSync(draftOf(path))) continue;
    await rename(draftOf(path), path);
    await syncFolder(dirname(path));
  }
}

const draftOf = (path: string): string => `${path}.draft`;

async function writeDraft(draft: string, entries: readonly string[]): Promise<void> {
  await rm(draft, { recursive: true, force: true });
  const log = openLog(draft);
  try {
    await Promise.all(entries.map((line) => log.commit(ENTRY, Buffer.from(line))));
  } finally {
    await log.close();
  }
}

/** The entries of such a file, as lines of JSON; a last group that a crash cut short was never acknowledged. */
function readOlderJournal(path: string): readonly string[] {
  const bytes = readFileSync(path);
  const lines: string[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = groupEnd(bytes, at);
    if (end === undefined) {
      if (hasLaterGroup(bytes, at + 1)) throw damaged(path, at);
      return lines;
    }
    const text = bytes.toString('utf8', at + HEADER_BYTES, end);
    for (const line of text.split('\n')) if (line !== '') lines.push(line);
    at = end;
  }
  return lines;
}

/** Where the whole group at `at` ends. */
function groupEnd(bytes: Buffer, at: number): number | undefined {
  const header = bytes.toString('latin1', at, at + HEADER_BYTES);
  const [, length = '', sum = ''] = /^([0-9a-f]{8}) ([0-9a-f]{8})\n$/.exec(header) ?? [];
  const start = at + HEADER_BYTES;
  const end = start + Number.parseInt(length, 16);
  // A header that is none gives NaN, and no comparison with that holds.
  return end <= bytes.length && crc32(bytes.subarray(start, end)) === Number.parseInt(sum, 16)
    ? end
    : undefined;
}

function hasLaterGroup(bytes: Buffer, from: number): boolean {
  for (let at = bytes.indexOf('\n', from); at !== -1; at = bytes.indexOf('\n', at + 1)) {
    if (groupEnd(bytes, at + 1) !== undefined) return true;
  }
  return false;
}

function damaged(path: string, at: number): EmulatorError {
  return advised(
    'CORRUPT_STATE',
    `The journal ${path} of an earlier release is damaged at byte ${at}, and sound entries follow. Nothing was changed.`,
    `Bring it back from a copy, or move it away to start without it.`,
    { path },
  );
}
