import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { hasCode } from './errors.js';
import { syncFolderSync } from './replace-file.js';
import { isZero } from './torn-write.js';

/** The end of a write that a crash cut short; nobody was told that it was kept. */
export interface TornTail {
  /** File whose end was cut off. */
  readonly path: string;
  /** Where the torn write began, in bytes from 0. */
  readonly offset: number;
  /** How many bytes were cut off. */
  readonly bytes: number;
  /** File that has these bytes now: damage may look like a torn write. Undefined where they are nothing but zeros. */
  readonly keptAt: string | undefined;
}

/** Such an end as it is in its file. */
export interface FoundTail {
  readonly path: string;
  readonly offset: number;
  readonly content: Buffer;
  /** What says that the file ends there, once it does. */
  readonly mark: Buffer | undefined;
}

/** Cuts a torn end off its file, after it was brought to disk beside it; a file of nothing else goes. */
export function cutTail({ path, offset, content, mark }: FoundTail): TornTail {
  const torn = { path, offset, bytes: content.length };
  const keptAt = isZero(content) ? undefined : freeName(path, content);
  if (offset === 0) {
    if (keptAt === undefined) rmSync(path, { force: true });
    else renameSync(path, keptAt);
    return { ...torn, keptAt };
  }
  // On a full disk the bytes stay where they are: the header of the next segment says that they do not count.
  if (keptAt !== undefined && !keep(keptAt, content)) return { ...torn, keptAt: path };
  truncateSync(path, offset);
  if (mark !== undefined) endWith(path, offset, mark);
  return { ...torn, keptAt };
}

/** Without its mark the file would be said to be cut at each start; on a full disk that is what happens. */
function endWith(path: string, offset: number, mark: Buffer): void {
  const descriptor = openSync(path, 'r+');
  try {
    writeSync(descriptor, mark, 0, mark.length, offset);
  } catch (error) {
    if (!hasCode(error, 'ENOSPC', 'EDQUOT')) throw error;
    ftruncateSync(descriptor, offset);
  } finally {
    closeSync(descriptor);
  }
}

/** A name that holds nothing else; a crash may have come after these bytes were kept. */
function freeName(path: string, content: Buffer): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? `${path}.torn` : `${path}.torn.${number}`;
    if (!existsSync(name) || readFileSync(name).equals(content)) return name;
  }
}

/** Writes the bytes to disk; false if it is full. */
function keep(path: string, content: Buffer): boolean {
  try {
    writeFileSync(path, content);
    const descriptor = openSync(path, 'r+');
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    syncFolderSync(dirname(path));
    return true;
  } catch (error) {
    rmSync(path, { force: true });
    if (hasCode(error, 'ENOSPC', 'EDQUOT')) return false;
    throw error;
  }
}
