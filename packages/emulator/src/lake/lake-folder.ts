import { mkdir, rename, stat, opendir } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { fromFileName, platformOf, syncFile, syncFolder, toFileName, type Platform } from '@store/durable';
import { objectKey, objectPath, otherName } from './object-path.js';

/** An object of the lake. */
export interface LakeObject {
  readonly key: string;
  readonly size: number;
  readonly modifiedAt: number;
}

interface Entry extends LakeObject {
  /** Where it lies, from the bucket's folder on, if not where its key says. */
  readonly path?: string;
}

/**
 * The buckets as folders: object `key` of `bucket` is the file `<root>/<bucket>/<key>`, which any tool can open; what
 * a file system cannot hold of a key is escaped ({@link objectPath}). Objects appear by a rename, so a reader never
 * sees a part of one.
 */
export class LakeFolder {
  readonly root: string;
  readonly #index = new Map<string, Map<string, Entry>>();

  readonly #platform: Platform;

  private constructor(root: string, platform: Platform) {
    this.root = root;
    this.#platform = platform;
  }

  /** Opens the folder and learns what is in it. */
  static async open(root: string, platform: Platform = platformOf()): Promise<LakeFolder> {
    await mkdir(root, { recursive: true });
    const lake = new LakeFolder(root, platform);
    await lake.refresh();
    return lake;
  }

  /** Looks at the disk again, for whoever changed files there by hand. */
  async refresh(): Promise<void> {
    const found = new Map<string, Map<string, Entry>>();
    for await (const { path, folder, size, modifiedAt } of walkFiles(this.root)) {
      const [first = '', ...rest] = path.split(sep);
      const bucket = fromFileName(first, this.#platform);
      if (folder) {
        if (rest.length === 0) found.set(bucket, new Map());
        continue;
      }
      if (rest.length === 0) continue;
      const key = objectKey(rest, this.#platform);
      const isUsual = join(...objectPath(key, this.#platform)) === join(...rest);
      found.get(bucket)?.set(key, { key, size, modifiedAt, ...(isUsual ? {} : { path: join(...rest) }) });
    }
    this.#index.clear();
    for (const [bucket, objects] of found) this.#index.set(bucket, objects);
  }

  /** Names of the buckets. */
  buckets(): readonly string[] {
    return [...this.#index.keys()].sort();
  }

  /** Makes a bucket if it is not there. */
  async ensureBucket(bucket: string): Promise<void> {
    if (this.#index.has(bucket)) return;
    await mkdir(this.#folderOf(bucket), { recursive: true });
    this.#index.set(bucket, new Map());
  }

  /** Objects of a bucket whose keys start with `prefix`, unsorted; `undefined` when there is no such bucket. */
  objects(bucket: string, prefix = ''): readonly LakeObject[] | undefined {
    const objects = this.#index.get(bucket);
    if (objects === undefined) return undefined;
    const all = [...objects.values()];
    return prefix === '' ? all : all.filter(({ key }) => key.startsWith(prefix));
  }

  /** One object. */
  object(bucket: string, key: string): LakeObject | undefined {
    return this.#index.get(bucket)?.get(key);
  }

  /** The file behind an object. */
  pathOf(bucket: string, key: string): string {
    const known = this.#index.get(bucket)?.get(key)?.path;
    return join(this.#folderOf(bucket), ...(known === undefined ? objectPath(key, this.#platform) : [known]));
  }

  /** Moves a finished file to its place in the lake; after that it survives a power cut. */
  async place(draft: string, bucket: string, key: string): Promise<void> {
    await syncFile(draft);
    await this.ensureBucket(bucket);
    const usual = this.pathOf(bucket, key);
    let path = usual;
    try {
      await this.#move(draft, usual);
    } catch (error) {
      // Unlike a file system, S3 can hold both `a` and `a/b`.
      if (!isTaken(error)) throw error;
      path = await this.#besides(bucket, key);
      await this.#move(draft, path);
    }
    const { size, mtimeMs } = await stat(path);
    const isUsual = path === join(this.#folderOf(bucket), ...objectPath(key, this.#platform));
    const place = isUsual ? {} : { path: path.slice(this.#folderOf(bucket).length + 1) };
    this.#index.get(bucket)?.set(key, { key, size, modifiedAt: mtimeMs, ...place });
  }

  #folderOf(bucket: string): string {
    return join(this.root, toFileName(bucket, this.#platform));
  }

  async #move(draft: string, path: string): Promise<void> {
    const firstNew = await mkdir(dirname(path), { recursive: true });
    await rename(draft, path);
    // New folders are names in their parents.
    for (let folder = dirname(path); folder.length >= this.root.length; folder = dirname(folder)) {
      await syncFolder(folder);
      if (firstNew === undefined || folder === dirname(firstNew)) break;
    }
  }

  /** A path for a key where a file stands in the place of one of its folders, or a folder in that of its file. */
  async #besides(bucket: string, key: string): Promise<string> {
    const names = objectPath(key, this.#platform);
    let path = this.#folderOf(bucket);
    for (const [index, name] of names.entries()) {
      const isFolder = index < names.length - 1;
      let chosen = name;
      while (await isOfOtherKind(join(path, chosen), isFolder)) chosen = otherName(chosen, this.#platform);
      path = join(path, chosen);
    }
    return path;
  }
}

function isTaken(error: unknown): boolean {
  const codes = ['EEXIST', 'ENOTDIR', 'EISDIR', 'ENOTEMPTY', 'EPERM'];
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

async function isOfOtherKind(path: string, isFolder: boolean): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && found.isDirectory() !== isFolder;
}

/** A file or folder found below a root. */
export interface FoundFile {
  /** Relative to the root. */
  readonly path: string;
  readonly folder: boolean;
  readonly size: number;
  readonly modifiedAt: number;
}

/** Everything below a folder, each folder before what is in it. */
export async function* walkFiles(root: string): AsyncGenerator<FoundFile> {
  // No recursion: a key may have five hundred segments.
  const folders = [''];
  for (let below = folders.pop(); below !== undefined; below = folders.pop()) {
    for await (const entry of await opendir(join(root, below))) {
      const path = join(below, entry.name);
      if (entry.isDirectory()) {
        yield { path, folder: true, size: 0, modifiedAt: 0 };
        folders.push(path);
      } else if (entry.isFile()) {
        const { size, mtimeMs } = await stat(join(root, path));
        yield { path, folder: false, size, modifiedAt: mtimeMs };
      }
    }
  }
}
