import { opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A file or folder found below a root. */
export interface FoundFile {
  /** Relative to the root. */
  readonly path: string;
  readonly folder: boolean;
  readonly size: number;
  readonly modifiedAt: number;
}

/** Everything below a folder, each folder before what is in it. */
export async function* walkFiles(root: string, below = ''): AsyncGenerator<FoundFile> {
  for await (const entry of await opendir(join(root, below))) {
    const path = join(below, entry.name);
    if (entry.isDirectory()) {
      yield { path, folder: true, size: 0, modifiedAt: 0 };
      yield* walkFiles(root, path);
    } else if (entry.isFile()) {
      const { size, mtimeMs } = await stat(join(root, path));
      yield { path, folder: false, size, modifiedAt: mtimeMs };
    }
  }
}
