import { existsSync, readFileSync, statSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { openLog, syncFolder } from '@store/durable';
import { EmulatorError } from './errors.js';

const HEADER_BYTES = 18;
const ENTRY = 1;

/**
 * Makes a log of a journal that releases before @store/durable kept in one file: groups, each a line `length checksum`
 * in hexadecimal and a line of JSON for each entry. The file stays beside it as `.converted`.
 */
export async function convertOlderJournal(path: string): Promise<void> {
  const draft = `${path}.draft`;
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile() === true) {
    await rm(draft, { recursive: true, force: true });
    const log = openLog(draft);
    await Promise.all(readOlderJournal(path).map((line) => log.commit(ENTRY, Buffer.from(line))));
    await log.close();
    await rename(path, `${path}.converted`);
  } else if (found !== undefined || !existsSync(draft)) return;
  // Whether a crash came in between or not, the draft is whole where the file is not there any more.
  await rename(draft, path);
  await syncFolder(dirname(path));
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
    lines.push(...text.split('\n').filter((line) => line !== ''));
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
  return new EmulatorError(
    'CORRUPT_STATE',
    `The journal ${path} of an earlier release is damaged at byte ${at}, and sound entries follow. Nothing was changed. Bring it back from a copy, or move it away to start without it.`,
  );
}
