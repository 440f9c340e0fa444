import { readFile } from 'node:fs/promises';
import type { StagingFile } from './staging-file.js';

/** Reads everything that is staged in a buffer. */
export async function readStaged(staging: StagingFile): Promise<Buffer> {
  const parts = staging.lend();
  try {
    const read = await Promise.all(
      parts.map(async ({ path, bytes }) => (await readFile(path)).subarray(0, bytes)),
    );
    return Buffer.concat(read);
  } finally {
    await staging.release();
  }
}
