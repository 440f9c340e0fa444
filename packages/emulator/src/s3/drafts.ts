import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Checksum } from './checksums.js';

/** Bytes that were written to the disk and are not in the lake yet. */
export interface Draft {
  readonly path: string;
  readonly size: number;
  readonly md5: Buffer;
}

/** The folder of objects that are on their way. No name in it is ever used twice, since records speak of drafts by name. */
export class Drafts {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Makes the folder. */
  async open(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
  }

  /** Removes what no call waits for any longer. */
  async clear(): Promise<void> {
    for (const name of await readdir(this.folder))
      await rm(join(this.folder, name), { recursive: true, force: true });
  }

  /** Writes bytes as they come, never holding more of them than a chunk; removes the file where that fails. */
  async write(chunks: AsyncIterable<Buffer>, checksums: readonly Checksum[] = []): Promise<Draft> {
    const path = join(this.folder, randomUUID());
    const hash = createHash('md5');
    let size = 0;
    const file = await open(path, 'wx');
    try {
      for await (const chunk of chunks) {
        hash.update(chunk);
        for (const checksum of checksums) checksum.update(chunk);
        for (let at = 0; at < chunk.length;) at += (await file.write(chunk, at)).bytesWritten;
        size += chunk.length;
      }
      await file.close();
    } catch (error) {
      await file.close();
      await rm(path, { force: true });
      throw error;
    }
    return { path, size, md5: hash.digest() };
  }

  /** Works with a draft, and removes what is left of it: nothing, where it became an object. */
  async consume<T>(draft: Draft, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } finally {
      await rm(draft.path, { force: true });
    }
  }
}
