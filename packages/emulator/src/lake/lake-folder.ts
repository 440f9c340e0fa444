import { mkdir, rename, stat, opendir } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { fromFileName, platformOf, syncFile, syncFolder, toFileName, type Platform } from '@store/durable';

/** An object of the lake. */
export interface LakeObject {
  readonly key: string;
  readonly size: number;
  readonly modifiedAt: number;
}

/**
 * The buckets as folders: object `key` of `bucket` is the file `<root>/<bucket>/<key>`, which any tool can open.
 * Objects appear by a rename, so a reader never sees a part of one.
 */
export class LakeFolder {
  readonly root: string;
  readonly #index = new Map<string, Map<string, LakeObject>>();

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
    const found = new Map<string, Map<string, LakeObject>>();
    for await (const { path, folder, size, modifiedAt } of walkFiles(this.root)) {
      const [bucket = '', ...rest] = path.split(sep).map((name) => fromFileName(name, this.#platform));
      if (folder) {
        if (rest.length === 0) found.set(bucket, new Map());
        continue;
      }
      const key = rest.join('/');
      if (rest.length > 0) found.get(bucket)?.set(key, { key, size, modifiedAt });
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
    await mkdir(join(this.root, toFileName(bucket, this.#platform)), { recursive: true });
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
    const names = [bucket, ...key.split('/')].map((segment) => toFileName(segment, this.#platform));
    return join(this.root, ...names);
  }

  /** Moves a finished file to its place in the lake; after that it survives a power cut. */
  async place(draft: string, bucket: string, key: string): Promise<void> {
    const path = this.pathOf(bucket, key);
    await syncFile(draft);
    await this.ensureBucket(bucket);
    const firstNew = await mkdir(dirname(path), { recursive: true });
    await rename(draft, path);
    // New folders are names in their parents.
    for (let folder = dirname(path); folder.length >= this.root.length; folder = dirname(folder)) {
      await syncFolder(folder);
      if (firstNew === undefined || folder === dirname(firstNew)) break;
    }
    const { size, mtimeMs } = await stat(path);
    this.#index.get(bucket)?.set(key, { key, size, modifiedAt: mtimeMs });
  }
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
