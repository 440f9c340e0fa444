import { createReadStream, createWriteStream, rmSync } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { CliError } from '../terminal/errors.js';

/** A temporary copy of bytes that cannot be read where they are. */
export interface TemporaryCopy {
  readonly file: string;
  /** Removes the copy. */
  readonly remove: () => Promise<void>;
}

/**
 * Unpacks a file that begins as gzip does into a temporary folder, for readers that want a file or read synchronously: Node
 * unpacks a stream only asynchronously. Undefined for any other file.
 *
 * @param name - the file as the user named it
 * @param signal - ends the unpacking, and nothing is left of it
 * @throws CliError `NO_SOURCE` when the file is damaged or cut off
 */
export async function unpackedCopy(
  path: string,
  name: string,
  signal: AbortSignal,
): Promise<TemporaryCopy | undefined> {
  if (!(await beginsAsGzip(path))) return undefined;
  return temporaryCopy(basename(path).replace(/\.gz$/i, ''), async (file) => {
    try {
      await pipeline(createReadStream(path), createGunzip(), createWriteStream(file), { signal });
    } catch (error) {
      const isDamage = error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
      throw isDamage ? damagedGzip(name, error) : error;
    }
  });
}

/** The error of a file that begins as gzip does and cannot be unpacked. */
export function damagedGzip(name: string, cause: unknown): CliError {
  return new CliError('NO_SOURCE', `${name} cannot be unpacked: it is damaged or incomplete.`, {
    cause,
    fix: 'Copy it again from where it came.',
  });
}

/** Writes a stream into a temporary folder, whole; where the signal ends that, nothing is left of it. */
export async function streamCopy(stream: NodeJS.ReadableStream, signal: AbortSignal): Promise<TemporaryCopy> {
  return temporaryCopy('stdin', async (file) => pipeline(stream, createWriteStream(file), { signal }));
}

/** Makes a temporary folder and has a file of this name written into it; a failure leaves nothing behind. */
export async function temporaryCopy(
  name: string,
  write: (file: string) => Promise<void>,
): Promise<TemporaryCopy> {
  const folder = await mkdtemp(join(tmpdir(), 'store-copy-'));
  // A second Ctrl-C ends the process where it stands.
  const removeNow = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', removeNow);
  const remove = async (): Promise<void> => {
    await rm(folder, { recursive: true, force: true });
    process.off('exit', removeNow);
  };
  const file = join(folder, name);
  try {
    await write(file);
  } catch (error) {
    await remove();
    throw error;
  }
  return { file, remove };
}

async function beginsAsGzip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file.close();
  }
}
